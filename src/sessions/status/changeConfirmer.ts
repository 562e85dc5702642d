import { type ApiError, concernsWholeInstance } from '../../model/apiError';
import type { Finding, StatusStore } from './statusStore';

export interface ChangeConfirmerParts {
  readonly store: Pick<StatusStore, 'get'>;
  /** What a client was before this window knew it; undefined where nobody remembers. */
  readonly remembered: (instanceId: string, clientId: string) => 'online' | 'offline' | undefined;
  readonly isWanted: () => boolean;
  /** Milliseconds that no change of the clock touches. */
  readonly monotonic: () => number;
}

/** Each confirmation is a billed call: a fleet that goes down at once is not asked about one by one. */
export const CONFIRMATIONS_A_MINUTE = 30;
const MINUTE_MS = 60_000;
/** A key without the right to ask in real time is not tried again at once. */
const PAUSE_AFTER_REFUSAL_MS = 10 * MINUTE_MS;

/** Decides which changes seen in a cached answer are worth a question in real time before they are announced. */
export class ChangeConfirmer {
  private readonly confirmedAt = new Map<string, number[]>();
  private readonly refusedAt = new Map<string, number>();

  constructor(private readonly parts: ChangeConfirmerParts) {}

  /** True, and counted, for a client that was online and is said to be offline, or the other way round. */
  isDue(instanceId: string, clientId: string, finding: Finding): boolean {
    if (!this.parts.isWanted() || !this.isChange(instanceId, clientId, finding)) return false;
    const now = this.parts.monotonic();
    if (now - (this.refusedAt.get(instanceId) ?? -Infinity) < PAUSE_AFTER_REFUSAL_MS) return false;
    const recent = (this.confirmedAt.get(instanceId) ?? []).filter((at) => now - at < MINUTE_MS);
    if (recent.length >= CONFIRMATIONS_A_MINUTE) return false;
    this.confirmedAt.set(instanceId, [...recent, now]);
    return true;
  }

  /** Tells that a question in real time failed. */
  failed(instanceId: string, error: ApiError): void {
    if (concernsWholeInstance(error)) this.refusedAt.set(instanceId, this.parts.monotonic());
  }

  private isChange(instanceId: string, clientId: string, finding: Finding): boolean {
    if (finding.kind === 'failed' || finding.observation.status === 'unknown') return false;
    const { store, remembered } = this.parts;
    const before = store.get(instanceId, clientId)?.last?.status ?? remembered(instanceId, clientId);
    return before !== undefined && before !== 'unknown' && before !== finding.observation.status;
  }
}
