import { checkedAtOf, ROW_STATES, type ResultRow, type RowState, stateOf } from '../../model/results/resultRow';

export const COLUMNS = ['clientId', 'instance', 'status', 'checked', 'source', 'error'] as const;
export type Column = (typeof COLUMNS)[number];

/** What a person chose to see, and in which order. */
export interface View {
  readonly sort: { readonly column: Column; readonly isDescending: boolean } | undefined;
  /** Part of an ID, an instance or an error. */
  readonly text: string;
  /** The states shown; none for all. */
  readonly states: readonly RowState[];
}

export const WHOLE_VIEW: View = { sort: undefined, text: '', states: [] };

/** The rows of a view in its order; without a sort, the order of the check. */
export function rowsOfView(rows: readonly ResultRow[], view: View, language: string): ResultRow[] {
  const shown = rows.filter((row) => isShown(row, view));
  if (view.sort === undefined) return shown;
  const { column, isDescending } = view.sort;
  const compare = comparison(column, new Intl.Collator(language, { numeric: true }));
  const direction = isDescending ? -1 : 1;
  return shown.sort((a, b) => direction * compare(a, b) || a.key - b.key);
}

/** How many rows there are of each state, whatever is shown. */
export function countStates(rows: readonly ResultRow[]): Record<RowState, number> {
  const counts = { online: 0, offline: 0, unknown: 0, failed: 0, notChecked: 0 };
  for (const row of rows) counts[stateOf(row)]++;
  return counts;
}

/** A press on a header: up, down, then as it was. */
export function sortedBy(view: View, column: Column): View {
  if (view.sort?.column !== column) return { ...view, sort: { column, isDescending: false } };
  return { ...view, sort: view.sort.isDescending ? undefined : { column, isDescending: true } };
}

/** A press on a state: shown or not; when none is chosen all are shown. */
export function withState(view: View, state: RowState): View {
  const isChosen = view.states.includes(state);
  return { ...view, states: isChosen ? view.states.filter((each) => each !== state) : [...view.states, state] };
}

/** Reads a view that was kept; anything else is the whole view. */
export function readView(kept: unknown): View {
  if (typeof kept !== 'object' || kept === null) return WHOLE_VIEW;
  const { text, states, sort }: { text?: unknown; states?: unknown; sort?: unknown } = kept;
  return {
    text: typeof text === 'string' ? text : '',
    states: Array.isArray(states) ? ROW_STATES.filter((state) => states.includes(state)) : [],
    sort: readSort(sort),
  };
}

function readSort(kept: unknown): View['sort'] {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { column, isDescending }: { column?: unknown; isDescending?: unknown } = kept;
  const known = COLUMNS.find((each) => each === column);
  return known === undefined ? undefined : { column: known, isDescending: isDescending === true };
}

function isShown(row: ResultRow, { text, states }: View): boolean {
  if (states.length > 0 && !states.includes(stateOf(row))) return false;
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  return [row.clientId, row.instance, row.instanceId, row.failure?.text ?? ''].some((each) =>
    each.toLowerCase().includes(wanted),
  );
}

function comparison(column: Column, collator: Intl.Collator): (a: ResultRow, b: ResultRow) => number {
  switch (column) {
    case 'clientId':
      return (a, b) => collator.compare(a.clientId, b.clientId);
    case 'instance':
      return (a, b) => collator.compare(a.instance, b.instance);
    case 'status':
      return (a, b) => ROW_STATES.indexOf(stateOf(a)) - ROW_STATES.indexOf(stateOf(b));
    case 'checked':
      // The newest first, and last of all what was never asked about.
      return (a, b) => (checkedAtOf(b) ?? 0) - (checkedAtOf(a) ?? 0);
    case 'source':
      return (a, b) => sourceOrder(a) - sourceOrder(b);
    case 'error':
      // Those with an error first.
      return (a, b) => collator.compare(a.failure?.text ?? '\uffff', b.failure?.text ?? '\uffff');
  }
}

function sourceOrder({ answer, failure }: ResultRow): number {
  if (answer === undefined || failure !== undefined) return 2;
  return answer.isVerified ? 0 : 1;
}
