import type { Disposable } from '../../base/event';

/** The longest that a timer waits; a later moment is waited for in parts. */
const MOST_MS = 2 ** 31 - 1;

/** Calls back once a moment has come: one timer, and none while no moment is awaited. */
export class NextMoment implements Disposable {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly now: () => number,
    private readonly onCome: () => void,
  ) {}

  /** Awaits the earliest of these moments that is still to come, in milliseconds since the epoch, and no other. */
  await(moments: readonly number[]): void {
    clearTimeout(this.timer);
    const toCome = moments.filter((moment) => moment > this.now());
    const waitMs = Math.min(MOST_MS, ...toCome.map((moment) => moment - this.now()));
    this.timer = toCome.length === 0 ? undefined : setTimeout(() => this.onCome(), waitMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
