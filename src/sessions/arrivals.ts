const SECOND_MS = 1000;

/**
 * When the calls of the last second can have reached the server. A call that took longer than the quickest one may
 * have been late on its way there, and counts in a later second than it was made in: the first calls of a cold
 * connection above all.
 */
export class Arrivals {
  private ended: { readonly startedAt: number; readonly latencyMs: number }[] = [];

  /** Notes a call that has ended. Times are in milliseconds that no change of the clock touches. */
  add(startedAt: number, latencyMs: number): void {
    this.ended.push({ startedAt, latencyMs });
  }

  /** Calls that may have arrived in the last second. */
  count(now: number): number {
    this.forget(now);
    return this.latest().filter((at) => at > now - SECOND_MS).length;
  }

  /** In how many milliseconds one of them counts no more. */
  nextMs(now: number): number {
    const next = Math.min(...this.latest().filter((at) => at > now - SECOND_MS)) + SECOND_MS - now;
    return Number.isFinite(next) ? Math.max(1, Math.ceil(next)) : 1;
  }

  private latest(): number[] {
    const quickest = this.ended.reduce((least, { latencyMs }) => Math.min(least, latencyMs), Infinity);
    return this.ended.map(({ startedAt, latencyMs }) => startedAt + latencyMs - quickest);
  }

  private forget(now: number): void {
    this.ended = this.ended.filter(({ startedAt, latencyMs }) => startedAt + latencyMs > now - SECOND_MS);
  }
}
