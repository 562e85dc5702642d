import { unlessAborted } from '../../api/unlessAborted';
import { ApiError, isThrottling } from '../../model/apiError';
import type { CallMeter } from '../meter/callMeter';
import type { CallEnd } from './callRate';
import type { CallRates } from './callRates';

export interface OtherCallsParts {
  readonly rates: Pick<CallRates, 'of'>;
  readonly meter: Pick<CallMeter, 'count'>;
  /** Loads what a call needs and readies its key, so that it leaves at once when its turn has come. */
  readonly prepare: (credential: string | undefined) => Promise<void>;
}

/** Whom a call is for: the key whose account it counts with, and the instance in the meter. */
export interface CallBill {
  readonly credential?: string | undefined;
  readonly instanceId: string;
}

/** Calls that a person asks for one at a time, such as a list or a trace: in turn, counted, never tried again by itself. */
export class OtherCalls {
  constructor(private readonly parts: OtherCallsParts) {}

  /** Makes one call when the account's rate has a turn for it. Rejects with an ApiError, 'cancelled' by the signal. */
  async make<T>({ credential, instanceId }: CallBill, call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw new ApiError('cancelled', 'Cancelled');
    const prepared = this.parts.prepare(credential).catch(() => undefined);
    // A command that a key comes from may take a minute: whoever cancels does not wait for it.
    const [rate] = await unlessAborted(signal, Promise.all([this.parts.rates.of(credential), prepared]));
    return new Promise<T>((resolve, reject) => {
      let isWaiting = true;
      const onAbort = (): void => {
        isWaiting = false;
        reject(new ApiError('cancelled', 'Cancelled'));
      };
      const start = async (ownCalls: number): Promise<CallEnd> => {
        isWaiting = false;
        try {
          const answer = await call();
          this.parts.meter.count(instanceId, 1, 0);
          resolve(answer);
        } catch (error) {
          const known = error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError');
          reject(isThrottling(known) ? known.with({ ownCalls }) : known);
          return isThrottling(known) ? 'throttled' : 'done';
        } finally {
          signal.removeEventListener('abort', onAbort);
        }
        return 'done';
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      rate.wake({
        get pending() {
          return isWaiting ? 1 : 0;
        },
        isUrgent: true,
        start,
      });
    });
  }
}
