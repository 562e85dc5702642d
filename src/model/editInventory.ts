import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import type { Group, Instance, Inventory } from './inventory';
import { appendToArray, removeFromArray } from './jsonSplice';
import { parseInventory, withoutByteOrderMark } from './parseInventory';

type InstanceDetails = Omit<Instance, 'groups'>;

/** One change to the saved inventory. Instances go by their instance ID, groups by their name. */
export type InventoryEdit =
  | { readonly kind: 'addInstance'; readonly instance: InstanceDetails & { readonly groups?: readonly Group[] } }
  | { readonly kind: 'editInstance'; readonly instanceId: string; readonly details: InstanceDetails }
  | { readonly kind: 'removeInstance'; readonly instanceId: string }
  | {
      readonly kind: 'addGroup';
      readonly instanceId: string;
      readonly name: string;
      readonly groupId?: string | undefined;
    }
  | { readonly kind: 'renameGroup'; readonly instanceId: string; readonly group: string; readonly name: string }
  | { readonly kind: 'removeGroup'; readonly instanceId: string; readonly group: string }
  | {
      readonly kind: 'addClients' | 'removeClients';
      readonly instanceId: string;
      readonly group: string;
      readonly clientIds: readonly string[];
    };

export type EditProblem =
  | 'broken'
  | 'busy'
  | 'noSuchInstance'
  | 'noSuchGroup'
  | 'emptyName'
  | 'nameTaken'
  | 'instanceIdTaken'
  | 'groupNameTaken';

/** An edit that was refused; nothing was written. */
export class InventoryEditError extends Error {
  override readonly name = 'InventoryEditError';

  constructor(
    readonly reason: EditProblem,
    /** The name or ID it is about. */
    readonly about = '',
  ) {
    super(`${reason} ${about}`);
  }
}

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
      instanceAt(inventory, edit.instanceId);
      return remove(base, ['instances'], (value) => keyOf(value, 'instanceId') === edit.instanceId);
    case 'addGroup':
    case 'renameGroup':
    case 'removeGroup':
      return editGroups(base, inventory, edit);
    case 'addClients':
    case 'removeClients':
      return editClients(base, inventory, edit);
  }
}

type GroupEdit = Extract<InventoryEdit, { kind: 'addGroup' | 'renameGroup' | 'removeGroup' }>;
type ClientsEdit = Extract<InventoryEdit, { kind: 'addClients' | 'removeClients' }>;

function editGroups(text: string, inventory: Inventory, edit: GroupEdit): string {
  const at = instanceAt(inventory, edit.instanceId);
  const path = ['instances', at, 'groups'];
  const groups = inventory.instances[at]?.groups ?? [];
  switch (edit.kind) {
    case 'addGroup': {
      assertGroupNameFree(groups, edit.name);
      const groupId = edit.groupId === undefined ? {} : { groupId: edit.groupId };
      return append(text, path, [{ name: edit.name, ...groupId, clientIds: [] }]);
    }
    case 'renameGroup': {
      const groupAt = indexOfGroup(groups, edit.group);
      if (edit.name !== edit.group) assertGroupNameFree(groups, edit.name);
      return set(text, [...path, groupAt, 'name'], edit.name);
    }
    case 'removeGroup':
      indexOfGroup(groups, edit.group);
      return remove(text, path, (value) => keyOf(value, 'name') === edit.group);
  }
}

function editClients(text: string, inventory: Inventory, edit: ClientsEdit): string {
  const at = instanceAt(inventory, edit.instanceId);
  const groups = inventory.instances[at]?.groups ?? [];
  const groupAt = indexOfGroup(groups, edit.group);
  const path = ['instances', at, 'groups', groupAt, 'clientIds'];
  const named = new Set(edit.clientIds);
  if (edit.kind === 'removeClients')
    return remove(text, path, (value) => typeof value === 'string' && named.has(value));
  const known = new Set(groups[groupAt]?.clientIds);
  return append(
    text,
    path,
    [...named].filter((clientId) => !known.has(clientId)),
  );
}

function setDetails(text: string, inventory: Inventory, instanceId: string, details: InstanceDetails): string {
  const at = instanceAt(inventory, instanceId);
  assertFree({ instances: inventory.instances.filter((_, i) => i !== at) }, details);
  const { name, instanceId: newId, regionId, endpoint, credential } = details;
  const entries = Object.entries({ name, instanceId: newId, regionId, endpoint, credential });
  return entries.reduce((done, [key, value]) => set(done, ['instances', at, key], value), text);
}

function append(text: string, path: JSONPath, values: readonly unknown[]): string {
  const array = arrayAt(text, path);
  return array === undefined ? set(text, path, values) : appendToArray(text, array, values);
}

function remove(text: string, path: JSONPath, isChosen: (value: unknown) => boolean): string {
  const array = arrayAt(text, path);
  return array === undefined ? text : removeFromArray(text, array, isChosen);
}

/** Sets one value, or takes its key out where the value is undefined. */
function set(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
}

function arrayAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root === undefined ? undefined : findNodeAtLocation(root, path);
}

function keyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function instanceAt({ instances }: Inventory, instanceId: string): number {
  const at = instances.findIndex((instance) => instance.instanceId === instanceId);
  if (at < 0) throw new InventoryEditError('noSuchInstance', instanceId);
  return at;
}

function indexOfGroup(groups: readonly Group[], name: string): number {
  const at = groups.findIndex((group) => group.name === name);
  if (at < 0) throw new InventoryEditError('noSuchGroup', name);
  return at;
}

function assertFree({ instances }: Inventory, { name, instanceId }: InstanceDetails): void {
  if (name.trim() === '' || instanceId.trim() === '') throw new InventoryEditError('emptyName');
  if (instances.some((other) => other.name === name)) throw new InventoryEditError('nameTaken', name);
  if (instances.some((other) => other.instanceId === instanceId))
    throw new InventoryEditError('instanceIdTaken', instanceId);
}

function assertGroupNameFree(groups: readonly Group[], name: string): void {
  if (name.trim() === '') throw new InventoryEditError('emptyName');
  if (groups.some((group) => group.name === name)) throw new InventoryEditError('groupNameTaken', name);
}
