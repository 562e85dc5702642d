import { findInstance, type Inventory } from '../model/inventory/inventory';
import type { Credentials } from './credentials';
import { digestOf } from './digest';

/** A digest of where an instance is and whose key asks: answers are shared only where it is the same. */
export async function placeOf(
  inventory: Inventory,
  credentials: Pick<Credentials, 'accountOf'>,
  instanceId: string,
): Promise<string | undefined> {
  const instance = findInstance(inventory, instanceId);
  const account = instance?.credential === undefined ? undefined : await credentials.accountOf(instance.credential);
  if (instance === undefined || account === undefined) return undefined;
  return digestOf(JSON.stringify([instance.regionId, instance.endpoint, account])).slice(0, 16);
}
