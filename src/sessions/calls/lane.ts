import { MAX_CLIENT_IDS_PER_CALL } from '../../api/contract';
import type { CallEnd, Caller } from './callRate';
import type { Freshness, Question } from './question';

/** How long a call that is not full waits for more clients of its instance. */
const GATHER_MS = 25;

/** What waits and what is under way for one instance and kind of call. */
export class Lane implements Caller {
  /** Every open question by client ID, waiting or on its way. */
  readonly questions = new Map<string, Question>();
  private readonly waiting = new Set<Question>();
  /** Of those that wait, the ones a person waits for. */
  private readonly urgent = new Set<Question>();
  private gathering: NodeJS.Timeout | undefined;
  private isRipe = false;

  constructor(
    readonly freshness: Freshness,
    /** Called when a call that is not full has waited for company long enough. */
    private readonly onRipe: () => void,
    /** Makes one call about some questions. */
    private readonly call: (asked: readonly Question[], ownCalls: number) => Promise<CallEnd>,
  ) {}

  /** Calls that may start: full batches at once, the rest after a moment's gathering. */
  get pending(): number {
    const calls = this.waiting.size / this.batchSize;
    return this.isRipe ? Math.ceil(calls) : Math.floor(calls);
  }

  get isUrgent(): boolean {
    return this.urgent.size > 0;
  }

  start(ownCalls: number): Promise<CallEnd> {
    return this.call(this.takeBatch(), ownCalls);
  }

  /** A person waits for this one now: it goes first, if it is not on its way. */
  hurry(question: Question): void {
    if (this.waiting.has(question)) this.urgent.add(question);
  }

  open(question: Question): void {
    this.questions.set(question.clientId, question);
    this.waiting.add(question);
    if (this.isRipe || this.gathering !== undefined) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.isRipe = this.waiting.size > 0;
      if (this.isRipe) this.onRipe();
    }, GATHER_MS);
  }

  isOpen(question: Question): boolean {
    return this.questions.get(question.clientId) === question;
  }

  allWaiting(): Question[] {
    return [...this.waiting];
  }

  close(question: Question): void {
    this.questions.delete(question.clientId);
    this.leave(question);
  }

  dispose(): void {
    clearTimeout(this.gathering);
  }

  private takeBatch(): Question[] {
    const batch: Question[] = [];
    for (const queue of [this.urgent, this.waiting])
      for (const question of queue) {
        if (batch.length === this.batchSize) return batch;
        this.leave(question);
        batch.push(question);
      }
    return batch;
  }

  private leave(question: Question): void {
    this.waiting.delete(question);
    this.urgent.delete(question);
    if (this.waiting.size === 0) this.isRipe = false;
  }

  get batchSize(): number {
    return this.freshness === 'cached' ? MAX_CLIENT_IDS_PER_CALL : 1;
  }
}
