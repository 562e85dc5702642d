import type { StatusStore } from './statusStore';

/** How the clients of a group or an instance stand. The four statuses add up to `total`. */
export interface RollUp {
  readonly total: number;
  readonly online: number;
  readonly offline: number;
  readonly unknown: number;
  readonly unchecked: number;
  /** Of them, those whose last check failed. */
  readonly failed: number;
  readonly checking: number;
  /** Milliseconds since the epoch of the oldest answer counted; undefined when there is none. */
  readonly oldestAt: number | undefined;
}

/** Counts what is known of some clients of one instance. */
export function rollUp(store: StatusStore, instanceId: string, clientIds: readonly string[]): RollUp {
  const counts = { online: 0, offline: 0, unknown: 0, unchecked: 0, failed: 0, checking: 0 };
  let oldestAt: number | undefined;
  for (const clientId of clientIds) {
    const known = store.get(instanceId, clientId);
    counts[known?.last?.status ?? 'unchecked']++;
    if (known?.failure !== undefined) counts.failed++;
    if (store.isChecking(instanceId, clientId)) counts.checking++;
    if (known?.last !== undefined) oldestAt = Math.min(oldestAt ?? known.last.checkedAt, known.last.checkedAt);
  }
  return { total: clientIds.length, ...counts, oldestAt };
}
