import { CallLedger, type CallLedgerParts } from './callLedger';
import { CallRate } from './callRate';

export interface CallRatesParts extends CallLedgerParts {
  /** A name for the account behind a credential, such as a digest of its AccessKey ID; undefined where there is none. */
  readonly accountOf: (credential: string) => PromiseLike<string | undefined>;
  readonly callsPerSecond: () => number;
}

/** One rate for each account, whichever instances and credentials share it, kept by all windows together. */
export class CallRates {
  private readonly rates = new Map<string, CallRate>();
  private readonly ledger: CallLedger;

  constructor(private readonly parts: CallRatesParts) {
    this.ledger = new CallLedger(parts);
  }

  /** The rate to keep for a credential. Without a key no call leaves the machine: those share one. */
  async of(credential: string | undefined): Promise<CallRate> {
    const account = (credential === undefined ? undefined : await this.parts.accountOf(credential)) ?? 'none';
    const { callsPerSecond, monotonic } = this.parts;
    const rate = this.rates.get(account) ?? new CallRate({ account, ledger: this.ledger, callsPerSecond, monotonic });
    this.rates.set(account, rate);
    return rate;
  }
}
