const SECOND_MS = 1000;
/** What the ledger's second has room for. */
const SLACK_MS = 4;

export interface EndedCall {
  /** The claim it was granted with, and when that was made. */
  readonly claim: { readonly id: string; readonly at: number };
  readonly startedAt: number;
  readonly latencyMs: number;
}

/**
 * When the calls of the last second can have reached the server. A call that took longer than the quickest one may
 * have been late on its way there, and counts in a later second than it was made in: the first calls of a cold
 * connection above all.
 */
export class Arrivals {
  private ended: EndedCall[] = [];
  /** How late each claim's calls were told to be. */
  private readonly told = new Map<string, number>();

  /** Notes a call that has ended. Times are in milliseconds that no change of the clock touches. */
  add(call: EndedCall): void {
    this.ended.push(call);
  }

  /** The claims whose calls turn out to be later than told before: a quick call shows how slow those before it were. */
  newlyLate(): Map<string, number> {
    const late = new Map<string, number>();
    const quickestMs = this.quickestMs();
    for (const { claim, startedAt, latencyMs } of this.ended) {
      const lateMs = startedAt + latencyMs - quickestMs - claim.at;
      if (lateMs <= Math.max(SLACK_MS, this.told.get(claim.id) ?? 0)) continue;
      late.set(claim.id, lateMs);
      this.told.set(claim.id, lateMs);
    }
    return late;
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
    const quickestMs = this.quickestMs();
    return this.ended.map(({ startedAt, latencyMs }) => startedAt + latencyMs - quickestMs);
  }

  private quickestMs(): number {
    return this.ended.reduce((least, { latencyMs }) => Math.min(least, latencyMs), Infinity);
  }

  private forget(now: number): void {
    this.ended = this.ended.filter(({ startedAt, latencyMs }) => startedAt + latencyMs > now - SECOND_MS);
    const recent = new Set(this.ended.map(({ claim }) => claim.id));
    for (const id of this.told.keys()) if (!recent.has(id)) this.told.delete(id);
  }
}
