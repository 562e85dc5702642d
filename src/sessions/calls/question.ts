import type { CallTarget } from '../../api/mqttApi';
import type { Finding } from '../status/statusStore';

/** From the service's cache, ten IDs a call, or in real time, one ID a call. */
export type Freshness = 'cached' | 'verified';

/** Who waits: a person goes before a timer. */
export type Urgency = 'person' | 'timer';

/** One client asked about, by however many askers; it lives until it is answered or nobody waits for it any more. */
export class Question {
  private readonly waiting = new Set<(finding: Finding | undefined) => void>();
  private onAbandoned: () => void = () => undefined;
  private isPersonWaiting = false;

  constructor(
    readonly target: CallTarget,
    readonly clientId: string,
    readonly freshness: Freshness,
    /** Tells which questions were asked together. */
    readonly ask: object,
  ) {}

  get isAbandoned(): boolean {
    return this.waiting.size === 0;
  }

  /** True once a person asked, who may have joined a timer's question. */
  get isUrgent(): boolean {
    return this.isPersonWaiting;
  }

  /** Waits for the finding; resolves with undefined when this asker cancels or the question is dropped. */
  join(signal: AbortSignal, urgency: Urgency): Promise<Finding | undefined> {
    this.isPersonWaiting ||= urgency === 'person';
    return new Promise((resolve) => {
      const leave = (finding?: Finding): void => {
        signal.removeEventListener('abort', onAbort);
        this.waiting.delete(leave);
        resolve(finding);
      };
      const onAbort = (): void => {
        leave();
        if (this.isAbandoned) this.onAbandoned();
      };
      this.waiting.add(leave);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  whenAbandoned(listener: () => void): void {
    this.onAbandoned = listener;
  }

  /** Gives every asker the finding, or undefined when the question is dropped. */
  settle(finding: Finding | undefined): void {
    for (const leave of [...this.waiting]) leave(finding);
  }
}
