import { type Disposable, Emitter } from '../../base/event';
import { arrangeClients } from '../../sessions/fleet/arrangeClients';
import type { FactSources } from '../../sessions/fleet/clientFilter';
import type { GroupCounts, InventorySource } from '../../sessions/fleet/groupCounts';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { Arrangement } from './arrangement';
import {
  type Arranged,
  clientIdsIn,
  type ClientNode,
  type GroupNode,
  type InstanceNode,
  type ListNode,
  type MoreNode,
  type TreeNode,
} from './nodes';
import { type Rearranged, SettledLists } from './settledLists';
import { TreeNodes } from './treeNodes';

export interface TreeRowsParts extends Omit<FactSources, 'now' | 'history'> {
  readonly inventory: InventorySource;
  readonly counts: GroupCounts;
  readonly history: Pick<StatusHistory, 'isFlapping' | 'changedAt' | 'onDidAdopt'>;
  readonly arrangement: Arrangement;
}

/** Which rows there are and in which order: what is saved, as the person arranged it. */
export class TreeRows implements Disposable {
  private readonly moved = new Emitter<readonly (InstanceNode | GroupNode)[]>();
  private readonly reset = new Emitter<void>();
  private readonly matchingChanged = new Emitter<readonly InstanceNode[]>();
  private readonly nodes = new TreeNodes((list) => this.arrange(list));
  private readonly settled: SettledLists;
  private readonly subscriptions: Disposable[];
  /** The groups that the filter has left without a row. */
  private readonly hidden = new Set<GroupNode>();
  /** Names what other rows stand below than before. */
  readonly onDidMove = this.moved.event;
  /** Fires when all may be another: the inventory was changed, or the arrangement. */
  readonly onDidReset = this.reset.event;
  /** Names the instances of which another number of clients passes the filter. */
  readonly onDidChangeMatching = this.matchingChanged.event;

  constructor(private readonly parts: TreeRowsParts) {
    const { inventory, arrangement, counts, history } = parts;
    this.nodes.update(inventory.inventory);
    this.settled = new SettledLists(this.nodes, arrangement, counts, history);
    this.subscriptions = [
      inventory.onDidChange(() => this.followInventory()),
      arrangement.onDidChange(() => this.followArrangement()),
      this.settled.onDidSettle((lists) => this.followSettled(lists)),
      ...[this.settled, this.moved, this.reset, this.matchingChanged],
    ];
  }

  get roots(): InstanceNode[] {
    return this.nodes.roots;
  }

  get isFiltered(): boolean {
    return this.parts.arrangement.isFiltered;
  }

  group(instanceId: string, name: string): GroupNode | undefined {
    return this.nodes.group(instanceId, name);
  }

  /** What stands below an instance: the groups that the filter leaves something of, or its clients without groups. */
  below(node: InstanceNode): (GroupNode | ClientNode | MoreNode)[] {
    if (this.parts.arrangement.isFlat) return this.nodes.rowsOf(this.nodes.flat(node));
    const groups = [...node.groups.values()];
    for (const group of groups) {
      if (this.hasRows(group)) this.hidden.delete(group);
      else this.hidden.add(group);
    }
    return groups.filter((group) => !this.hidden.has(group));
  }

  rowsOf(list: ListNode): (ClientNode | MoreNode)[] {
    return this.nodes.rowsOf(list);
  }

  parentOf(node: TreeNode): InstanceNode | GroupNode | undefined {
    switch (node.kind) {
      case 'instance':
        return undefined;
      case 'group':
        return node.parent;
      case 'client':
      case 'more':
        return node.parent.kind === 'flat' ? node.parent.parent : node.parent;
    }
  }

  /** Those of some rows that still stand in the view, in an unfolded list or not: what is gone or filtered away does not. */
  standing(nodes: readonly TreeNode[]): TreeNode[] {
    const rowsByList = new Map<ListNode, ReadonlySet<string>>();
    const rowIdsIn = (list: ListNode): ReadonlySet<string> => {
      const ids = rowsByList.get(list) ?? new Set(this.rowsOf(list).map(({ id }) => id));
      rowsByList.set(list, ids);
      return ids;
    };
    return nodes.filter((node) => {
      if (node.kind === 'instance') return this.roots.includes(node);
      const list = node.kind === 'group' ? node : node.parent;
      if (!this.roots.includes(list.parent) || !this.listsOf(list.parent).includes(list)) return false;
      if (list.kind === 'group' && this.hidden.has(list)) return false;
      return node.kind === 'group' || rowIdsIn(list).has(node.id);
    });
  }

