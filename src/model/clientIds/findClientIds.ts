import { clientIdProblem, isGroupId } from './clientId';
import { findSaved } from './findSaved';

/** A client ID in a text: `text.slice(start, end)` is it, or is it as a URL encodes it. */
export interface FoundClientId {
  readonly clientId: string;
  readonly start: number;
  readonly end: number;
  /** `GID_x@@@y`, an ID of the inventory of another shape, `GID_x@y`, or what a pattern of the user's own found. */
  readonly kind: 'full' | 'saved' | 'single' | 'pattern';
}

export interface FindOptions {
  /** True for an ID of the inventory. It is asked often, so it should be a look into a Set. */
  readonly saved?: (candidate: string) => boolean;
  /** Saved IDs shorter than this are not looked for: `1` or `on` stands in every text and means something else there. */
  readonly shortestSaved?: number;
  /** Run as they are, without a time limit: a user's patterns run in a worker (host/patternSearch). */
  readonly patterns?: readonly RegExp[];
}

/** Finds client IDs in any text, in order, without overlaps, in time linear in its length. */
export function findClientIds(
  text: string,
  { saved, shortestSaved, patterns = [] }: FindOptions = {},
): FoundClientId[] {
  const ofGrammar = findOfGrammar(text);
  const ofInventory =
    saved === undefined ? [] : findSaved(text, saved, shortestSaved).map(([s, e]) => found(text, s, e));
  const known = inOrder(ofInventory, ofGrammar);
  return patterns.length === 0 ? known : withPatterns(known, findByPatterns(text, patterns));
}

/** What patterns find: group 1 where there is one, else the whole match. Texts no service could know are left out. */
export function findByPatterns(text: string, patterns: readonly RegExp[]): FoundClientId[] {
  return patterns.reduce<FoundClientId[]>((all, pattern) => inOrder(all, [...matchesOf(text, pattern)]), []);
}

/** Adds what patterns found; where the two overlap, the user's own pattern goes before. */
export function withPatterns(known: readonly FoundClientId[], ofPatterns: readonly FoundClientId[]): FoundClientId[] {
  const spans = new Set(known.map(({ start, end }) => `${start} ${end}`));
  const others = ofPatterns.filter(({ start, end }) => !spans.has(`${start} ${end}`));
  return inOrder(others, without(known, others));
}

function* matchesOf(text: string, { source, flags }: RegExp): Generator<FoundClientId> {
  const pattern = new RegExp(source, [...new Set(`${flags.replace('y', '')}dg`)].join(''));
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
    const clientId = text.slice(start, end);
    if (clientIdProblem(clientId) === undefined) yield { clientId, start, end, kind: 'pattern' };
  }
}

/**
 * A group ID, one `@` or more, and what may follow in a device ID: printable ASCII without quotes, brackets and what
 * separates words in logs, paths and URLs. A `:` may be inside, as in a MAC address. No word runs into it, save one that
 * is none: the letter of `\nGID_…` as JSON writes a line break, and of `<ESC>[32mGID_…` as terminals write a colour.
 */
const GRAMMAR =
  /GID(?:(?<![A-Za-z0-9_]GID)|(?<=\\[nrt]GID)|(?<=\p{Cc}\[[0-9;]{0,16}mGID))[_-][A-Za-z0-9_-]{3,60}@[A-Za-z0-9_.:@!#+~^-]+/gu;

/** The same as `encodeURIComponent` writes it, with what the grammar has in a device ID and no more. */
const ENCODED =
  /GID(?:(?<![A-Za-z0-9_]GID)|(?<=%[0-7][0-9A-Fa-f]GID))[_-][A-Za-z0-9_-]{3,60}(?:%40)+(?:[A-Za-z0-9_.!~-]|%(?:3[Aa]|40|21|23|2[Bb]|7[Ee]|5[Ee]))+/g;

function findOfGrammar(text: string): FoundClientId[] {
  const found = [...text.matchAll(GRAMMAR)].flatMap((match) => readMatch(text, match));
  // A look for three letters costs next to nothing where no URL is.
  if (!text.includes('%40')) return found;
  return inOrder(
    found,
    [...text.matchAll(ENCODED)].flatMap((match) => readEncoded(text, match)),
  );
}

function readMatch(text: string, { 0: matched, index }: RegExpExecArray): FoundClientId[] {
  if (isTemplate(text, index, index + matched.length)) return [];
  const clientId = withoutTrailing(matched);
  const kind = kindOf(clientId);
  return kind === 'saved' ? [] : [{ clientId, start: index, end: index + clientId.length, kind }];
}

function readEncoded(text: string, { 0: matched, index }: RegExpExecArray): FoundClientId[] {
  if (ENCODED_TEMPLATE.test(text.slice(index + matched.length, index + matched.length + 3))) return [];
  const encoded = withoutTrailing(matched);
  const clientId = decodeURIComponent(encoded);
  const kind = kindOf(clientId);
  return kind === 'saved' ? [] : [{ clientId, start: index, end: index + encoded.length, kind }];
}

/** `%s`, `${n}`, `{001..200}` and `*`, as they are or encoded; `%20`, `%26` and their like end an ID. */
const ENCODED_TEMPLATE = /^(?:[{$*]|%(?![0-7][0-9A-Fa-f])|%(?:7[Bb]|24|25|2[Aa]))/;

/** A loop, for `/[.:!]+$/` takes the square of the length where the run of them is not the end. */
function withoutTrailing(text: string): string {
  let end = text.length;
  while ('.:!'.includes(text.charAt(end - 1)) && end > 0) end--;
  return text.slice(0, end);
}

/** `GID_x@@@dev-${n}`, `…{001..200}`, `…%s`, `…*`: the rest of the ID is not in the text, and half of one is another. */
function isTemplate(text: string, start: number, end: number): boolean {
  const next = text.charAt(end);
  return next === '*' ? text.charAt(start - 1) !== '*' : next !== '' && '{$%'.includes(next);
}

/** Only a saved ID may be of any shape. */
function kindOf(clientId: string): 'full' | 'saved' | 'single' {
  const [, groupId = '', at = '', device = ''] = /^([^@]*)(@+)(.*)$/.exec(clientId) ?? [];
  if (!isGroupId(groupId) || !/[A-Za-z0-9]/.test(device) || clientIdProblem(clientId) !== undefined) return 'saved';
  if (at === '@@@') return 'full';
  return at === '@' && !device.includes('@') ? 'single' : 'saved';
}

function found(text: string, start: number, end: number): FoundClientId {
  const clientId = text.slice(start, end);
  return { clientId, start, end, kind: kindOf(clientId) };
}

/** Both in the order of the text; of two that overlap, the one that begins first stays, and of those the one of `first`. */
export function inOrder(first: readonly FoundClientId[], second: readonly FoundClientId[]): FoundClientId[] {
  const merged: FoundClientId[] = [];
  for (const next of [...first, ...second].sort((a, b) => a.start - b.start))
    if (next.start >= (merged.at(-1)?.end ?? 0)) merged.push(next);
  return merged;
}

/** Those that overlap none of the others; both lists in the order of the text. */
function without(list: readonly FoundClientId[], others: readonly FoundClientId[]): FoundClientId[] {
  let at = 0;
  return list.filter(({ start, end }) => {
    while ((others[at]?.end ?? Infinity) <= start) at++;
    return (others[at]?.start ?? Infinity) >= end;
  });
}
