import type { Group, Inventory } from './inventory';
import { append, keyOf, placeOfGroup, placeOfInstance, remove } from './editPlaces';
import { type InventoryEdit, InventoryEditError } from './inventoryEdit';
import { moveInArray } from './jsonMove';
import { nodeAt, setValue } from './jsonSplice';

type GroupEdit = Extract<InventoryEdit, { kind: 'addGroup' | 'renameGroup' | 'removeGroup' | 'moveGroup' }>;

/** Applies an edit of the groups of an instance to the text of inventory.json. */
export function editGroups(text: string, inventory: Inventory, edit: GroupEdit): string {
  const place = placeOfInstance(inventory, edit.instanceId);
  const { groups } = place.instance;
  const path = [...place.path, 'groups'];
  switch (edit.kind) {
    case 'addGroup': {
      assertGroupNameFree(groups, edit.name);
      const groupId = edit.groupId === undefined ? {} : { groupId: edit.groupId };
      return append(text, path, [{ name: edit.name, ...groupId, clientIds: [] }]);
    }
    case 'renameGroup': {
      const group = placeOfGroup(place, edit.group);
      if (edit.name !== edit.group) assertGroupNameFree(groups, edit.name);
      return setValue(text, [...group.path, 'name'], edit.name);
    }
    case 'removeGroup':
      placeOfGroup(place, edit.group);
      return remove(text, path, (value) => keyOf(value, 'name') === edit.group);
    case 'moveGroup': {
      const { group } = placeOfGroup(place, edit.group);
      const array = nodeAt(text, path);
      return array === undefined ? text : moveInArray(text, array, groups.indexOf(group), edit.to);
    }
  }
}

function assertGroupNameFree(groups: readonly Group[], name: string): void {
  if (name.trim() === '') throw new InventoryEditError('emptyName');
  if (groups.some((group) => group.name === name)) throw new InventoryEditError('groupNameTaken', name);
}
