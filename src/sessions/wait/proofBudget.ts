import { CONFIRMATIONS_A_MINUTE } from '../status/changeConfirmer';

const MINUTE_MS = 60_000;

/** Each client may be proven once a minute; few clients share what a small fleet is confirmed with. */
export function proofsAMinute(clients: number): number {
  return Math.max(CONFIRMATIONS_A_MINUTE, clients);
}

/** Bounds what a wait asks again in real time: each proof is a billed call, and a cache that lags claims things for ever. */
export class ProofBudget {
  private spent: readonly { readonly at: number; readonly count: number }[] = [];

  constructor(
    private readonly clients: number,
    private readonly now: () => number,
  ) {}

  /** True, and counted, where all of them may be asked now: half a proof proves nothing of all clients. */
  take(count: number): boolean {
    const now = this.now();
    this.spent = this.spent.filter(({ at }) => at <= now && now - at < MINUTE_MS);
    const recent = this.spent.reduce((sum, entry) => sum + entry.count, 0);
    if (recent + count > proofsAMinute(this.clients)) return false;
    this.spent = [...this.spent, { at: now, count }];
    return true;
  }
}
