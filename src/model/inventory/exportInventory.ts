import { csvText } from '../csv';
import { clientsOf, detailsOf, type Instance, type InstanceDetails, type Inventory } from './inventory';

/** `json` is read back without loss; `csv` has a row for each client of each group. */
export type InventoryFormat = 'json' | 'csv';

const INVENTORY_COLUMNS = ['instance', 'instanceId', 'group', 'clientId'] as const;

/** Writes an inventory as it is known to the extension: a credential's name, and nothing that a person wrote beside it. */
export function exportInventory(inventory: Inventory, format: InventoryFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ instances: savable(inventory) }, undefined, 2)}\n`;
    case 'csv':
      return csvText(INVENTORY_COLUMNS, rowsOf(inventory));
  }
}

/** As they would stand in a file of the user's own, each under the name that is shown, as no two are alike, and with the key that the person bound, where there is one. One of a workspace that may be asked nowhere has no place to write. */
function savable({ instances }: Inventory): (InstanceDetails & Pick<Instance, 'groups' | 'clients'>)[] {
  return instances
    .filter(({ origin }) => origin?.refused === undefined)
    .map((instance) => ({
      ...detailsOf(instance),
      name: instance.name,
      credential: instance.credential ?? instance.origin?.credentialName ?? '',
      groups: instance.groups.map((group) => ({ ...group, origin: undefined })),
      clients: instance.clients,
    }));
}

function rowsOf({ instances }: Inventory): string[][] {
  return instances.flatMap(({ name, instanceId, groups }) =>
    groups.flatMap((group) => group.clientIds.map((clientId) => [name, instanceId, group.name, clientId])),
  );
}

/** One instance of an inventory, or one group of it with what is wanted of its clients; all of it where none is named. */
export function partOf(inventory: Inventory, instanceId?: string, groupName?: string): Inventory {
  if (instanceId === undefined) return inventory;
  const instances = inventory.instances.filter((instance) => instance.instanceId === instanceId);
  if (groupName === undefined) return { instances };
  return {
    instances: instances.map((instance) => {
      const groups = instance.groups.filter(({ name }) => name === groupName);
      const members = clientsOf(groups);
      const entries = Object.entries(instance.clients ?? {}).filter(([clientId]) => members.has(clientId));
      const clients = entries.length === 0 ? undefined : Object.fromEntries(entries);
      return { ...instance, groups, clients };
    }),
  };
}
