import { AdaptiveLimit } from './adaptiveLimit';
import { Arrivals, type EndedCall } from './arrivals';
import type { CallLedger } from './callLedger';

/** Whoever has calls to make; the rate asks it for its next one when a turn has come. */
export interface Caller {
  /** Calls it would start now if it might. */
  readonly pending: number;
  /** True while a person waits for one of them: those go first. */
  readonly isUrgent: boolean;
  /**
   * Makes the next call; resolves, and never rejects, when it has ended. It is told how many calls of the account all
   * windows of this machine made in the second until then, this one among them: by its answer they may count no more.
   */
  start(ownCalls: number): Promise<CallEnd>;
}

export type CallEnd = 'done' | 'throttled';

export interface CallRateParts {
  readonly account: string;
  readonly ledger: Pick<CallLedger, 'take' | 'late' | 'recent'>;
  readonly callsPerSecond: () => number;
  /** Milliseconds that no change of the clock touches. */
  readonly monotonic: () => number;
}

const FIRST_GUESS_OF_LATENCY_MS = 200;
const MOST_IN_FLIGHT = 100;

/** The calls of one account: at most so many in any second, in flight no more than that takes, people first. */
export class CallRate {
  private readonly callers = new Set<Caller>();
  private readonly limit: AdaptiveLimit;
  private readonly arrivals = new Arrivals();
  private latencyMs = FIRST_GUESS_OF_LATENCY_MS;
  private inFlight = 0;
  private isPumping = false;

  constructor(private readonly parts: CallRateParts) {
    this.limit = new AdaptiveLimit(parts.callsPerSecond, parts.monotonic);
  }

  /** Tells that a caller has calls to make. */
  wake(caller: Caller): void {
    this.callers.add(caller);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.isPumping) return;
    this.isPumping = true;
    for (let wanted = this.wanted(); wanted > 0; wanted = this.wanted()) {
      const waitMs = await this.startSome(wanted);
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.isPumping = false;
  }

  /** Starts what may start; resolves with how long to wait where that is nothing. */
  private async startSome(wanted: number): Promise<number> {
    const { account, ledger, monotonic } = this.parts;
    const left = this.limit.value - this.inFlight - this.arrivals.count(monotonic());
    if (left <= 0) return this.arrivals.nextMs(monotonic());
    const at = monotonic();
    const { granted, waitMs, id } = await ledger.take(account, Math.min(wanted, left), this.limit.value);
    for (let started = 0; started < granted; started++) this.startNext({ id, at });
    return waitMs;
  }

  /** No more than can start at once: a call granted now and made later would count in another second. */
  private wanted(): number {
    let pending = 0;
    for (const caller of this.callers) {
      if (caller.pending === 0) this.callers.delete(caller);
      pending += caller.pending;
    }
    return Math.min(pending, this.mostInFlight() - this.inFlight);
  }

  /** What the rate takes at the latency seen, and half as much again. */
  private mostInFlight(): number {
    const needed = (this.limit.value * this.latencyMs) / 1000;
    return Math.min(MOST_IN_FLIGHT, Math.max(2, Math.ceil(needed * 1.5) + 1));
  }

  /** Callers take turns, so that a large instance does not keep a small one waiting. */
  private startNext(claim: EndedCall['claim']): void {
    const waiting = [...this.callers].filter(({ pending }) => pending > 0);
    const next = waiting.find(({ isUrgent }) => isUrgent) ?? waiting[0];
    if (next === undefined) return;
    this.callers.delete(next);
    this.callers.add(next);
    void this.run(next, claim);
  }

  private async run(caller: Caller, claim: EndedCall['claim']): Promise<void> {
    this.inFlight++;
    const { account, ledger, monotonic } = this.parts;
    const startedAt = monotonic();
    const end = await caller.start(ledger.recent(account));
    this.inFlight--;
    const latencyMs = monotonic() - startedAt;
    this.arrivals.add({ claim, startedAt, latencyMs });
    for (const [id, lateMs] of this.arrivals.newlyLate()) void ledger.late(id, lateMs);
    this.latencyMs += 0.2 * (latencyMs - this.latencyMs);
    if (end === 'throttled') this.limit.throttled();
    void this.pump();
  }
}
