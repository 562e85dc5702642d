import type { CallTarget } from '../../api/mqttApi';
import { type ApiError, concernsWholeInstance, isTransient } from '../../model/apiError';
import { type Baseline, Condition, type Missing, type Sighting, type Wish } from './condition';
import { ProofBudget } from './proofBudget';
import { pause } from '../calls/retry';
import type { Finding, Observation, StatusStore } from '../status/statusStore';
import type { StatusChecker } from '../status/statusChecker';
import { type WaitPace, waitPace } from './waitPace';

export interface WaiterParts {
  readonly checker: Pick<StatusChecker, 'check'>;
  readonly store: Pick<StatusStore, 'get' | 'onDidChange'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** True where today's budget is spent and no person has said that it may go on. */
  readonly isSpent: (instanceId: string) => boolean;
}

export interface Wait {
  readonly instanceId: string;
  /** Read before each round; undefined once the instance is saved no more. */
  readonly target: () => CallTarget | undefined;
  readonly wish: Wish;
  /** True where a cached answer counts only once it is proven in real time. */
  readonly verify: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly baseline?: Baseline | undefined;
  readonly report: (event: WaitEvent) => void;
}

/** What is told on the way. */
export type WaitEvent =
  | { readonly kind: 'seen'; readonly clientId: string; readonly from: Sighting | undefined; readonly to: Sighting }
  | { readonly kind: 'round'; readonly missing: readonly Missing[]; readonly baseline: Baseline }
  | { readonly kind: 'trouble'; readonly error: ApiError; readonly clients: number; readonly nextInMs: number };

export type WaitOutcome =
  /** `at` is when the last sighting was made that it took, `fulfilled` who stands as wished. */
  | {
      readonly kind: 'met';
      readonly at: number;
      readonly fulfilled: readonly string[];
      readonly seen: ReadonlyMap<string, Sighting>;
      readonly baseline: Baseline;
    }
  | { readonly kind: 'timedOut'; readonly missing: readonly Missing[] }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly clientId: string }
  | { readonly kind: 'removed' }
  /** Today's budget of calls is spent. */
  | { readonly kind: 'spent' }
  | { readonly kind: 'cancelled' };

/** Who asked last goes on asking. The others wait so much longer for what it finds. */
const OTHERS_SHARE = 1.5;
/** Clients due so soon are asked along, so that batches stay whole. */
const ALONG_SHARE = 0.2;
/** Between two rounds, however long the first took. */
const LEAST_PAUSE_SHARE = 0.5;
const LONGEST_BACK_OFF_MS = 60_000;
/** A host that never answered is given so many rounds: after waking, a laptop has no network for a moment. */
const ROUNDS_WITHOUT_HOST = 3;
/** To look at more clients at each answer costs more than to wait for the next round. */
const EAGER_CLIENTS = 100;
/** Asking in real time what the cache claims may bring up other claims. */
const PROOF_ROUNDS = 3;

interface Failure {
  readonly clientId: string;
  readonly error: ApiError;
}

/** Waits for one wish, once. All it learns comes from the store, whoever asked; what nobody asked lately it asks itself. */
export class Waiter {
  private readonly condition: Condition;
  private readonly pace: WaitPace;
  private readonly clientIds: ReadonlySet<string>;
  private readonly proofs: ProofBudget;
  private readonly seen = new Map<string, Observation>();
  private readonly mine = new WeakSet<Observation>();
  /** What was known before, and is too old to count. */
  private readonly old = new WeakSet<Observation>();
  /** Clients that will never be answered for, such as one with a bad ID. */
  private readonly hopeless = new Set<string>();
  private failedRounds = 0;
  private lastSeenAt = 0;
  private wake: AbortController | undefined;

  constructor(
    private readonly parts: WaiterParts,
    private readonly wait: Wait,
  ) {
    this.condition = new Condition(wait.wish, wait);
    this.clientIds = new Set(wait.wish.clientIds);
    this.pace = waitPace(this.clientIds.size, wait.verify);
    this.proofs = new ProofBudget(this.clientIds.size, parts.now);
  }

