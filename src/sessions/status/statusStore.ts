import { Emitter } from '../../base/event';
import type { ApiError } from '../../model/apiError';

/** What was last heard of a client, and how. */
export interface Observation {
  readonly status: 'online' | 'offline' | 'unknown';
  /** True when asked in real time, false when answered from the service's cache. */
  readonly isVerified: boolean;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  readonly requestId?: string;
  /** What the service's cache said a moment before, where real time says otherwise. */
  readonly cachedStatus?: 'online' | 'offline';
}

/** What is known of one client. A failure stands beside what was known before and never replaces it. */
export interface ClientStatus {
  readonly last?: Observation;
  readonly failure?: { readonly error: ApiError; readonly at: number };
}

/** Whether a call of this window found it, or another window told of it. */
export type Origin = 'here' | 'elsewhere';

export interface StatusChange {
  readonly instanceId: string;
  readonly clientIds: readonly string[];
  /** Absent for what this window did itself. */
  readonly origin?: 'elsewhere';
}

export type Finding =
  | { readonly kind: 'answered'; readonly observation: Observation }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly at: number };

/** What is known of every client; a client never asked about is absent. */
export class StatusStore {
  private readonly changed = new Emitter<StatusChange>();
  private readonly byInstance = new Map<string, Map<string, ClientStatus>>();
  readonly onDidChange = this.changed.event;

  private readonly checking = new Map<string, Set<string>>();

  constructor(private readonly now: () => number = Date.now) {}

  /** True while a question about this client waits or is on its way. */
  isChecking(instanceId: string, clientId: string): boolean {
    return this.checking.get(instanceId)?.has(clientId) ?? false;
  }

  /** Notes which clients are being asked about; says nothing of their status. */
  setChecking(instanceId: string, clientIds: readonly string[], isChecking: boolean): void {
    const checking = this.checking.get(instanceId) ?? new Set<string>();
    this.checking.set(instanceId, checking);
    for (const clientId of clientIds) {
      if (isChecking) checking.add(clientId);
      else checking.delete(clientId);
    }
    this.changed.fire({ instanceId, clientIds });
  }

  get(instanceId: string, clientId: string): ClientStatus | undefined {
    return this.byInstance.get(instanceId)?.get(clientId);
  }

  /** Merges one round's findings and fires once. An answer older than what is known is dropped. */
  apply(instanceId: string, findings: ReadonlyMap<string, Finding>, origin: Origin = 'here'): void {
    const statuses = this.byInstance.get(instanceId) ?? new Map<string, ClientStatus>();
    this.byInstance.set(instanceId, statuses);
    const clientIds: string[] = [];
    for (const [clientId, finding] of findings) {
      const merged = merge(statuses.get(clientId), finding, this.now());
      if (merged === undefined) continue;
      statuses.set(clientId, merged);
      clientIds.push(clientId);
    }
    if (clientIds.length > 0)
      this.changed.fire({ instanceId, clientIds, ...(origin === 'elsewhere' ? { origin } : {}) });
  }

  /** Drops all that is known of an instance: its key or address changed, so the old answers were another's. */
  forget(instanceId: string): void {
    const statuses = this.byInstance.get(instanceId);
    if (statuses === undefined) return;
    this.byInstance.delete(instanceId);
    this.changed.fire({ instanceId, clientIds: [...statuses.keys()] });
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function merge(known: ClientStatus | undefined, finding: Finding, now: number): ClientStatus | undefined {
  switch (finding.kind) {
    case 'answered':
      return known?.last !== undefined && isNewer(known.last, finding.observation, now)
        ? undefined
        : { last: finding.observation };
    case 'failed':
      return { ...known, failure: { error: finding.error, at: finding.at } };
  }
}

/** What is known from the future was learnt before the clock was set back: any answer replaces it. */
function isNewer(known: Observation, other: Observation, now: number): boolean {
  return known.checkedAt > other.checkedAt && known.checkedAt <= now;
}
