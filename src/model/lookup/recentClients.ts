/** What a look-up was told, as it is kept beside its client ID. */
interface KeptAnswer {
  readonly status: 'online' | 'offline' | 'unknown';
  readonly isVerified: boolean;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
}

export interface RecentClient {
  readonly clientId: string;
  readonly last?: KeptAnswer | undefined;
}

export const MOST_RECENT = 20;

/** Puts clients that were looked up before those of earlier look-ups, with what is known of them now, else what was. */
export function withRecent(recent: readonly RecentClient[], looked: readonly RecentClient[]): RecentClient[] {
  const ids = new Set(looked.map(({ clientId }) => clientId));
  const known = new Map(recent.map(({ clientId, last }) => [clientId, last]));
  const first = looked.map(({ clientId, last = known.get(clientId) }) => ({ clientId, last }));
  return [...first, ...recent.filter(({ clientId }) => !ids.has(clientId))].slice(0, MOST_RECENT);
}
