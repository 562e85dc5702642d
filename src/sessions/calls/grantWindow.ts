/** Documented: 300 calls a second from one address, then the address is blocked. Others may share it. */
const ADDRESS_LIMIT = 200;
const CLOCK_SLACK_MS = 500;
/** A second's calls are dealt out in parts: many at once would leave late, and count in another second than here. */
const TENTHS = 10;
/** What a tenth of a second may have: a little more than its share, so that a timer that comes late loses nothing. */
const MOST_IN_A_TENTH = 1 / 8;

/** A call is given up after so long: what it may have been late is known by then. */
const LATEST_MS = 10_000;

export interface Claim {
  /** Names it among all windows' claims. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly wanted: number;
  /** Calls in any second the claimant keeps for this account. */
  readonly limit: number;
  readonly account: string;
}

interface Granted {
  readonly id: string;
  readonly account: string;
  readonly count: number;
  at: number;
  /** How much later than that its calls may have reached the server. */
  lateMs: number;
}

/** The calls of the last second, by account. The same claims in the same order give the same grants in every window. */
export class GrantWindow {
  private grants: Granted[] = [];
  private lastAt = -Infinity;

  constructor(private readonly windowMs: number) {}

  /** Grants what the account and the address have left at that moment. */
  take({ id, at, wanted, limit, account }: Claim): number {
    this.moveTo(at);
    const left = Math.min(
      limit - this.used(account),
      Math.ceil(limit * MOST_IN_A_TENTH) - this.used(account, this.lastAt - this.windowMs / TENTHS),
      ADDRESS_LIMIT - this.used(),
    );
    const count = Math.max(0, Math.min(wanted, left));
    if (count > 0) this.grants.push({ id, account, count, at: this.lastAt, lateMs: 0 });
    return count;
  }

  /** The calls of a claim may have reached the server later than they were granted. */
  late(id: string, lateMs: number): void {
    const grant = this.grants.find((one) => one.id === id);
    if (grant !== undefined && lateMs > grant.lateMs && lateMs <= LATEST_MS) grant.lateMs = lateMs;
  }

  /** In how many milliseconds a call of the account may be granted: at least 1, at most a window. */
  nextMs(now: number, account: string, limit: number): number {
    const isFull = this.used(account) >= limit || this.used() >= ADDRESS_LIMIT;
    const spanMs = isFull ? this.windowMs : this.windowMs / TENTHS;
    const oldest = Math.min(...this.grants.map(countsAt).filter((at) => at > this.lastAt - spanMs));
    const waitMs = oldest === Infinity ? this.windowMs : oldest + spanMs - now;
    return Math.max(1, Math.min(this.windowMs, Math.ceil(waitMs)));
  }

  /** The calls of an account that count at a moment. */
  recent(account: string, now: number): number {
    return this.used(account, now - this.windowMs);
  }

  /** A clock set back moves what was granted with it, so that nothing counts for longer than a window. */
  private moveTo(at: number): void {
    if (at < this.lastAt - CLOCK_SLACK_MS) {
      const shift = at - this.lastAt;
      for (const grant of this.grants) grant.at += shift;
      this.lastAt = at;
    }
    this.lastAt = Math.max(this.lastAt, at);
    this.grants = this.grants.filter((grant) => grant.at > this.lastAt - this.windowMs - LATEST_MS);
  }

  private used(account?: string, since = this.lastAt - this.windowMs): number {
    return this.grants
      .filter((grant) => countsAt(grant) > since && (account === undefined || grant.account === account))
      .reduce((sum, { count }) => sum + count, 0);
  }
}

function countsAt({ at, lateMs }: Granted): number {
  return at + lateMs;
}
