import type { Inventory } from '../model/inventory';
import { clientIdsOf } from '../model/inventory';
import { LEASE_MS, type Lease } from './lease';
import type { StatusChecker } from './statusChecker';
import type { StatusStore } from './statusStore';

export interface BackgroundRoundParts {
  readonly checker: Pick<StatusChecker, 'check'>;
  readonly lease: Pick<Lease, 'take'>;
  readonly store: Pick<StatusStore, 'get'>;
  readonly inventory: () => Inventory;
  readonly intervalSeconds: () => number;
  readonly now: () => number;
}

/** What another window or a person asked so lately is not asked again. */
const FRESH_SHARE = 0.9;

/** One round of the timer: made by one window at a time, and only for clients whose status is not fresh. */
export class BackgroundRound {
  constructor(private readonly parts: BackgroundRoundParts) {}

  async run(signal: AbortSignal): Promise<void> {
    const { checker, lease, inventory } = this.parts;
    if (!(await lease.take()) || signal.aborted) return;
    const requests = inventory().instances.map((target) => ({
      target,
      clientIds: clientIdsOf(target).filter((clientId) => !this.isFresh(target.instanceId, clientId)),
    }));
    const stopRenewing = this.renew();
    try {
      await checker.check(requests, 'cached', signal, () => undefined, 'timer');
    } finally {
      stopRenewing();
    }
  }

  private isFresh(instanceId: string, clientId: string): boolean {
    const { store, now, intervalSeconds } = this.parts;
    const at = store.get(instanceId, clientId)?.last?.checkedAt;
    const ageMs = at === undefined ? Infinity : now() - at;
    return ageMs >= 0 && ageMs < intervalSeconds() * 1000 * FRESH_SHARE;
  }

  /** A long round keeps its lease. */
  private renew(): () => void {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const renewLater = (): void => {
      if (!isOver) timer = setTimeout(() => void this.parts.lease.take().then(renewLater), LEASE_MS / 3);
    };
    renewLater();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }
}
