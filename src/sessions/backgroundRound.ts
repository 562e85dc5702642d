import { MAX_CLIENT_IDS_PER_CALL } from '../api/contract';
import { clientIdsOf, type Inventory } from '../model/inventory';
import { budgetState } from './callBudget';
import type { CallMeter } from './callMeter';
import { LEASE_MS, type Lease } from './lease';
import type { StatusChecker } from './statusChecker';
import type { StatusStore } from './statusStore';

export interface BackgroundRoundParts {
  readonly checker: Pick<StatusChecker, 'check'>;
  readonly lease: Pick<Lease, 'take'>;
  readonly store: Pick<StatusStore, 'get'>;
  readonly meter: Pick<CallMeter, 'count' | 'today'>;
  /** Calls a day of an instance; 0 for no limit. */
  readonly dailyCallBudget: () => number;
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
    const requests = inventory()
      .instances.filter(({ instanceId }) => !this.isSpent(instanceId))
      .map((target) => ({ target, clientIds: this.withoutFresh(target.instanceId, clientIdsOf(target)) }));
    const stopRenewing = this.renew();
    try {
      await checker.check(requests, 'cached', signal, () => undefined, 'timer');
    } finally {
      stopRenewing();
    }
  }

  private isSpent(instanceId: string): boolean {
    const { meter, dailyCallBudget } = this.parts;
    return budgetState(meter.today(instanceId).calls, dailyCallBudget()) === 'spent';
  }

  private withoutFresh(instanceId: string, clientIds: readonly string[]): string[] {
    const due = clientIds.filter((clientId) => !this.isFresh(instanceId, clientId));
    this.parts.meter.count(instanceId, 0, (clientIds.length - due.length) / MAX_CLIENT_IDS_PER_CALL);
    return due;
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
