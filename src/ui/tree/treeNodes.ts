import type { Group, Instance, Inventory } from '../../model/inventory/inventory';
import {
  type Arranged,
  clientIdsIn,
  type ClientNode,
  type FlatNode,
  type GroupNode,
  type InstanceNode,
  type ListNode,
  type MoreNode,
} from './nodes';

/** How many rows a long list shows at first, and how many each "Show more" adds. */
const PAGE_ROWS = 500;

/** The rows of the tree. An element stays the same object for as long as its client is there, so nothing collapses. */
export class TreeNodes {
  private readonly instances = new Map<string, InstanceNode>();
  private readonly flats = new WeakMap<InstanceNode, FlatNode>();

  constructor(private readonly arrange: (list: ListNode) => Arranged = asSaved) {}

  get roots(): InstanceNode[] {
    return [...this.instances.values()];
  }

  instance(instanceId: string): InstanceNode | undefined {
    return this.instances.get(instanceId);
  }

  group(instanceId: string, name: string): GroupNode | undefined {
    return this.instances.get(instanceId)?.groups.get(name);
  }

  /** All clients of an instance, as a view without groups shows them. */
  flat(node: InstanceNode): FlatNode {
    const flat = this.flats.get(node) ?? { kind: 'flat', id: `flat ${node.id}`, parent: node, ...newList() };
    this.flats.set(node, flat);
    return flat;
  }

  get lists(): ListNode[] {
    return this.roots.flatMap((node) => this.listsOf(node));
  }

  /** Follows the inventory, in its order. */
  update(inventory: Inventory): void {
    const before = new Map(this.instances);
    this.instances.clear();
    for (const instance of inventory.instances) {
      const node = before.get(instance.instanceId) ?? newInstance(instance);
      node.instance = instance;
      updateGroups(node);
      for (const list of this.listsOf(node)) dropGone(list);
      this.instances.set(instance.instanceId, node);
    }
  }

  /** The clients of a list that pass the filter, as saved. */
  matching(list: ListNode): readonly string[] {
    return this.arranged(list).matching;
  }

  /** The clients of a list that have a row once it is opened: its first pages, and those looked for beyond. */
  rowIdsOf(list: ListNode): readonly string[] {
    const pages = this.arranged(list).first(list.mostRows);
    if (list.found.size === 0) return pages;
    const shown = new Set(pages);
    return [...pages, ...clientIdsIn(list).filter((id) => list.found.has(id) && !shown.has(id))];
  }

  /** Builds the rows of an opened list as far as it is shown; the rows built before stay. */
  rowsOf(list: ListNode): (ClientNode | MoreNode)[] {
    const ids = this.rowIdsOf(list);
    const rows = ids.map((clientId) => this.rowOf(list, clientId));
    return ids.length < this.matching(list).length ? [...rows, moreOf(list)] : rows;
  }

  /** The row of a client, shown also where its page is not, or the filter hides it. */
  showAlso(list: ListNode, clientId: string): { readonly row: ClientNode; readonly isNew: boolean } | undefined {
    if (!clientIdsIn(list).includes(clientId)) return undefined;
    const isNew = !this.rowIdsOf(list).includes(clientId);
    if (isNew) list.found.add(clientId);
    return { row: this.rowOf(list, clientId), isNew };
  }

  /** Lets a list show a page more; the first row that is new. */
  showMore(list: ListNode): ClientNode | undefined {
    const before = new Set(this.rowIdsOf(list));
    list.mostRows += PAGE_ROWS;
    const first = this.rowIdsOf(list).find((clientId) => !before.has(clientId));
    return first === undefined ? undefined : this.rowOf(list, first);
  }

  /** Arranges a list anew; what of it is another now. */
  rearrange(list: ListNode): { readonly isMoved: boolean; readonly isCountOther: boolean } {
    const before = list.arranged;
    if (before === undefined) return { isMoved: false, isCountOther: false };
    const [rows, count] = [before.first(list.mostRows), before.matching.length];
    list.arranged = this.arrange(list);
    const now = list.arranged.first(list.mostRows);
    const isMoved = rows.length !== now.length || rows.some((clientId, at) => clientId !== now[at]);
    return { isMoved, isCountOther: count !== list.arranged.matching.length };
  }

  /** Forgets how everything was arranged, and what was looked for beyond. */
  forgetArranged(): void {
    for (const list of this.lists) {
      list.arranged = undefined;
      list.found.clear();
    }
  }

  private listsOf(node: InstanceNode): ListNode[] {
    return [...node.groups.values(), this.flat(node)];
  }

  private arranged(list: ListNode): Arranged {
    return (list.arranged ??= this.arrange(list));
  }

  private rowOf(list: ListNode, clientId: string): ClientNode {
    const row = list.clients.get(clientId) ?? newClient(list, clientId);
    list.clients.set(clientId, row);
    return row;
  }
}

function asSaved(list: ListNode): Arranged {
  const matching = clientIdsIn(list);
  return { matching, first: (most) => matching.slice(0, most) };
}

function newInstance(instance: Instance): InstanceNode {
  return { kind: 'instance', id: idOf(instance.instanceId), instance, groups: new Map() };
}

function newList() {
  return { mostRows: PAGE_ROWS, found: new Set<string>(), clients: new Map<string, ClientNode>(), arranged: undefined };
}

function updateGroups(parent: InstanceNode): void {
  const before = new Map(parent.groups);
  parent.groups.clear();
  for (const group of parent.instance.groups) {
    const node = before.get(group.name) ?? newGroup(parent, group);
    node.group = group;
    parent.groups.set(group.name, node);
  }
}

/** A client that was taken out has no row to come back to. */
function dropGone(list: ListNode): void {
  list.arranged = undefined;
  if (list.clients.size === 0) return;
  const there = new Set(clientIdsIn(list));
  for (const clientId of list.clients.keys()) if (!there.has(clientId)) list.clients.delete(clientId);
}

function newGroup(parent: InstanceNode, group: Group): GroupNode {
  return { kind: 'group', id: idOf(parent.instance.instanceId, group.name), parent, group, ...newList() };
}

/** The same client has a row in each of its groups, and one in the list without groups. */
function newClient(parent: ListNode, clientId: string): ClientNode {
  const { instanceId } = parent.parent.instance;
  const id =
    parent.kind === 'group' ? idOf(instanceId, parent.group.name, clientId) : idOf(instanceId, '', '', clientId);
  return { kind: 'client', id, parent, clientId };
}

/** A row that is no client has an ID that no client's row can have. */
function moreOf(parent: ListNode): MoreNode {
  return { kind: 'more', id: `more ${parent.id}`, parent };
}

function idOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
