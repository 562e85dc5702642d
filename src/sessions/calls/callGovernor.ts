import type { CallTarget, MqttApi } from '../../api/mqttApi';
import type { Log } from '../../base/log';
import { ApiError, concernsWholeInstance, isThrottling, isTransient, mayBeOneBadId } from '../../model/apiError';
import type { CallMeter } from '../meter/callMeter';
import type { CallEnd, Caller } from './callRate';
import type { CallRates } from './callRates';
import type { ChangeConfirmer } from '../status/changeConfirmer';
import { Asker, type Urgency } from './asker';
import { askApi, compared } from './findings';
import { Lane } from './lane';
import { type Freshness, Question } from './question';
import { pause, retryDelayMs } from './retry';
import type { Finding } from '../status/statusStore';

export interface CallGovernorParts {
  readonly api: MqttApi;
  readonly rates: Pick<CallRates, 'of'>;
  /** Takes what one call found, for the one store. */
  readonly report: (instanceId: string, findings: ReadonlyMap<string, Finding>) => void;
  /** Told which clients are being asked about, and which no longer are. */
  readonly reportChecking: (instanceId: string, clientIds: readonly string[], isChecking: boolean) => void;
  /** Told of every successful call, and of those that were not needed. */
  readonly meter: Pick<CallMeter, 'count'>;
  /** Which changes are asked about in real time before they are announced. */
  readonly confirmer: Pick<ChangeConfirmer, 'isDue' | 'failed'>;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
}

