import type { CallTarget } from '../../api/mqttApi';
import type { Finding } from '../status/statusStore';
import type { Asker } from './asker';

/** From the service's cache, ten IDs a call, or in real time, one ID a call. */
export type Freshness = 'cached' | 'verified';

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
  join(asker: Asker): Promise<Finding | undefined> {
    this.isPersonWaiting ||= asker.urgency === 'person';
    return new Promise((resolve) => {
      const leave = (finding?: Finding): void => {
        waitNoMore();
        this.waiting.delete(leave);
        resolve(finding);
      };
      const onLeft = (): void => {
        leave();
        if (this.isAbandoned) this.onAbandoned();
      };
      this.waiting.add(leave);
      const waitNoMore = asker.wait(onLeft);
      if (asker.hasLeft) onLeft();
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
