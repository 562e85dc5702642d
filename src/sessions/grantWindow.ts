/** Documented: 300 calls a second from one address, then the address is blocked. Others may share it. */
const ADDRESS_LIMIT = 200;
const CLOCK_SLACK_MS = 500;
/** A second's calls are dealt out in parts: many at once would leave late, and count in another second than here. */
const TENTHS = 10;
/** What a tenth of a second may have: a little more than its share, so that a timer that comes late loses nothing. */
const MOST_IN_A_TENTH = 1 / 8;

export interface Claim {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly wanted: number;
  /** Calls in any second the claimant keeps for this account. */
  readonly limit: number;
  readonly account: string;
}

/** The calls of the last second, by account. The same claims in the same order give the same grants in every window. */
export class GrantWindow {
  private grants: { at: number; readonly count: number; readonly account: string }[] = [];
  private lastAt = -Infinity;

  constructor(private readonly windowMs: number) {}

  /** Grants what the account and the address have left at that moment. */
  take({ at, wanted, limit, account }: Claim): number {
    this.moveTo(at);
    const left = Math.min(
      limit - this.used(account),
      Math.ceil(limit * MOST_IN_A_TENTH) - this.used(account, this.lastAt - this.windowMs / TENTHS),
      ADDRESS_LIMIT - this.used(),
    );
    const count = Math.max(0, Math.min(wanted, left));
    if (count > 0) this.grants.push({ at: this.lastAt, count, account });
    return count;
  }

  /** In how many milliseconds a call of the account may be granted: at least 1, at most a window. */
  nextMs(now: number, account: string, limit: number): number {
    const isFull = this.used(account) >= limit || this.used() >= ADDRESS_LIMIT;
    const spanMs = isFull ? this.windowMs : this.windowMs / TENTHS;
    const oldest = this.grants.find(({ at }) => at > this.lastAt - spanMs);
    const waitMs = oldest === undefined ? this.windowMs : oldest.at + spanMs - now;
    return Math.max(1, Math.min(this.windowMs, Math.ceil(waitMs)));
  }

  /** A clock set back moves what was granted with it, so that nothing counts for longer than a window. */
  private moveTo(at: number): void {
    if (at < this.lastAt - CLOCK_SLACK_MS) {
      const shift = at - this.lastAt;
      for (const grant of this.grants) grant.at += shift;
      this.lastAt = at;
    }
    this.lastAt = Math.max(this.lastAt, at);
    this.grants = this.grants.filter((grant) => grant.at > this.lastAt - this.windowMs);
  }

  private used(account?: string, since = -Infinity): number {
    return this.grants
      .filter((grant) => grant.at > since && (account === undefined || grant.account === account))
      .reduce((sum, { count }) => sum + count, 0);
  }
}
