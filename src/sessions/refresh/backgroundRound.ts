import { MAX_CLIENT_IDS_PER_CALL } from '../../api/contract';
import { budgetState } from '../meter/callBudget';
import type { CallMeter } from '../meter/callMeter';
import { LEASE_MS, type Lease } from '../windows/lease';
import type { RoundOutcome } from './refreshPace';
import type { SharedStatuses } from '../windows/sharedStatuses';
import type { CheckedClient, CheckRequest, StatusChecker } from '../status/statusChecker';
import type { StatusStore } from '../status/statusStore';

export interface BackgroundRoundParts {
  readonly checker: Pick<StatusChecker, 'check'>;
  readonly lease: Pick<Lease, 'take' | 'release'>;
  readonly statuses: Pick<SharedStatuses, 'follow' | 'flush'>;
  readonly store: Pick<StatusStore, 'get'>;
  readonly meter: Pick<CallMeter, 'count' | 'today' | 'flush'>;
  /** Calls a day of an instance; 0 for no limit. */
  readonly dailyCallBudget: () => number;
  /** False where nothing may be asked that no person asks for. */
  readonly mayAsk: () => boolean;
  readonly now: () => number;
}

/** What another window or a person asked so lately is not asked again. */
const FRESH_SHARE = 0.9;

/** One round of a timer: made by one window at a time, and only for clients whose status is not fresh. */
export class BackgroundRound {
  /** Rounds under way in this window: they share its lease. */
  private rounds = 0;

  constructor(private readonly parts: BackgroundRoundParts) {}

  /** Checks what is due. The next window finds what this one found, for it is told before the lease is given up. */
  async run(requests: readonly CheckRequest[], intervalMs: number, signal: AbortSignal): Promise<RoundOutcome> {
    const { lease, statuses, meter, mayAsk } = this.parts;
    if (!mayAsk()) return 'quiet';
    if (!(await lease.take())) return 'busy';
    const stopRenewing = this.renew();
    this.rounds++;
    try {
      // What others found and counted, and whether a new day has begun.
      await Promise.all([statuses.follow(), meter.flush()]);
      const outcome = signal.aborted ? 'quiet' : await this.check(requests, intervalMs, signal);
      await statuses.flush();
      return outcome;
    } finally {
      stopRenewing();
      if (--this.rounds === 0) await lease.release();
    }
  }

  private async check(
    requests: readonly CheckRequest[],
    intervalMs: number,
    signal: AbortSignal,
  ): Promise<RoundOutcome> {
    const seen = requests.filter(({ clientIds }) => clientIds.length > 0);
    const open = seen.filter(({ target }) => !this.isSpent(target.instanceId));
    if (open.length === 0) return seen.length === 0 ? 'nothing' : 'spent';
    const due = open.map(({ target, clientIds }) => ({
      target,
      clientIds: this.withoutFresh(target.instanceId, clientIds, intervalMs),
    }));
    const before = new Map(
      due.flatMap(({ target: { instanceId }, clientIds }) =>
        clientIds.map((clientId) => [`${instanceId} ${clientId}`, this.statusOf(instanceId, clientId)] as const),
      ),
    );
    const checked = await this.parts.checker.check(due, 'cached', signal, () => undefined, 'timer');
    return outcomeOf(checked, (instanceId, clientId) => before.get(`${instanceId} ${clientId}`));
  }

  private statusOf(instanceId: string, clientId: string): string | undefined {
    return this.parts.store.get(instanceId, clientId)?.last?.status;
  }

  private isSpent(instanceId: string): boolean {
    const { meter, dailyCallBudget } = this.parts;
    return budgetState(meter.today(instanceId).calls, dailyCallBudget()) === 'spent';
  }

  private withoutFresh(instanceId: string, clientIds: readonly string[], intervalMs: number): string[] {
    const due = clientIds.filter((clientId) => !this.isFresh(instanceId, clientId, intervalMs));
    this.parts.meter.count(instanceId, 0, (clientIds.length - due.length) / MAX_CLIENT_IDS_PER_CALL);
    return due;
  }

  private isFresh(instanceId: string, clientId: string, intervalMs: number): boolean {
    const { store, now } = this.parts;
    const at = store.get(instanceId, clientId)?.last?.checkedAt;
    const ageMs = at === undefined ? Infinity : now() - at;
    return ageMs >= 0 && ageMs < intervalMs * FRESH_SHARE;
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

/** A round failed where nobody was answered for; a first answer is a change. */
function outcomeOf(
  checked: readonly CheckedClient[],
  statusBefore: (instanceId: string, clientId: string) => string | undefined,
): RoundOutcome {
  const answers = checked.flatMap(({ instanceId, clientId, finding }) =>
    finding?.kind === 'answered' ? [finding.observation.status !== statusBefore(instanceId, clientId)] : [],
  );
  if (answers.includes(true)) return 'changed';
  return answers.length === 0 && checked.some(({ finding }) => finding?.kind === 'failed') ? 'failed' : 'quiet';
}
