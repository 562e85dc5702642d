import { clientIdsOf, type Group, type Instance, type Inventory } from '../../model/inventory';

export interface InstanceNode {
  readonly kind: 'instance';
  readonly id: string;
  instance: Instance;
  readonly groups: Map<string, GroupNode>;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly parent: InstanceNode;
  group: Group;
  readonly clients: Map<string, ClientNode>;
}

export interface ClientNode {
  readonly kind: 'client';
  readonly id: string;
  readonly parent: GroupNode;
  readonly clientId: string;
}

export type TreeNode = InstanceNode | GroupNode | ClientNode;

/** True for an argument that a menu of the tree passed. */
export function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}

export function instanceOf(node: TreeNode): InstanceNode {
  switch (node.kind) {
    case 'instance':
      return node;
    case 'group':
      return node.parent;
    case 'client':
      return node.parent.parent;
  }
}

export function clientIdsUnder(node: TreeNode): readonly string[] {
  switch (node.kind) {
    case 'instance':
      return clientIdsOf(node.instance);
    case 'group':
      return node.group.clientIds;
    case 'client':
      return [node.clientId];
  }
}

/** The rows of the tree. An element stays the same object for as long as its row is there, so nothing collapses. */
export class TreeNodes {
  private readonly instances = new Map<string, InstanceNode>();

  get roots(): InstanceNode[] {
    return [...this.instances.values()];
  }

  instance(instanceId: string): InstanceNode | undefined {
    return this.instances.get(instanceId);
  }

  /** Follows the inventory, in its order. */
  update(inventory: Inventory): void {
    const before = new Map(this.instances);
    this.instances.clear();
    for (const instance of inventory.instances) {
      const node = before.get(instance.instanceId) ?? newInstance(instance);
      node.instance = instance;
      updateGroups(node);
      this.instances.set(instance.instanceId, node);
    }
  }

  /** The rows of a client: one in every group that holds it. */
  clientNodes(instanceId: string, clientId: string): ClientNode[] {
    const groups = [...(this.instances.get(instanceId)?.groups.values() ?? [])];
    return groups.map(({ clients }) => clients.get(clientId)).filter((node) => node !== undefined);
  }
}

function newInstance(instance: Instance): InstanceNode {
  return { kind: 'instance', id: JSON.stringify([instance.instanceId]), instance, groups: new Map() };
}

function updateGroups(parent: InstanceNode): void {
  const before = new Map(parent.groups);
  parent.groups.clear();
  for (const group of parent.instance.groups) {
    const id = JSON.stringify([parent.instance.instanceId, group.name]);
    const node = before.get(group.name) ?? { kind: 'group', id, parent, group, clients: new Map<string, ClientNode>() };
    node.group = group;
    updateClients(node);
    parent.groups.set(group.name, node);
  }
}

function updateClients(parent: GroupNode): void {
  const before = new Map(parent.clients);
  parent.clients.clear();
  for (const clientId of parent.group.clientIds) {
    const id = JSON.stringify([parent.parent.instance.instanceId, parent.group.name, clientId]);
    parent.clients.set(clientId, before.get(clientId) ?? { kind: 'client', id, parent, clientId });
  }
}
