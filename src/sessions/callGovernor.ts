import { MAX_CLIENT_IDS_PER_CALL } from '../api/contract';
import type { CallTarget, MqttApi } from '../api/mqttApi';
import type { Log } from '../base/log';
import { ApiError, concernsWholeInstance, isTransient, mayBeOneBadId } from '../model/apiError';
import type { CallRate } from './callRate';
import { type Freshness, Question } from './question';
import { pause, retryDelayMs } from './retry';
import type { Finding } from './statusStore';

export interface CallGovernorParts {
  readonly api: MqttApi;
  readonly rate: CallRate;
  /** Takes what one call found, for the one store. */
  readonly report: (instanceId: string, findings: ReadonlyMap<string, Finding>) => void;
  /** Told which clients are being asked about, and which no longer are. */
  readonly reportChecking: (instanceId: string, clientIds: readonly string[], isChecking: boolean) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
}

/** How long a call that is not full waits for more clients of its instance. */
const GATHER_MS = 25;

/** What waits and what is under way for one instance and kind of call. */
interface Lane {
  readonly freshness: Freshness;
  readonly questions: Map<string, Question>;
  readonly waiting: Set<Question>;
  /** Turns asked of the rate that have not come yet. */
  turns: number;
  gathering: NodeJS.Timeout | undefined;
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
  ): Promise<Finding | undefined>[] {
    const lane = this.laneOf(target.instanceId, freshness);
    const fresh = clientIds.filter((clientId) => !lane.questions.has(clientId));
    for (const clientId of fresh) this.open(lane, new Question(target, clientId, freshness));
    if (fresh.length > 0 && !signal.aborted) this.parts.reportChecking(target.instanceId, fresh, true);
    const findings = clientIds.map(
      (clientId) => lane.questions.get(clientId)?.join(signal) ?? Promise.resolve(undefined),
    );
    this.askForTurns(lane);
    return findings;
  }

  /** Drops all that was asked of an instance, even what is on its way: its key or address is another now. */
  drop(instanceId: string): void {
    for (const freshness of ['cached', 'verified'] as const) {
      const lane = this.laneOf(instanceId, freshness);
      this.close(lane, [...lane.questions.values()], () => undefined);
    }
  }

  private laneOf(instanceId: string, freshness: Freshness): Lane {
    const key = `${freshness} ${instanceId}`;
    const lane = this.lanes.get(key) ?? {
      freshness,
      questions: new Map(),
      waiting: new Set(),
      turns: 0,
      gathering: undefined,
    };
    this.lanes.set(key, lane);
    return lane;
  }

  private open(lane: Lane, question: Question): void {
    lane.questions.set(question.clientId, question);
    lane.waiting.add(question);
    question.whenAbandoned(() => this.close(lane, [question], () => undefined));
  }

  /** A full batch goes at once; what is left waits a moment for company. */
  private askForTurns(lane: Lane): void {
    while ((lane.turns + 1) * batchSize(lane) <= lane.waiting.size) this.askForTurn(lane);
    if (lane.gathering !== undefined || lane.turns * batchSize(lane) >= lane.waiting.size) return;
    lane.gathering = setTimeout(() => {
      lane.gathering = undefined;
      if (lane.turns * batchSize(lane) < lane.waiting.size) this.askForTurn(lane);
    }, GATHER_MS);
  }

  private askForTurn(lane: Lane): void {
    lane.turns++;
    void this.parts.rate.run(() => {
      lane.turns--;
      return this.takeTurn(lane);
    });
  }

  private async takeTurn(lane: Lane): Promise<void> {
    const batch = [...lane.waiting].slice(0, batchSize(lane));
    for (const question of batch) lane.waiting.delete(question);
    if (batch.length > 0) await this.call(lane, batch, 1);
  }

  /** One call about one to ten questions; what follows a failure waits for turns of its own. */
  private async call(lane: Lane, asked: readonly Question[], attempt: number): Promise<void> {
    const [first] = asked;
    if (first === undefined) return;
    const abort = new AbortController();
    for (const question of asked) {
      question.whenAbandoned(() => {
        this.close(lane, [question], () => undefined);
        if (asked.every((other) => other.isAbandoned)) abort.abort();
      });
    }
    let findingOf: (clientId: string) => Finding;
    try {
      findingOf = await this.findings(first.target, asked, abort.signal);
    } catch (error) {
      if (!(error instanceof ApiError))
        this.parts.log.error(`A check failed in a way nobody foresaw: ${nameOf(error)}`);
      const known = error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError');
      void this.recover(lane, asked, known, attempt, abort.signal);
      return;
    }
    this.answer(lane, asked, findingOf);
  }

  private async findings(
    target: CallTarget,
    asked: readonly Question[],
    signal: AbortSignal,
  ): Promise<(clientId: string) => Finding> {
    const { api, now } = this.parts;
    // An answer is as old as its question: one asked before another never replaces it.
    const checkedAt = now();
    const clientIds = asked.map(({ clientId }) => clientId);
    const [only] = clientIds;
    if (asked[0]?.freshness === 'verified' && only !== undefined) {
      const { isOnline, requestId } = await api.querySession(target, only, signal);
      return () => answered(isOnline, true, checkedAt, requestId);
    }
    const { online, requestId } = await api.querySessions(target, clientIds, signal);
    return (clientId) => answered(online.get(clientId), false, checkedAt, requestId);
  }

  private async recover(
    lane: Lane,
    asked: readonly Question[],
    error: ApiError,
    attempt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const open = asked.filter((question) => lane.questions.get(question.clientId) === question);
    if (open.length === 0) return;
    this.parts.log.warn(
      `A call for ${open.length} clients failed: ${error.code}${error.requestId === undefined ? '' : `, request ${error.requestId}`}`,
    );
    if (mayBeOneBadId(error) && open.length > 1) return this.halve(lane, open);
    const delayMs = isTransient(error) ? retryDelayMs(error, attempt, this.parts.random) : undefined;
    if (delayMs === undefined) {
      this.fail(lane, open, error);
      return;
    }
    await pause(delayMs, signal);
    await this.parts.rate.run(() => this.call(lane, stillOpen(lane, open), attempt + 1));
  }

  /** One bad client ID fails its whole batch: halve it until the offender is alone. */
  private async halve(lane: Lane, open: readonly Question[]): Promise<void> {
    const middle = Math.ceil(open.length / 2);
    const halves = [open.slice(0, middle), open.slice(middle)];
    await Promise.all(halves.map((half) => this.parts.rate.run(() => this.call(lane, stillOpen(lane, half), 1))));
  }

  private fail(lane: Lane, open: readonly Question[], error: ApiError): void {
    const failed: Finding = { kind: 'failed', error, at: this.parts.now() };
    // Where the key, the place or the right is wrong, those that wait would fail alike: one call tells it for all.
    this.answer(lane, concernsWholeInstance(error) ? [...open, ...lane.waiting] : open, () => failed);
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
    for (const question of open) {
      lane.questions.delete(question.clientId);
      lane.waiting.delete(question);
    }
    this.parts.reportChecking(
      first.target.instanceId,
      open.map(({ clientId }) => clientId),
      false,
    );
    for (const question of open) question.settle(findingOf(question.clientId));
  }
}

function stillOpen(lane: Lane, questions: readonly Question[]): Question[] {
  return questions.filter((question) => lane.questions.get(question.clientId) === question);
}

function batchSize(lane: Lane): number {
  return lane.freshness === 'cached' ? MAX_CLIENT_IDS_PER_CALL : 1;
}

function answered(isOnline: boolean | undefined, isVerified: boolean, checkedAt: number, requestId: string): Finding {
  const status = isOnline === undefined ? 'unknown' : isOnline ? 'online' : 'offline';
  return { kind: 'answered', observation: { status, isVerified, checkedAt, requestId } };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
