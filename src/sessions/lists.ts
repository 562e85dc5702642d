import type { CallPlace, CallTarget, MqttLists } from '../api/mqttApi';
import type { InstanceListed } from '../model/listed';
import type { OtherCalls } from './calls/otherCalls';

/** What a key may see of its account: one call each, asked by a person alone. */
export class Lists {
  constructor(
    private readonly api: MqttLists,
    private readonly calls: OtherCalls,
  ) {}

  /** The instances of the account in the region of a place. Rejects with an ApiError. */
  instances(place: CallPlace, signal: AbortSignal): Promise<readonly InstanceListed[]> {
    // Of no instance, so it is counted under none: in the sum of the day alone.
    return this.calls.make({ ...place, instanceId: '' }, () => this.api.listInstances(place, signal), signal);
  }

  /** The group IDs of an instance. Rejects with an ApiError. */
  groups(target: CallTarget, signal: AbortSignal): Promise<readonly string[]> {
    return this.calls.make(target, () => this.api.listGroups(target, signal), signal);
  }
}
