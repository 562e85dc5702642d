import { type Disposable, Emitter } from '../../base/event';
import type { Observation, Origin, StatusChange, StatusStore } from '../status/statusStore';
import { ClientPast } from './clientPast';
import { fromOf, inOrder, type Spell, type Transition } from './transition';

export interface StatusHistoryParts {
  readonly store: Pick<StatusStore, 'get' | 'onDidChange'>;
  /** Read on each use. */
  readonly settings: {
    readonly staleAfterSeconds: number;
    readonly flapping: { readonly changes: number; readonly minutes: number };
  };
  readonly now: () => number;
}

/** One client was seen to change. */
export interface SeenChange {
  readonly clientId: string;
  readonly transition: Transition;
}

/** What one round of answers changed. */
export interface SeenChanges {
  readonly instanceId: string;
  readonly changes: readonly SeenChange[];
  /** Whether a call of this window found it, or another window told of it. */
  readonly origin: Origin;
}

export interface Past {
  /** Oldest first, without overlap; between two of them nobody knows. */
  readonly spells: readonly Spell[];
  readonly transitions: readonly Transition[];
}

/** Auto refresh that has slowed down or missed a round leaves no gap; a check by hand an hour later does. */
const GAP_IN_STALE_TIMES = 3;
const NOTHING: Past = { spells: [], transitions: [] };

/** What every client was before: follows the store, asks nothing. About 130 bytes for a client that never changed, 150 for each change. */
export class StatusHistory implements Disposable {
  private readonly changed = new Emitter<SeenChanges>();
  private readonly adopted = new Emitter<void>();
  private readonly byInstance = new Map<string, Map<string, ClientPast>>();
  private readonly subscription: Disposable;
  readonly onDidChange = this.changed.event;
  /** Fires when more is known of the past than before; nothing has changed now. */
  readonly onDidAdopt = this.adopted.event;

  constructor(private readonly parts: StatusHistoryParts) {
    this.subscription = parts.store.onDidChange((change) => this.follow(change));
  }

  /** What was seen of a client. */
  of(instanceId: string, clientId: string): Past {
    const past = this.byInstance.get(instanceId)?.get(clientId);
    if (past === undefined) return NOTHING;
    const { transitions, spell, spellsAcrossGaps } = past;
    const ended = transitions.map((change) => {
      return { status: fromOf(change), from: change.since, seenUntil: change.notBefore };
    });
    return { spells: withoutOverlap([...spellsAcrossGaps, ...ended, spell]), transitions };
  }

  /** The last status seen of a client, however long ago. */
  lastOf(instanceId: string, clientId: string): Spell['status'] | undefined {
    return this.byInstance.get(instanceId)?.get(clientId)?.spell.status;
  }

  /** When a client was seen to change last, milliseconds since the epoch; undefined where it never was. */
  changedAt(instanceId: string, clientId: string): number | undefined {
    return this.byInstance.get(instanceId)?.get(clientId)?.transitions.at(-1)?.at;
  }

  /** True for a client that changed so often of late that its status says little. */
  isFlapping(instanceId: string, clientId: string): boolean {
    const transitions = this.byInstance.get(instanceId)?.get(clientId)?.transitions ?? [];
    // Most rows end here, before a setting is read.
    if (transitions.length === 0) return false;
    const { changes, minutes } = this.parts.settings.flapping;
    const now = this.parts.now();
    return transitions.filter(({ at }) => at > now - minutes * 60_000 && at <= now).length >= changes;
  }

  /** Every change that is remembered of an instance, in no order. */
  changesOf(instanceId: string): SeenChange[] {
    const clients = [...(this.byInstance.get(instanceId) ?? [])];
    return clients.flatMap(([clientId, { transitions }]) =>
      transitions.map((transition) => ({ clientId, transition })),
    );
  }

  get instanceIds(): string[] {
    return [...this.byInstance.keys()];
  }

  /** Takes in what was kept on disk, whoever saw it. It is no news. */
  adopt(instanceId: string, changes: readonly SeenChange[]): void {
    const clients = this.clientsOf(instanceId);
    const byClient = Map.groupBy(changes, ({ clientId }) => clientId);
    for (const [clientId, ofClient] of byClient) {
      const transitions = ofClient.map(({ transition }) => transition);
      const last = inOrder(transitions).at(-1);
      if (last === undefined) continue;
      const past = clients.get(clientId) ?? new ClientPast(last.to, last.at, last.at);
      clients.set(clientId, past);
      past.adopt(transitions);
    }
    if (byClient.size > 0) this.adopted.fire();
  }

  /** Forgets an instance whose key or address changed: what was seen before was another's. */
  forget(instanceId: string): void {
    this.byInstance.delete(instanceId);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.adopted.dispose();
  }

  private follow({ instanceId, clientIds, origin }: StatusChange): void {
    const clients = this.clientsOf(instanceId);
    const longestGapMs = this.parts.settings.staleAfterSeconds * 1000 * GAP_IN_STALE_TIMES;
    const changes: SeenChange[] = [];
    for (const clientId of clientIds) {
      const last = this.parts.store.get(instanceId, clientId)?.last;
      const transition = last === undefined ? undefined : this.observe(clients, clientId, last, longestGapMs);
      if (transition !== undefined) changes.push({ clientId, transition });
    }
    if (changes.length > 0) this.changed.fire({ instanceId, changes, origin: origin ?? 'here' });
  }

  private observe(
    clients: Map<string, ClientPast>,
    clientId: string,
    last: Observation,
    longestGapMs: number,
  ): Transition | undefined {
    const past = clients.get(clientId);
    if (past !== undefined) return past.observe(last, this.parts.now(), longestGapMs);
    if (last.status !== 'unknown') clients.set(clientId, new ClientPast(last.status, last.checkedAt, last.checkedAt));
    return undefined;
  }

  private clientsOf(instanceId: string): Map<string, ClientPast> {
    const clients = this.byInstance.get(instanceId) ?? new Map<string, ClientPast>();
    this.byInstance.set(instanceId, clients);
    return clients;
  }
}

/** Two windows may tell of the same time; the spell that began first goes before. */
function withoutOverlap(spells: readonly Spell[]): Spell[] {
  const kept: Spell[] = [];
  for (const spell of [...spells].sort((a, b) => a.from - b.from || a.seenUntil - b.seenUntil)) {
    const from = Math.max(spell.from, kept.at(-1)?.seenUntil ?? -Infinity);
    if (from <= spell.seenUntil) kept.push({ ...spell, from });
  }
  return kept;
}
