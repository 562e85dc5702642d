import { createHash } from 'node:crypto';
import { findInstance, type Inventory } from '../model/inventory';
import type { Credentials } from './credentials';

/** A digest of where an instance is and whose key asks: answers are shared only where it is the same. */
export async function placeOf(
  inventory: Inventory,
  credentials: Pick<Credentials, 'accountOf'>,
  instanceId: string,
): Promise<string | undefined> {
  const instance = findInstance(inventory, instanceId);
  const account = instance === undefined ? undefined : await credentials.accountOf(instance.credential);
  if (instance === undefined || account === undefined) return undefined;
  const place = JSON.stringify([instance.regionId, instance.endpoint, account]);
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
}
