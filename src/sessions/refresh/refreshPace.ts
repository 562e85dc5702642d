/**
 * What a round of auto refresh came to: `nothing` where no client is seen, `spent` where today's budget is, `busy` where
 * another window is making one.
 */
export type RoundOutcome = 'changed' | 'quiet' | 'failed' | 'nothing' | 'spent' | 'busy';

const QUIET_ROUNDS = 5;
const SLOWEST = 4;
const LONGEST_BACK_OFF_MS = 600_000;
const BUSY_MS = 2000;

/**
 * How long to wait before the next round: the interval chosen while things change, twice and four times as long once
 * nothing has changed for five and ten rounds, and longer after each failure. Never quicker than what was chosen, for
 * that is the cost which was said.
 */
export class RefreshPace {
  private quietRounds = 0;
  private failedRounds = 0;
  private isBusy = false;

  constructor(
    private readonly intervalMs: number,
    /** How many times the interval it waits at the most while nothing changes. */
    private readonly slowest = SLOWEST,
  ) {}

  get delayMs(): number {
    if (this.isBusy) return Math.min(BUSY_MS, this.intervalMs);
    if (this.failedRounds > 0) return Math.max(this.intervalMs, Math.min(LONGEST_BACK_OFF_MS, this.backOffMs()));
    return this.intervalMs * Math.min(this.slowest, 2 ** Math.floor(this.quietRounds / QUIET_ROUNDS));
  }

  /** Notes how a round ended. */
  ended(outcome: RoundOutcome): void {
    this.isBusy = outcome === 'busy';
    switch (outcome) {
      case 'busy':
      case 'nothing':
      case 'spent':
        return;
      case 'failed':
        this.failedRounds++;
        return;
      case 'quiet':
        this.quietRounds++;
        this.failedRounds = 0;
        return;
      case 'changed':
        this.quietRounds = 0;
        this.failedRounds = 0;
    }
  }

  private backOffMs(): number {
    return this.intervalMs * 2 ** Math.min(this.failedRounds, 20);
  }
}
