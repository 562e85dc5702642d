/** Counts what happened in the last second, to the millisecond. */
export class SlidingWindow {
  private times: number[] = [];

  constructor(private readonly now: () => number) {}

  /** True and counted while fewer than `limit` were counted in the last second. */
  take(limit: number): boolean {
    const now = this.now();
    this.times = this.times.filter((time) => time > now - 1000);
    if (this.times.length >= limit) return false;
    this.times.push(now);
    return true;
  }
}