/** Every call goes through here: merged into tens, joined, paced, tried again, halved around a bad ID. */
export class CallGovernor {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly parts: CallGovernorParts) {}

  /** Asks about clients of one instance; each promise is its finding, or undefined when cancelled or dropped. */
  ask(
    target: CallTarget,
    clientIds: readonly string[],
    freshness: Freshness,
    signal: AbortSignal,
    urgency: Urgency = 'person',
  ): Promise<Finding | undefined>[] {
    const lane = this.laneOf(target, freshness);
    const fresh = clientIds.filter((clientId) => !lane.questions.has(clientId));
    const ask = {};
    for (const clientId of fresh) this.open(lane, new Question(target, clientId, freshness, ask));
    if (fresh.length > 0 && !signal.aborted) this.parts.reportChecking(target.instanceId, fresh, true);
    const joined = clientIds.length - fresh.length;
    this.parts.meter.count(target.instanceId, 0, joined / lane.batchSize);
    const asker = new Asker(signal, urgency);
    const findings = clientIds.map((clientId) => this.join(lane, clientId, asker));
    this.wake(target, lane);
    return findings;
  }

  /** Drops all that was asked of an instance, even what is on its way: its key or address is another now. */
  drop(instanceId: string): void {
    for (const freshness of ['cached', 'verified'] as const) {
      const lane = this.lanes.get(laneKey(instanceId, freshness));
      if (lane === undefined) continue;
      this.close(lane, [...lane.questions.values()], () => undefined);
      lane.dispose();
      this.lanes.delete(laneKey(instanceId, freshness));
    }
  }

  dispose(): void {
    for (const lane of this.lanes.values()) lane.dispose();
  }

  private laneOf(target: CallTarget, freshness: Freshness): Lane {
    const key = laneKey(target.instanceId, freshness);
    const lane: Lane =
      this.lanes.get(key) ??
      new Lane(
        freshness,
        () => this.wake(target, lane),
        (asked, ownCalls) => this.call(lane, asked, 1, ownCalls),
      );
    this.lanes.set(key, lane);
    return lane;
  }

  private open(lane: Lane, question: Question): void {
    lane.open(question);
    question.whenAbandoned(() => this.close(lane, [question], () => undefined));
  }

  private async join(lane: Lane, clientId: string, asker: Asker): Promise<Finding | undefined> {
    const question = lane.questions.get(clientId);
    if (question === undefined) return undefined;
    if (asker.urgency === 'person') lane.hurry(question);
    return question.join(asker);
  }

  private wake({ credential }: CallTarget, caller: Caller): void {
    if (caller.pending > 0) void this.wakeRate(credential, caller);
  }

  /** A call counts from its turn on, so nothing but the call itself comes after that. */
  private async wakeRate(credential: string | undefined, caller: Caller): Promise<void> {
    // What cannot be loaded is told by the call itself: nobody waits for ever.
    const prepared = this.parts.api.prepare(credential).catch(() => undefined);
    const [rate] = await Promise.all([this.parts.rates.of(credential), prepared]);
    rate.wake(caller);
  }

  /** One call about one to ten questions; what follows a failure waits for turns of its own. */
  private async call(lane: Lane, asked: readonly Question[], attempt: number, ownCalls: number): Promise<CallEnd> {
    const [first] = asked;
    if (first === undefined) return 'done';
    const abort = new AbortController();
    for (const question of asked) {
      question.whenAbandoned(() => {
        this.close(lane, [question], () => undefined);
        if (asked.every((other) => other.isAbandoned)) abort.abort();
      });
    }
    let findingOf: (clientId: string) => Finding;
    try {
      findingOf = await askApi(this.parts, first.target, asked, abort.signal);
    } catch (error) {
      if (!(error instanceof ApiError))
        this.parts.log.error(`A check failed in a way nobody foresaw: ${nameOf(error)}`);
      const known = error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError');
      // Who is throttled asks by whom: what this machine asked itself is known.
      const told = isThrottling(known) ? known.with({ ownCalls }) : known;
      void this.recover(lane, asked, told, attempt, abort.signal);
      return isThrottling(known) ? 'throttled' : 'done';
    }
    const asks = new Set(asked.map(({ ask }) => ask));
    this.parts.meter.count(first.target.instanceId, 1, asks.size - 1);
    this.answer(lane, this.withoutChanges(lane, asked, findingOf), findingOf);
    return 'done';
  }

  private async recover(
    lane: Lane,
    asked: readonly Question[],
    error: ApiError,
    attempt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const open = stillOpen(lane, asked);
    if (open.length === 0) return;
    this.parts.log.warn(
      `A call for ${open.length} clients failed: ${error.code}${error.requestId === undefined ? '' : `, request ${error.requestId}`}`,
    );
    if (mayBeOneBadId(error) && open.length > 1) {
      this.halve(lane, open);
      return;
    }
    const delayMs = isTransient(error) ? retryDelayMs(error, attempt, this.parts.random) : undefined;
    if (delayMs === undefined) {
      this.fail(lane, open, error);
      return;
    }
    await pause(delayMs, signal);
    this.callAgain(lane, open, attempt + 1);
  }

  /** Another call about the same questions, as soon as the rate has a turn for it. */
  private callAgain(lane: Lane, questions: readonly Question[], attempt: number): void {
    const [first] = questions;
    if (first === undefined) return;
    let isWaiting = true;
    const open = (): Question[] => stillOpen(lane, questions);
    this.wake(first.target, {
      get pending() {
        return isWaiting && open().length > 0 ? 1 : 0;
      },
      get isUrgent() {
        return open().some(({ isUrgent }) => isUrgent);
      },
      start: (ownCalls) => {
        isWaiting = false;
        return this.call(lane, open(), attempt, ownCalls);
      },
    });
  }

  /** One bad client ID fails its whole batch: halve it until the offender is alone. */
  private halve(lane: Lane, open: readonly Question[]): void {
    const middle = Math.ceil(open.length / 2);
    for (const half of [open.slice(0, middle), open.slice(middle)]) this.callAgain(lane, half, 1);
  }

  private fail(lane: Lane, open: readonly Question[], error: ApiError): void {
    const failed: Finding = { kind: 'failed', error, at: this.parts.now() };
    // Where the key, the place or the right is wrong, those that wait would fail alike: one call tells it for all.
    this.answer(lane, concernsWholeInstance(error) ? [...open, ...lane.allWaiting()] : open, () => failed);
  }

  /** Starts to confirm the changes among some answers, and leaves the others. */
  private withoutChanges(
    lane: Lane,
    asked: readonly Question[],
    findingOf: (clientId: string) => Finding,
  ): readonly Question[] {
    if (lane.freshness === 'verified') return asked;
    return stillOpen(lane, asked).filter((question) => {
      const cached = findingOf(question.clientId);
      const isDue = this.parts.confirmer.isDue(question.target.instanceId, question.clientId, cached);
      if (isDue) void this.confirm(lane, question, cached);
      return !isDue;
    });
  }

  /** Asks in real time what the cache says has changed. Where that fails, the cached answer stands as such. */
  private async confirm(lane: Lane, question: Question, cached: Finding): Promise<void> {
    const { target, clientId, isUrgent } = question;
    const abort = new AbortController();
    question.whenAbandoned(() => {
      this.close(lane, [question], () => undefined);
      abort.abort();
    });
    const [asked] = this.ask(target, [clientId], 'verified', abort.signal, isUrgent ? 'person' : 'timer');
    const verified = await asked;
    if (verified === undefined) {
      this.close(lane, [question], () => undefined);
      return;
    }
    if (verified.kind === 'failed') this.parts.confirmer.failed(target.instanceId, verified.error);
    this.answer(lane, [question], () => (verified.kind === 'failed' ? cached : compared(verified, cached)));
  }

  private answer(lane: Lane, questions: readonly Question[], findingOf: (clientId: string) => Finding): void {
    const open = stillOpen(lane, questions);
    const [first] = open;
    if (first === undefined) return;
    const findings = new Map(open.map(({ clientId }) => [clientId, findingOf(clientId)]));
    try {
      this.parts.report(first.target.instanceId, findings);
    } finally {
      this.close(lane, open, (clientId) => findings.get(clientId));
    }
  }

  private close(
    lane: Lane,
    questions: readonly Question[],
    findingOf: (clientId: string) => Finding | undefined,
  ): void {
    const open = stillOpen(lane, questions);
    const [first] = open;
    if (first === undefined) return;
    for (const question of open) lane.close(question);
    this.parts.reportChecking(
      first.target.instanceId,
      open.map(({ clientId }) => clientId),
      false,
    );
    for (const question of open) question.settle(findingOf(question.clientId));
  }
}

function stillOpen(lane: Lane, questions: readonly Question[]): Question[] {
  return questions.filter((question) => lane.isOpen(question));
}

function laneKey(instanceId: string, freshness: Freshness): string {
  return `${freshness} ${instanceId}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
