/** Which rows are chosen and which one the keys move from, by their keys: a row that moves stays chosen. */
export interface Selection {
  readonly active: number | undefined;
  /** Where a stretch of chosen rows begins. */
  readonly anchor: number | undefined;
  readonly chosen: ReadonlySet<number>;
}

export const NOTHING_CHOSEN: Selection = { active: undefined, anchor: undefined, chosen: new Set() };

/** One row alone. */
export function chooseOne(key: number): Selection {
  return { active: key, anchor: key, chosen: new Set([key]) };
}

/** One row more, or less. */
export function toggle({ chosen }: Selection, key: number): Selection {
  const others = new Set(chosen);
  if (!others.delete(key)) others.add(key);
  return { active: key, anchor: key, chosen: others };
}

/** All rows from the anchor to this one, in the order shown. */
export function chooseTo(selection: Selection, key: number, order: readonly number[]): Selection {
  const from = order.indexOf(selection.anchor ?? key);
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return chooseOne(key);
  const stretch = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { active: key, anchor: order[from], chosen: new Set(stretch) };
}

export function chooseAll(selection: Selection, order: readonly number[]): Selection {
  return { ...selection, active: selection.active ?? order[0], chosen: new Set(order) };
}

/** The key so many rows on, within what is shown; the first one where none is active. */
export function movedBy({ active }: Selection, rows: number, order: readonly number[]): number | undefined {
  const at = active === undefined ? -1 : order.indexOf(active);
  if (at < 0) return order[0];
  return order[Math.min(order.length - 1, Math.max(0, at + rows))];
}

/** What remains of it among the rows shown: a command never reaches a row that is filtered out. */
export function within({ active, anchor, chosen }: Selection, order: readonly number[]): Selection {
  const shown = new Set(order);
  const kept = (key: number | undefined): number | undefined => (key !== undefined && shown.has(key) ? key : undefined);
  return { active: kept(active), anchor: kept(anchor), chosen: new Set([...chosen].filter((key) => shown.has(key))) };
}
