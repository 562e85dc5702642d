import { pinnedClientIdsOf } from '../../model/inventory/inventory';
import { type RefreshScope, scopeKey } from '../../sessions/refresh/autoRefresh';
import type { RoundOutcome } from '../../sessions/refresh/refreshPace';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import type { InstancesTree } from '../tree/instancesTree';
import { clientIdsIn, type GroupNode, type InstanceNode, type ListNode } from '../tree/nodes';

/** What is seen of a scope: clients whose rows can be seen by scrolling, and pinned ones. Auto refresh asks no more. */
export class ShownClients {
  private readonly rounds = new Map<string, number>();

  constructor(private readonly tree: InstancesTree) {}

  /** What the next round of a scope asks about. */
  of(scope: RefreshScope): CheckRequest[] {
    const { tree, rounds } = this;
    return seenIn(tree, scope, (list) => tree.open.isOpen(list), rounds.get(scopeKey(scope)) ?? 0);
  }

  /** Notes how that round ended: the turn of those that another window kept from being asked about is still to come. */
  ended(scope: RefreshScope, outcome: RoundOutcome): void {
    const key = scopeKey(scope);
    if (outcome !== 'busy') this.rounds.set(key, (this.rounds.get(key) ?? 0) + 1);
  }
}

/** The same if every group of the scope were unfolded: the most that a round can cost. */
export function mostOf(tree: InstancesTree, scope: RefreshScope): CheckRequest[] {
  return seenIn(tree, scope, () => true, 0);
}

function seenIn(
  tree: InstancesTree,
  { instanceId, group }: RefreshScope,
  isOpen: (list: ListNode) => boolean,
  round: number,
): CheckRequest[] {
  return tree.rows.roots
    .filter(({ instance }) => instanceId === undefined || instance.instanceId === instanceId)
    .map((node) => {
      const inScope = clientsInScope(node, group);
      const lists = tree.rows.listsOf(node).filter((list) => list.kind === 'flat' || isIn(list, group));
      const rows = lists.filter(isOpen).flatMap((list) => askedOf(tree, list, round));
      const pinned = pinnedClientIdsOf(node.instance);
      const seen = [...rows, ...pinned].filter((clientId) => inScope === undefined || inScope.has(clientId));
      return { target: node.instance, clientIds: [...new Set(seen)] };
    });
}

function isIn(list: GroupNode, group: string | undefined): boolean {
  return group === undefined || list.group.name === group;
}

/**
 * A filter hides rows, but who asks only about those that pass will never learn that another passes now: a list that
 * shows offline clients would stay as it is for ever. So as many as would stand there without a filter are asked about
 * as well, also of groups that are open but hidden for the while: of a long list other ones each round, all in turn.
 */
function askedOf(tree: InstancesTree, list: ListNode, round: number): readonly string[] {
  const rows = tree.rows.rowIdsOf(list);
  return tree.rows.isFiltered ? [...inTurn(clientIdsIn(list), list.mostRows, round), ...rows] : rows;
}

/** After the last comes the first again. */
function inTurn(clientIds: readonly string[], most: number, round: number): readonly string[] {
  if (clientIds.length <= most) return clientIds;
  const from = (round * most) % clientIds.length;
  return [...clientIds.slice(from), ...clientIds.slice(0, from)].slice(0, most);
}

/** Undefined for all clients of the instance. */
function clientsInScope({ groups }: InstanceNode, group: string | undefined): ReadonlySet<string> | undefined {
  return group === undefined ? undefined : new Set(groups.get(group)?.group.clientIds);
}
