/** Who waits: a person goes before a timer. */
export type Urgency = 'person' | 'timer';

/** One who asked about any number of clients, and may leave. It listens to its signal once: each listener costs more than the last. */
export class Asker {
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly signal: AbortSignal,
    readonly urgency: Urgency,
  ) {}

  get hasLeft(): boolean {
    return this.signal.aborted;
  }

  /** Calls `leave` once the asker leaves, until what is returned is called. */
  wait(leave: () => void): () => void {
    if (this.waiting.size === 0) this.signal.addEventListener('abort', this.onAbort, { once: true });
    this.waiting.add(leave);
    return () => {
      this.waiting.delete(leave);
      if (this.waiting.size === 0) this.signal.removeEventListener('abort', this.onAbort);
    };
  }

  private readonly onAbort = (): void => {
    for (const leave of [...this.waiting]) leave();
  };
}
