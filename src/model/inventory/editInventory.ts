import { setClientKeys, setGroupKeys } from './editAttention';
import { editClients } from './editClients';
import { editGroups } from './editGroups';
import { append, keyOf, placeOfInstance, remove } from './editPlaces';
import type { InstanceDetails, Inventory } from './inventory';
import { type InventoryEdit, InventoryEditError } from './inventoryEdit';
import { setValue } from './jsonSplice';
import { mergeInventory } from './mergeInventory';
import { parseInventory, withoutByteOrderMark } from './parseInventory';

export { InventoryEditError, type InventoryEdit } from './inventoryEdit';

const FRESH = '{\n  "instances": []\n}\n';

/** Applies an edit to the text of inventory.json, comments and unknown keys kept. Throws InventoryEditError. */
export function editInventory(text: string, edit: InventoryEdit): string {
  const parsed = parseInventory(text);
  if (parsed.kind === 'broken') throw new InventoryEditError('broken');
  const { inventory } = parsed;
  const base = text.trim() === '' ? FRESH : withoutByteOrderMark(text);
  switch (edit.kind) {
    case 'addInstance':
      assertFree(inventory, edit.instance);
      return append(base, ['instances'], [{ ...edit.instance, groups: edit.instance.groups ?? [] }]);
    case 'editInstance':
      return setDetails(base, inventory, edit.instanceId, edit.details);
    case 'removeInstance':
      placeOfInstance(inventory, edit.instanceId);
      return remove(base, ['instances'], (value) => keyOf(value, 'instanceId') === edit.instanceId);
    case 'addGroup':
    case 'renameGroup':
    case 'removeGroup':
    case 'moveGroup':
      return editGroups(base, inventory, edit);
    case 'addClients':
    case 'removeClients':
    case 'moveClients':
      return editClients(base, inventory, edit);
    case 'setAttention':
      return setKeys(base, inventory, edit, edit.attention);
    case 'describe':
      return setKeys(base, inventory, edit, edit.words);
    case 'merge':
      return mergeInventory(base, inventory, edit.inventory);
  }
}

function setKeys(
  text: string,
  inventory: Inventory,
  { instanceId, of }: Pick<Extract<InventoryEdit, { kind: 'setAttention' }>, 'instanceId' | 'of'>,
  keys: object,
): string {
  const place = placeOfInstance(inventory, instanceId);
  return 'group' in of
    ? setGroupKeys(text, place, of.group, keys)
    : setClientKeys(text, place.path, of.clientIds, keys);
}

function setDetails(text: string, inventory: Inventory, instanceId: string, details: InstanceDetails): string {
  const { instance: before, path } = placeOfInstance(inventory, instanceId);
  assertFree({ instances: inventory.instances.filter((each) => each !== before) }, details);
  const { name, instanceId: newId, regionId, endpoint, credential } = details;
  const entries = Object.entries({ name, instanceId: newId, regionId, endpoint, credential });
  return entries.reduce((done, [key, value]) => setValue(done, [...path, key], value), text);
}

function assertFree({ instances }: Inventory, { name, instanceId }: InstanceDetails): void {
  if (name.trim() === '' || instanceId.trim() === '') throw new InventoryEditError('emptyName');
  if (instances.some((other) => other.name === name)) throw new InventoryEditError('nameTaken', name);
  if (instances.some((other) => other.instanceId === instanceId))
    throw new InventoryEditError('instanceIdTaken', instanceId);
}
