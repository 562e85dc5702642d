/** A status that says something; 'unknown' never makes or ends a spell. */
export type KnownStatus = 'online' | 'offline';

/** A time in which a client was seen with one status again and again, without a gap. Milliseconds since the epoch. */
export interface Spell {
  readonly status: KnownStatus;
  readonly from: number;
  readonly seenUntil: number;
}

/** A client was seen with another status than before. */
export interface Transition {
  readonly to: KnownStatus;
  /** When the new status was seen first; when it came about is not known. */
  readonly at: number;
  /** When the old status was seen last: the change came after this. */
  readonly notBefore: number;
  /** Since when the old status had been seen without a gap. */
  readonly since: number;
  /** True where the new status was asked in real time, false where the service's cache told it. */
  readonly isVerified: boolean;
}

/** How many changes of one client are remembered, by windows and on disk. */
export const MOST_EACH = 20;

/** What a client was before it changed. */
export function fromOf({ to }: Pick<Transition, 'to'>): KnownStatus {
  return to === 'online' ? 'offline' : 'online';
}

/** The same change as two windows noted it: the one that saw the old status later knows more. */
export function betterOf<T extends Transition>(a: T, b: T): T {
  if (a.notBefore !== b.notBefore) return a.notBefore > b.notBefore ? a : b;
  if (a.since !== b.since) return a.since < b.since ? a : b;
  return a.isVerified ? a : b;
}

/** Puts the changes of one client in order, each once, though windows that missed answers noted one of them later. */
export function inOrder(transitions: Iterable<Transition>): Transition[] {
  const byKey = new Map<string, Transition>();
  for (const transition of transitions) {
    const key = `${transition.at} ${transition.to}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? transition : betterOf(known, transition));
  }
  const kept: Transition[] = [];
  for (const transition of [...byKey.values()].sort((a, b) => a.at - b.at || a.notBefore - b.notBefore))
    if (!tellsAgain(kept.at(-1), transition)) kept.push(transition);
  return kept.slice(-MOST_EACH);
}

/** True where a window that had not seen the change before it tells that very change once more. */
function tellsAgain(before: Transition | undefined, { to, notBefore }: Transition): boolean {
  return before?.to === to && notBefore < before.at;
}
