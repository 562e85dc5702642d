import type { Inventory } from './inventory';
import { append, type InstancePlace, placeOfGroup, placeOfInstance, remove } from './editPlaces';
import type { InventoryEdit } from './inventoryEdit';

type ClientsEdit = Extract<InventoryEdit, { kind: 'addClients' | 'removeClients' | 'moveClients' }>;

/** Applies an edit of the clients of groups to the text of inventory.json. */
export function editClients(text: string, inventory: Inventory, edit: ClientsEdit): string {
  const place = placeOfInstance(inventory, edit.instanceId);
  switch (edit.kind) {
    case 'addClients':
      return add(text, place, edit.group, edit.clientIds);
    case 'removeClients':
      return take(text, place, edit.group, edit.clientIds);
    case 'moveClients': {
      const others = edit.from.filter(({ group }) => group !== edit.to);
      const added = add(
        text,
        place,
        edit.to,
        others.flatMap(({ clientIds }) => clientIds),
      );
      return others.reduce((done, { group, clientIds }) => take(done, place, group, clientIds), added);
    }
  }
}

function add(text: string, place: InstancePlace, name: string, clientIds: readonly string[]): string {
  const { group, path } = placeOfGroup(place, name);
  const known = new Set(group.clientIds);
  const fresh = [...new Set(clientIds)].filter((clientId) => !known.has(clientId));
  return append(text, [...path, 'clientIds'], fresh);
}

function take(text: string, place: InstancePlace, name: string, clientIds: readonly string[]): string {
  const { path } = placeOfGroup(place, name);
  const named = new Set(clientIds);
  return remove(text, [...path, 'clientIds'], (value) => typeof value === 'string' && named.has(value));
}
