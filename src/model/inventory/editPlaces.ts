import type { JSONPath } from 'jsonc-parser';
import type { Group, Instance, Inventory } from './inventory';
import { InventoryEditError } from './inventoryEdit';
import { appendToArray, nodeAt, removeFromArray, setValue } from './jsonSplice';

/** An instance, and where it stands in the document. */
export interface InstancePlace {
  readonly instance: Instance;
  readonly path: JSONPath;
}

/** Throws InventoryEditError where there is none. */
export function placeOfInstance({ instances }: Inventory, instanceId: string): InstancePlace {
  const at = instances.findIndex((each) => each.instanceId === instanceId);
  const instance = instances[at];
  if (instance === undefined) throw new InventoryEditError('noSuchInstance', instanceId);
  return { instance, path: ['instances', at] };
}

/** Throws InventoryEditError where there is none. */
export function placeOfGroup({ instance, path }: InstancePlace, name: string): { group: Group; path: JSONPath } {
  const at = instance.groups.findIndex((each) => each.name === name);
  const group = instance.groups[at];
  if (group === undefined) throw new InventoryEditError('noSuchGroup', name);
  return { group, path: [...path, 'groups', at] };
}

/** Adds values at the end of the array at a path, or makes it. */
export function append(text: string, path: JSONPath, values: readonly unknown[]): string {
  const array = nodeAt(text, path);
  return array === undefined ? setValue(text, path, values) : appendToArray(text, array, values);
}

/** Takes the chosen values out of the array at a path. */
export function remove(text: string, path: JSONPath, isChosen: (value: unknown) => boolean): string {
  const array = nodeAt(text, path);
  return array === undefined ? text : removeFromArray(text, array, isChosen);
}

/** The value of a key of something that may be an object. */
export function keyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