  /** The rows of a client that were built so far. */
  builtRows(instanceId: string, clientId: string): ClientNode[] {
    const node = this.nodes.instance(instanceId);
    if (node === undefined) return [];
    const lists = this.parts.arrangement.isFlat
      ? [this.nodes.flat(node)]
      : this.parts.counts.groupsWith(instanceId, clientId).map((name) => node.groups.get(name));
    return lists.map((list) => list?.clients.get(clientId)).filter((row) => row !== undefined);
  }

  /** Lets a list show a page more; the first row that is new. */
  showMore(list: ListNode): ClientNode | undefined {
    const first = this.nodes.showMore(list);
    this.moved.fire([this.redrawnFor(list)]);
    return first;
  }

  /** The row of a client in the first group that holds it, built if it was not; undefined where no group does. */
  rowOf(instanceId: string, clientId: string): ClientNode | undefined {
    const [group] = this.parts.counts.groupsWith(instanceId, clientId);
    return group === undefined ? undefined : this.rowIn(instanceId, group, clientId);
  }

  /** The row of a client in one of its groups, or the one it has without them; undefined where the group does not hold it. */
  rowIn(instanceId: string, group: string, clientId: string): ClientNode | undefined {
    const node = this.nodes.group(instanceId, group);
    if (node === undefined) return undefined;
    const list = this.parts.arrangement.isFlat ? this.nodes.flat(node.parent) : node;
    const shown = this.nodes.showAlso(list, clientId);
    if (shown?.isNew === true) this.moved.fire([this.redrawnFor(list)]);
    return shown?.row;
  }

  /** How many clients of a list or an instance pass the filter, each counted once. */
  matchingIn(node: InstanceNode | ListNode): number {
    return this.nodes.matching(node.kind === 'instance' ? this.nodes.flat(node) : node).length;
  }

  /** How many of all saved clients pass the filter. */
  get matching(): { readonly matching: number; readonly total: number } {
    const totals = this.roots.map(({ instance }) => this.parts.counts.ofInstance(instance.instanceId).total);
    const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
    return { matching: sum(this.roots.map((node) => this.matchingIn(node))), total: sum(totals) };
  }

  /** The lists of an instance as the view shows it: its groups, also those that the filter hides, or all its clients in one. */
  listsOf(node: InstanceNode): ListNode[] {
    return this.parts.arrangement.isFlat ? [this.nodes.flat(node)] : [...node.groups.values()];
  }

  /** The clients of a list that have a row once it is opened. */
  rowIdsOf(list: ListNode): readonly string[] {
    return this.nodes.rowIdsOf(list);
  }

  /** Call as time goes by: who changed in the last hour changes by itself. */
  followTime(): void {
    this.settled.followTime();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private arrange(list: ListNode): Arranged {
    const { counts, arrangement } = this.parts;
    const { instance } = list.parent;
    const groupsOf = (clientId: string): readonly string[] => counts.groupsWith(instance.instanceId, clientId);
    const group = list.kind === 'group' ? list.group : undefined;
    const clients = { instance, group, clientIds: clientIdsIn(list), groupsOf };
    return arrangeClients(clients, arrangement, { ...this.parts, now: Date.now });
  }

  private hasRows(list: ListNode): boolean {
    return !this.isFiltered || list.found.size > 0 || this.matchingIn(list) > 0;
  }

  /** A group that comes or goes comes and goes with its instance. */
  private redrawnFor(list: ListNode): InstanceNode | GroupNode {
    return list.kind === 'group' && this.hidden.has(list) !== this.hasRows(list) ? list : list.parent;
  }

  private followInventory(): void {
    this.nodes.update(this.parts.inventory.inventory);
    this.reset.fire();
    this.matchingChanged.fire(this.roots);
  }

  private followArrangement(): void {
    this.nodes.forgetArranged();
    this.reset.fire();
    this.matchingChanged.fire(this.roots);
  }

  private followSettled(lists: readonly Rearranged[]): void {
    const shown = lists.filter(({ list }) => (list.kind === 'flat') === this.parts.arrangement.isFlat);
    const moved = new Set(shown.map(({ list }) => this.redrawnFor(list)));
    if (moved.size > 0) this.moved.fire([...moved]);
    const counted = new Set(lists.filter(({ isCountOther }) => isCountOther).map(({ list }) => list.parent));
    if (counted.size > 0) this.matchingChanged.fire([...counted]);
  }
}