  /** Resolves when the wish is met, its time is over, the signal aborts or nothing will ever answer. Never rejects. */
  async run(signal: AbortSignal): Promise<WaitOutcome> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), Math.max(0, this.wait.deadline - this.parts.now()));
    const ended = AbortSignal.any([signal, over.signal]);
    const subscription = this.parts.store.onDidChange(({ instanceId, clientIds }) => {
      if (instanceId === this.wait.instanceId) this.lookAt(clientIds);
    });
    try {
      this.lookAround();
      return await this.rounds(ended, signal);
    } finally {
      subscription.dispose();
      clearTimeout(timer);
    }
  }

  private async rounds(ended: AbortSignal, signal: AbortSignal): Promise<WaitOutcome> {
    for (;;) {
      if (signal.aborted) return { kind: 'cancelled' };
      if (this.condition.isMet) return this.met();
      if (ended.aborted || this.parts.now() >= this.wait.deadline)
        return { kind: 'timedOut', missing: this.condition.missing };
      const target = this.wait.target();
      if (target === undefined) return { kind: 'removed' };
      if (this.parts.isSpent(this.wait.instanceId)) return { kind: 'spent' };
      const failures = await this.round(target, ended);
      const lasting = this.lasting(failures);
      if (lasting !== undefined) return { kind: 'failed', ...lasting };
      const nextInMs = this.nextInMs(failures);
      this.tell(failures, nextInMs);
      await this.rest(nextInMs, ended);
    }
  }

  private met(): WaitOutcome {
    const { fulfilled, baseline } = this.condition;
    return { kind: 'met', at: this.lastSeenAt, fulfilled, seen: this.seen, baseline };
  }

  private async round(target: CallTarget, signal: AbortSignal): Promise<Failure[]> {
    const { everyMs, freshness } = this.pace;
    const soon = this.parts.now() + everyMs * ALONG_SHARE;
    const isDue = this.nextDueAt() <= this.parts.now();
    const due = isDue ? [...this.clientIds].filter((clientId) => this.dueAt(clientId) <= soon) : [];
    const failures = await this.ask(target, due, freshness, signal);
    for (let round = 0; round < PROOF_ROUNDS && failures.length === 0; round++)
      failures.push(...(await this.prove(target, signal)));
    return failures;
  }

  private async prove(target: CallTarget, signal: AbortSignal): Promise<Failure[]> {
    const { doubts } = this.condition;
    return this.proofs.take(doubts.length) ? this.ask(target, doubts, 'verified', signal) : [];
  }

  private async ask(
    target: CallTarget,
    clientIds: readonly string[],
    freshness: WaitPace['freshness'],
    signal: AbortSignal,
  ): Promise<Failure[]> {
    if (clientIds.length === 0 || signal.aborted) return [];
    const { checker } = this.parts;
    const checked = await checker.check([{ target, clientIds }], freshness, signal, undefined, this.pace.urgency);
    return checked.flatMap(({ clientId, finding }) => this.failureOf(clientId, finding));
  }

  private failureOf(clientId: string, finding: Finding | undefined): Failure[] {
    if (finding?.kind === 'answered') this.mine.add(finding.observation);
    return finding?.kind === 'failed' && finding.error.kind !== 'cancelled' ? [{ clientId, error: finding.error }] : [];
  }

  /** What another window or a person asked a moment ago counts from the start; what is older is no news at any time. */
  private lookAround(): void {
    const { store, now } = this.parts;
    const clientIds = [...this.clientIds];
    for (const clientId of clientIds) {
      const last = store.get(this.wait.instanceId, clientId)?.last;
      const ageMs = now() - (last?.checkedAt ?? -Infinity);
      if (last !== undefined && (ageMs < 0 || ageMs >= this.pace.everyMs)) this.old.add(last);
    }
    this.lookAt(clientIds);
  }

  /** Takes what the store now says, and ends a rest where that decides. A round looks at all of it when it has ended. */
  private lookAt(clientIds: readonly string[]): void {
    const isNews = clientIds.filter((clientId) => this.look(clientId)).length > 0;
    if (!isNews || this.wake === undefined || this.clientIds.size > EAGER_CLIENTS) return;
    if (this.condition.isMet || (this.failedRounds === 0 && this.condition.doubts.length > 0)) this.wake.abort();
  }

  /** True where the store has news of a client. One asked about in real time is not listened to from the cache. */
  private look(clientId: string): boolean {
    const last = this.parts.store.get(this.wait.instanceId, clientId)?.last;
    if (last === undefined) this.forget(clientId);
    if (!this.clientIds.has(clientId) || last === undefined || last === this.seen.get(clientId)) return false;
    if (this.old.has(last)) return false;
    if (!last.isVerified && this.pace.freshness === 'verified') return false;
    const from = this.condition.see(clientId, last);
    this.seen.set(clientId, last);
    this.lastSeenAt = last.checkedAt;
    if (from?.status !== last.status) this.wait.report({ kind: 'seen', clientId, from, to: last });
    return true;
  }

  /** What the store knows no more, because the key or the address changed, counts no more. */
  private forget(clientId: string): void {
    if (this.seen.delete(clientId)) this.condition.forget(clientId);
  }

  /** When a client is to be asked about again; at once where the clock was set back behind what is known. */
  private dueAt(clientId: string): number {
    if (this.hopeless.has(clientId)) return Infinity;
    const seen = this.seen.get(clientId);
    if (seen === undefined || seen.checkedAt > this.parts.now()) return -Infinity;
    return seen.checkedAt + this.pace.everyMs * (this.mine.has(seen) ? 1 : OTHERS_SHARE);
  }

  private nextDueAt(): number {
    return [...this.clientIds].reduce((least, clientId) => Math.min(least, this.dueAt(clientId)), Infinity);
  }

  private nextInMs(failures: readonly Failure[]): number {
    const { everyMs } = this.pace;
    const isTrouble = failures.some(({ clientId }) => !this.hopeless.has(clientId));
    this.failedRounds = isTrouble ? this.failedRounds + 1 : 0;
    if (isTrouble) return Math.min(LONGEST_BACK_OFF_MS, everyMs * 2 ** (this.failedRounds - 1));
    const inMs = Math.min(everyMs * OTHERS_SHARE, this.nextDueAt() - this.parts.now());
    return Math.ceil(Math.max(everyMs * LEAST_PAUSE_SHARE, inMs));
  }

  private tell(failures: readonly Failure[], nextInMs: number): void {
    const [first] = failures;
    if (first !== undefined)
      this.wait.report({ kind: 'trouble', error: first.error, clients: failures.length, nextInMs });
    this.wait.report({ kind: 'round', missing: this.condition.missing, baseline: this.condition.baseline });
  }

  private async rest(forMs: number, ended: AbortSignal): Promise<void> {
    if (this.condition.isMet) return;
    this.wake = new AbortController();
    await pause(forMs, AbortSignal.any([ended, this.wake.signal]));
    this.wake = undefined;
  }

  /** The failure that makes waiting useless: of the instance as a whole, or of clients that the wish cannot do without. */
  private lasting(failures: readonly Failure[]): Failure | undefined {
    const hopeless = failures.filter(({ error }) => this.isHopeless(error));
    const whole = hopeless.find(({ error }) => concernsWholeInstance(error));
    for (const { clientId } of hopeless) this.hopeless.add(clientId);
    const isOver = this.wait.wish.match === 'all' || this.hopeless.size === this.clientIds.size;
    return whole ?? (isOver ? hopeless[0] : undefined);
  }

  private isHopeless(error: ApiError): boolean {
    if (isTransient(error)) return false;
    return error.kind !== 'network' || (this.seen.size === 0 && this.failedRounds + 1 >= ROUNDS_WITHOUT_HOST);
  }
}
