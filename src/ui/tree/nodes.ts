import { clientIdsOf, type Group, type Instance } from '../../model/inventory/inventory';

export interface InstanceNode {
  readonly kind: 'instance';
  readonly id: string;
  instance: Instance;
  readonly groups: Map<string, GroupNode>;
}

/** What holds rows of clients. */
interface ClientList {
  readonly id: string;
  readonly parent: InstanceNode;
  /** How many rows the person has asked for. */
  mostRows: number;
  /** Clients beyond them that were looked for, each with a row of its own. */
  readonly found: Set<string>;
  /** The rows built, by client ID: none until the list is opened. */
  readonly clients: Map<string, ClientNode>;
  /** Which clients have a row and in which order; undefined until somebody asks. */
  arranged: Arranged | undefined;
}

/** The clients of a list as they are filtered and sorted. */
export interface Arranged {
  /** Those that pass the filter, as saved. */
  readonly matching: readonly string[];
  /** The first of them in order. */
  readonly first: (most: number) => readonly string[];
}

export interface GroupNode extends ClientList {
  readonly kind: 'group';
  group: Group;
}

/** All clients of an instance without their groups. It has no row of its own: they stand under their instance. */
export interface FlatNode extends ClientList {
  readonly kind: 'flat';
}

export type ListNode = GroupNode | FlatNode;

export interface ClientNode {
  readonly kind: 'client';
  readonly id: string;
  readonly parent: ListNode;
  readonly clientId: string;
}

/** The last row of a list of which not all rows are shown. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: ListNode;
}

export type TreeNode = InstanceNode | GroupNode | ClientNode | MoreNode;

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
    case 'more':
      return node.parent.parent;
  }
}

/** The group that a row is, or stands in; undefined for an instance, and for a row of a list without groups. */
export function groupOf(node: TreeNode): Group | undefined {
  switch (node.kind) {
    case 'instance':
      return undefined;
    case 'group':
      return node.group;
    case 'client':
    case 'more':
      return node.parent.kind === 'group' ? node.parent.group : undefined;
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
    case 'more':
      return [];
  }
}

/** All clients of a list, whatever is shown of them. */
export function clientIdsIn(list: ListNode): readonly string[] {
  return list.kind === 'group' ? list.group.clientIds : clientIdsOf(list.parent.instance);
}
