const STEP_MS = 5000;
const STEP_SHARE = 0.1;
const ONE_HALVING_MS = 1000;

/** Calls a second: halved when the service throttles, and back to the full number in steps of a tenth. */
export class AdaptiveLimit {
  private share = 1;
  private changedAt = 0;

  constructor(
    private readonly full: () => number,
    /** Milliseconds that no change of the clock touches. */
    private readonly monotonic: () => number,
  ) {}

  get value(): number {
    const steps = Math.floor((this.monotonic() - this.changedAt) / STEP_MS);
    if (this.share < 1 && steps > 0) {
      this.share = Math.min(1, this.share + steps * STEP_SHARE);
      this.changedAt += steps * STEP_MS;
    }
    return Math.max(1, Math.floor(this.full() * this.share));
  }

  /** Halves once for all calls that were refused together. */
  throttled(): void {
    const now = this.monotonic();
    if (this.share < 1 && now - this.changedAt < ONE_HALVING_MS) return;
    this.share = Math.max(1 / this.full(), (this.value / this.full()) * 0.5);
    this.changedAt = now;
  }
}
