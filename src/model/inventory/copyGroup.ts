import type { Group, Instance, InstanceDetails } from './inventory';
import type { InventoryEdit } from './inventoryEdit';
import { withoutPersonal } from './personal';

/**
 * The edit that puts a group into another inventory, with its instance where that is not there, and with what is said of
 * its clients. A group of the same name gets the clients that it lacks; what is pinned and muted is a person's own and
 * stays behind.
 */
export function copyGroup(instance: InstanceDetails, group: Group, clients: Instance['clients'] = {}): InventoryEdit {
  const members = new Set(group.clientIds);
  const named = { ...group, name: group.origin?.savedName ?? group.name, origin: undefined };
  const said = Object.fromEntries(Object.entries(clients).filter(([clientId]) => members.has(clientId)));
  const copy = withoutPersonal({ ...instance, groups: [named], clients: said });
  return { kind: 'merge', inventory: { instances: [copy] } };
}
