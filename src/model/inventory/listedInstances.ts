import { destination, type Place, vendorDestination } from '../destination';
import type { InstanceListed } from '../listed';
import { compareNames } from '../order/compareNames';
import { type InstanceDetails, isInstanceId } from './inventory';
import { readableName } from './shownNames';

/** An instance of an account's list, as a person may choose it. */
export interface ListedInstance {
  readonly instanceId: string;
  /** Its name in the console, fit to be read; the ID where it has none. */
  readonly name: string;
  readonly regionId: string;
  /** The name of the saved instance that it is already. */
  readonly savedAs?: string;
  /** The region to save in place of the one that was asked: where it is by the list's word. */
  readonly movesTo?: string;
}

/** Merges an account's list with what is saved: each instance once, by name, those that are saved last. */
export function listedInstances(
  listed: readonly InstanceListed[],
  saved: readonly Pick<InstanceDetails, 'instanceId' | 'name'>[],
  asked: Place,
): ListedInstance[] {
  const names = new Map(saved.map(({ instanceId, name }) => [instanceId, name]));
  const byId = new Map(listed.filter(isUsable).map((each) => [each.instanceId, each]));
  const rows = [...byId.values()].map(({ instanceId, name, regionId }): ListedInstance => {
    const savedAs = names.get(instanceId);
    const movesTo = otherRegion(asked, regionId);
    return {
      instanceId,
      name: readableName(name.trim()) ?? instanceId,
      regionId,
      ...(savedAs === undefined ? {} : { savedAs }),
      ...(movesTo === undefined ? {} : { movesTo }),
    };
  });
  const byName = rows.sort((a, b) => compareNames(a.name, b.name));
  return [...byName.filter(({ savedAs }) => savedAs === undefined), ...byName.filter(({ savedAs }) => savedAs)];
}

/** Whoever answers may send anything. */
function isUsable({ instanceId }: InstanceListed): boolean {
  return instanceId !== '' && isInstanceId(instanceId);
}

/** An endpoint of somebody's own stays: which region is behind it, nobody said. */
function otherRegion(asked: Place, regionId: string): string | undefined {
  const place = vendorDestination(asked);
  if (place.kind === 'refused' || place.regionId === regionId) return undefined;
  return destination({ regionId }).kind === 'ok' ? regionId : undefined;
}
