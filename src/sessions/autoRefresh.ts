import type { Disposable } from '../base/event';

export interface AutoRefreshParts {
  /** 0 or less means off. */
  readonly intervalSeconds: () => number;
  /** True while somebody can see the result: the view visible and the window focused. */
  readonly isWatched: () => boolean;
  /** One round of checks; it ends, whatever happens. */
  readonly round: (signal: AbortSignal) => Promise<unknown>;
  readonly now: () => number;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'running'; readonly abort: AbortController };

/** Checks again some seconds after the last round ended, while watched; never two rounds at once. */
export class AutoRefresh implements Disposable {
  private state: State = { kind: 'idle' };
  private lastEndedAt: number | undefined;

  constructor(private readonly parts: AutoRefreshParts) {}

  /** Call when the interval, the view or the window changed. */
  update(): void {
    if (this.state.kind === 'running') return;
    this.stop();
    const intervalMs = this.parts.intervalSeconds() * 1000;
    if (intervalMs <= 0 || !this.parts.isWatched()) return;
    this.lastEndedAt ??= this.parts.now();
    const delayMs = Math.max(0, Math.min(intervalMs, this.lastEndedAt + intervalMs - this.parts.now()));
    this.state = { kind: 'waiting', timer: setTimeout(() => void this.run(), delayMs) };
  }

  dispose(): void {
    this.stop();
  }

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.state = { kind: 'running', abort };
    try {
      await this.parts.round(abort.signal);
    } finally {
      this.lastEndedAt = this.parts.now();
      this.state = { kind: 'idle' };
      if (!abort.signal.aborted) this.update();
    }
  }

  private stop(): void {
    if (this.state.kind === 'waiting') clearTimeout(this.state.timer);
    if (this.state.kind === 'running') this.state.abort.abort();
    this.state = { kind: 'idle' };
  }
}
