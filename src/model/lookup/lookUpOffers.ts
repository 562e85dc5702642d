import { findClientIds } from '../clientIds/findClientIds';
import { type ParsedClientIds, parseClientIds, sortOut } from '../clientIds/parseClientIds';
import { expandRanges, mentionsRange } from '../clientIds/ranges';
import { MOST_CLIENT_IDS } from '../results/checkPlan';

/** What a typed or pasted text may be looked up as. */
export type LookUpOffer =
  /** One client ID; a whole one reads `GID_group@@@device`. */
  | { readonly kind: 'lookUp'; readonly clientId: string; readonly isWhole: boolean }
  /** Many: all words of a list, or those that were found in a text of other words. */
  | { readonly kind: 'lookUpMany'; readonly from: 'list' | 'text'; readonly parsed: ParsedClientIds }
  | { readonly kind: 'refused'; readonly parsed: ParsedClientIds }
  | { readonly kind: 'tooMany'; readonly count: number };

export interface LookUpOffers {
  /** What the text names without doubt. */
  readonly sure: readonly LookUpOffer[];
  /** What it may also mean, though it may as well be words to search by. */
  readonly possible: readonly LookUpOffer[];
}

/** Saved IDs shorter than this are not looked for in a text, where such words stand everywhere. */
const SHORTEST_SAVED = 3;

/** Reads client IDs from a text as an input box holds it: VS Code makes a blank of every line break. Ranges are expanded. */
export function lookUpOffers(text: string, isSaved: (clientId: string) => boolean): LookUpOffers {
  const ranges = mentionsRange(text) ? expandRanges(text) : undefined;
  if (ranges?.kind === 'ids') return { sure: offerOf(sortOut(ranges.texts), 'list'), possible: [] };
  const list = parseClientIds(text);
  const ids = findClientIds(text, { saved: isSaved, shortestSaved: SHORTEST_SAVED }).map(({ clientId }) => clientId);
  const found = sortOut(ids);
  const isBegun = /^\S*@$/.test(text.trim());
  const asList = isBegun ? [] : offerOf(list, 'list');
  if (found.accepted.length === 0 || isSame(found.accepted, list.accepted)) return inOrder([], asList);
  return inOrder(offerOf(found, 'text'), asList);
}

function inOrder(found: readonly LookUpOffer[], asList: readonly LookUpOffer[]): LookUpOffers {
  const isSure = (offer: LookUpOffer): boolean => offer.kind === 'lookUp' && offer.isWhole;
  return { sure: [...found, ...asList.filter(isSure)], possible: asList.filter((offer) => !isSure(offer)) };
}

function offerOf(parsed: ParsedClientIds, from: 'list' | 'text'): LookUpOffer[] {
  const { accepted, refused } = parsed;
  const [first] = accepted;
  if (accepted.length > MOST_CLIENT_IDS) return [{ kind: 'tooMany', count: accepted.length }];
  if (first === undefined) return refused.length === 0 ? [] : [{ kind: 'refused', parsed }];
  if (accepted.length > 1 || refused.length > 0) return [{ kind: 'lookUpMany', from, parsed }];
  return [{ kind: 'lookUp', clientId: first, isWhole: from === 'text' || isWhole(first) }];
}

function isWhole(clientId: string): boolean {
  const [found] = findClientIds(clientId);
  return found?.clientId === clientId && found.kind === 'full';
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((clientId, at) => clientId === others[at]);
}
