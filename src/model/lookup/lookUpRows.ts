import { ClientIdSearch } from '../clientIds/clientIdSearch';
import { type LookUpOffer, lookUpOffers } from './lookUpOffers';
import type { SavedClients } from './savedClients';

/** A row of the look-up, before it has words. */
export type LookUpRow =
  | { readonly kind: 'heading'; readonly of: 'recent' | 'saved' }
  | { readonly kind: 'client'; readonly clientId: string }
  /** Completes the box to `GID_x@@@`. */
  | { readonly kind: 'group'; readonly groupId: string; readonly clients: number }
  /** There are more than are shown. */
  | { readonly kind: 'more'; readonly of: 'clients' | 'groups'; readonly shown: number; readonly total: number }
  | { readonly kind: 'clearRecent' }
  | LookUpOffer;

export interface LookUpSource {
  readonly saved: SavedClients;
  /** Newest first. */
  readonly recent: readonly string[];
}

const MOST_SAVED_SHOWN = 50;
const MOST_GROUPS_SHOWN = 10;
const NONE = { found: [], total: 0 };

/** What the look-up shows for a text; the first row is what Enter means. */
export function lookUpRows(text: string, source: LookUpSource): LookUpRow[] {
  return text.trim() === '' ? browseRows(source) : typedRows(text.trim(), source);
}

function browseRows({ saved, recent }: LookUpSource): LookUpRow[] {
  const recentRows: LookUpRow[] =
    recent.length === 0 ? [] : [{ kind: 'heading', of: 'recent' }, ...recent.map(clientRow), { kind: 'clearRecent' }];
  const known = new Set(recent);
  const shown = saved.clientIds.slice(0, MOST_SAVED_SHOWN + recent.length).filter((clientId) => !known.has(clientId));
  const rows = shown.slice(0, MOST_SAVED_SHOWN).map(clientRow);
  const total = saved.clientIds.length - recent.filter((clientId) => saved.isSaved(clientId)).length;
  if (rows.length === 0) return recentRows;
  return [...recentRows, { kind: 'heading', of: 'saved' }, ...rows, ...moreRow('clients', rows.length, total)];
}

function typedRows(text: string, { saved, recent }: LookUpSource): LookUpRow[] {
  const others = recent.filter((clientId) => !saved.isSaved(clientId));
  const { found: ofRecent, isLoose } = new ClientIdSearch(others).find(text, others.length);
  const ofSaved = saved.search.find(text, MOST_SAVED_SHOWN);
  // What holds the text is shown alone, wherever it is.
  const { found, total } = ofSaved.isLoose && !isLoose ? NONE : ofSaved;
  const recentRows = isLoose && !ofSaved.isLoose ? [] : ofRecent.map(clientRow);
  const { sure, possible } = lookUpOffers(text, (clientId) => saved.isSaved(clientId));
  const known = new Set([...others, ...found]);
  const asRow = (offer: LookUpOffer): LookUpRow =>
    offer.kind === 'lookUp' && (known.has(offer.clientId) || saved.isSaved(offer.clientId))
      ? clientRow(offer.clientId)
      : offer;
  const groups = groupRows(text, saved);
  return eachOnce([
    ...sure.map(asRow),
    ...groups,
    ...recentRows,
    ...found.map(clientRow),
    ...possible.map(asRow),
    ...moreRow('clients', found.length, total),
  ]);
}

/** After the `@@@` the saved clients themselves complete what was typed. */
function groupRows(text: string, saved: SavedClients): LookUpRow[] {
  if (/[\s@]/.test(text)) return [];
  const groupIds = saved.groupIdsLike(text);
  const rows = groupIds.slice(0, MOST_GROUPS_SHOWN).map((groupId): LookUpRow => ({
    kind: 'group',
    groupId,
    clients: saved.clientsOf(groupId),
  }));
  return [...rows, ...moreRow('groups', rows.length, groupIds.length)];
}

function clientRow(clientId: string): LookUpRow {
  return { kind: 'client', clientId };
}

function moreRow(of: 'clients' | 'groups', shown: number, total: number): LookUpRow[] {
  return shown < total ? [{ kind: 'more', of, shown, total }] : [];
}

function eachOnce(rows: readonly LookUpRow[]): LookUpRow[] {
  const byKey = new Map<string, LookUpRow>();
  for (const row of rows) if (!byKey.has(keyOfRow(row))) byKey.set(keyOfRow(row), row);
  return [...byKey.values()];
}

/** Tells a row again after a redraw. A client that is looked up for the first time keeps its row. */
export function keyOfRow(row: LookUpRow): string {
  switch (row.kind) {
    case 'client':
    case 'lookUp':
      return `client ${row.clientId}`;
    case 'group':
      return `group ${row.groupId}`;
    case 'heading':
    case 'more':
      return `${row.kind} ${row.of}`;
    case 'lookUpMany':
      return `${row.kind} ${row.from}`;
    case 'refused':
    case 'tooMany':
    case 'clearRecent':
      return row.kind;
  }
}
