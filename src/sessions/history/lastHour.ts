import { HOUR_MS } from './clientPast';
import type { Past } from './statusHistory';
import type { KnownStatus, Spell } from './transition';

/** What is known of one stretch of time; 'both' where a client was seen online and offline in it. */
export type Cell = KnownStatus | 'both' | 'unknown';

/** The last hour of a client, as far as it is known. */
export interface LastHour {
  /** Oldest first. */
  readonly cells: readonly Cell[];
  readonly changes: number;
  readonly onlineMs: number;
  readonly offlineMs: number;
}

const CELLS = 24;
const CELL_MS = HOUR_MS / CELLS;

/** Reads the hour before `until`. Between two spells nothing is known, and a single answer is a moment. */
export function lastHour({ spells, transitions }: Past, until: number): LastHour {
  const start = until - HOUR_MS;
  const within = spells.filter(({ from, seenUntil }) => seenUntil > start && from <= until);
  return {
    cells: Array.from({ length: CELLS }, (_, at) => cellOf(within, start + at * CELL_MS, start + (at + 1) * CELL_MS)),
    changes: transitions.filter(({ at }) => at > start && at <= until).length,
    onlineMs: lengthOf(within, 'online', start, until),
    offlineMs: lengthOf(within, 'offline', start, until),
  };
}

function cellOf(spells: readonly Spell[], start: number, end: number): Cell {
  const seen = new Set(
    spells.filter(({ from, seenUntil }) => seenUntil > start && from <= end).map(({ status }) => status),
  );
  const [first, second] = seen;
  return second === undefined ? (first ?? 'unknown') : 'both';
}

function lengthOf(spells: readonly Spell[], status: KnownStatus, start: number, end: number): number {
  return spells
    .filter((spell) => spell.status === status)
    .reduce((sum, { from, seenUntil }) => sum + Math.min(seenUntil, end) - Math.max(from, start), 0);
}
