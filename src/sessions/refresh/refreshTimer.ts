import type { Disposable } from '../../base/event';
import { RefreshPace, type RoundOutcome } from './refreshPace';

export interface RefreshTimerParts {
  readonly intervalSeconds: number;
  /** Milliseconds since the epoch; then it ends by itself. */
  readonly endsAt: number;
  /** The first round needs no wait. */
  readonly startsAtOnce?: boolean;
  /** It does not slow down while nothing changes. */
  readonly isSteady?: boolean;
  /** True while a round may be made: somebody can see the result, and nobody has paused it. */
  readonly isWanted: () => boolean;
  /** One round of checks. */
  readonly round: (signal: AbortSignal, intervalMs: number) => Promise<RoundOutcome>;
  /** Told when the next round was set, or is set no more. */
  readonly onMoved: () => void;
  /** Told once, when its time has run out. */
  readonly onEnded: () => void;
  readonly now: () => number;
}

type State =
  | { readonly kind: 'idle' }
  /** `dueAt` is undefined where its time runs out before the next round. */
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout; readonly dueAt: number | undefined }
  | { readonly kind: 'running'; readonly abort: AbortController }
  | { readonly kind: 'ended' };

/** Checks again some time after the last round ended, while wanted; never two rounds at once. */
export class RefreshTimer implements Disposable {
  private readonly pace: RefreshPace;
  private readonly intervalMs: number;
  private state: State = { kind: 'idle' };
  private lastEndedAt: number;
  private lastOutcome: RoundOutcome | undefined;

  constructor(private readonly parts: RefreshTimerParts) {
    this.intervalMs = parts.intervalSeconds * 1000;
    this.pace = new RefreshPace(this.intervalMs, parts.isSteady === true ? 1 : undefined);
    this.lastEndedAt = parts.startsAtOnce === true ? -Infinity : parts.now();
  }

  /** When the next round is made; undefined while none is set. */
  get dueAt(): number | undefined {
    return this.state.kind === 'waiting' ? this.state.dueAt : undefined;
  }

  /** What the last round came to; undefined before the first. */
  get outcome(): RoundOutcome | undefined {
    return this.lastOutcome;
  }

  /** Call when the view, the window or the pause changed. A round that nobody wants any more is given up. */
  update(): void {
    if (this.state.kind === 'ended') return;
    if (this.state.kind === 'running') {
      if (!this.parts.isWanted()) this.state.abort.abort();
      return;
    }
    this.clear();
    if (!this.parts.isWanted()) return;
    if (this.parts.now() >= this.parts.endsAt) this.end();
    else this.wait();
  }

  dispose(): void {
    const { state } = this;
    this.clear();
    this.state = { kind: 'ended' };
    if (state.kind === 'running') state.abort.abort();
  }

  private wait(): void {
    const now = this.parts.now();
    const { delayMs } = this.pace;
    // A clock set back must not make it wait for longer than one delay.
    const dueInMs = Math.max(0, Math.min(delayMs, this.lastEndedAt + delayMs - now));
    const endsInMs = this.parts.endsAt - now;
    const isLast = endsInMs <= dueInMs;
    const timer = setTimeout(() => (isLast ? this.update() : void this.run()), Math.min(dueInMs, endsInMs));
    this.state = { kind: 'waiting', timer, dueAt: isLast ? undefined : now + dueInMs };
    this.parts.onMoved();
  }

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.state = { kind: 'running', abort };
    this.parts.onMoved();
    const outcome = await this.parts.round(abort.signal, this.intervalMs).catch(() => 'failed' as const);
    if (this.isOver()) return;
    this.state = { kind: 'idle' };
    // One that was given up is overdue still, for when it is wanted again.
    if (!abort.signal.aborted) this.note(outcome);
    this.update();
  }

  private note(outcome: RoundOutcome): void {
    this.pace.ended(outcome);
    this.lastOutcome = outcome;
    this.lastEndedAt = this.parts.now();
  }

  private isOver(): boolean {
    return this.state.kind === 'ended';
  }

  private end(): void {
    this.state = { kind: 'ended' };
    this.parts.onEnded();
  }

  private clear(): void {
    if (this.state.kind !== 'waiting') return;
    clearTimeout(this.state.timer);
    this.state = { kind: 'idle' };
    this.parts.onMoved();
  }
}
