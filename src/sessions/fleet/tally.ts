import type { ClientStatus } from '../status/statusStore';

/**
 * How the clients of a group or an instance stand. The five add up to `total`: a client whose last check failed is not
 * known to stand as before, so it is counted as failed alone.
 */
export interface RollUp {
  readonly total: number;
  readonly online: number;
  readonly offline: number;
  readonly unknown: number;
  readonly unchecked: number;
  readonly failed: number;
  readonly checking: number;
  /** Milliseconds since the epoch of the oldest answer counted; undefined when there is none. */
  readonly oldestAt: number | undefined;
}

/** How one client counts. */
export interface Standing {
  readonly status: 'online' | 'offline' | 'unknown' | 'unchecked' | 'failed';
  readonly isChecking: boolean;
  readonly at: number | undefined;
}

const UNCHECKED: Standing = { status: 'unchecked', isChecking: false, at: undefined };

/** A client of which nothing is known shares one object, so that 100,000 of them cost nothing. */
export function standingOf(known: ClientStatus | undefined, isChecking: boolean): Standing {
  if (known === undefined && !isChecking) return UNCHECKED;
  const { last, failure } = known ?? {};
  if (failure !== undefined) return { status: 'failed', isChecking, at: undefined };
  return { status: last?.status ?? 'unchecked', isChecking, at: last?.checkedAt };
}

/** Counts kept up to date client by client: one that changes costs the same in a group of ten and of 100,000. */
export class Tally {
  private readonly counts = { total: 0, online: 0, offline: 0, unknown: 0, unchecked: 0, failed: 0, checking: 0 };
  /** How many answers are of each moment; one call answers many clients at the same one. */
  private readonly moments = new Map<number, number>();
  private oldest: number | undefined;

  add(standing: Standing): void {
    this.count(standing, 1);
    const { at } = standing;
    if (at === undefined) return;
    this.moments.set(at, (this.moments.get(at) ?? 0) + 1);
    if (this.oldest !== undefined) this.oldest = Math.min(this.oldest, at);
  }

  remove(standing: Standing): void {
    this.count(standing, -1);
    const { at } = standing;
    if (at === undefined) return;
    const left = (this.moments.get(at) ?? 1) - 1;
    if (left > 0) return void this.moments.set(at, left);
    this.moments.delete(at);
    if (at === this.oldest) this.oldest = undefined;
  }

  read(): RollUp {
    return { ...this.counts, oldestAt: this.oldestAt() };
  }

  private count({ status, isChecking }: Standing, by: 1 | -1): void {
    this.counts.total += by;
    this.counts[status] += by;
    if (isChecking) this.counts.checking += by;
  }

  /** Looked for only when the oldest moment is gone, and among the moments, of which there is one a call. */
  private oldestAt(): number | undefined {
    if (this.oldest !== undefined || this.moments.size === 0) return this.oldest;
    let oldest = Infinity;
    for (const at of this.moments.keys()) oldest = Math.min(oldest, at);
    return (this.oldest = oldest);
  }
}
