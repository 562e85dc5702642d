import type { CallTarget, MqttApi } from '../api/mqttApi';
import type { OtherCalls } from './calls/otherCalls';

/** Exists as little as it has to: any answer about it proves as much as one about a client that is there. */
export const MADE_UP_CLIENT_ID = 'GID_fit@@@check';

/** Tells whether a key, a place and an instance fit together, by the one operation that all checks need. */
export class FitCheck {
  constructor(
    private readonly api: Pick<MqttApi, 'querySessions'>,
    private readonly calls: OtherCalls,
  ) {}

  /** One BatchQuerySessionByClientIds: key, signature, clock, region, instance and permission. Rejects with an ApiError. */
  async check(target: CallTarget, clientId: string, signal: AbortSignal): Promise<void> {
    await this.calls.make(target, () => this.api.querySessions(target, [clientId], signal), signal);
  }
}
