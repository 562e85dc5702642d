import type { Instance } from '../../model/inventory/inventory';
import { type ClientNode, groupOf, type GroupNode, instanceOf, type TreeNode } from './nodes';

/** Clients of some groups of an instance. */
export type ClientsOfGroups = readonly { readonly group: string; readonly clientIds: readonly string[] }[];

/** What it means to drop rows on another one. */
export type Drop =
  | { readonly kind: 'moveClients'; readonly instance: Instance; readonly from: ClientsOfGroups; readonly to: string }
  | { readonly kind: 'moveGroups'; readonly instance: Instance; readonly order: readonly string[] }
  /** A client ID and a group ID are those of one instance: under another one they would be somebody else's. */
  | { readonly kind: 'otherInstance'; readonly instance: Instance; readonly to: Instance }
  | { readonly kind: 'nothing' };

const NOTHING: Drop = { kind: 'nothing' };

/** Rows of groups alone are put in another order; else their clients are moved. */
export function dropOf(rows: readonly TreeNode[], target: TreeNode): Drop {
  const to = instanceOf(target).instance;
  const other = rows.map((row) => instanceOf(row).instance).find(({ instanceId }) => instanceId !== to.instanceId);
  if (other !== undefined) return { kind: 'otherInstance', instance: other, to };
  const groups = rows.filter((row) => row.kind === 'group');
  if (groups.length === rows.length && groups.length > 0) return dropGroups(groups, target);
  const group = groupOf(target)?.name;
  const from = groupsOfClients(rows).filter((each) => each.group !== group);
  return group === undefined || from.length === 0 ? NOTHING : { kind: 'moveClients', instance: to, from, to: group };
}

/** The clients among some rows of one instance, by the groups they stand in: a row outside of any stands for all its groups. */
export function groupsOfClients(rows: readonly TreeNode[]): ClientsOfGroups {
  const byGroup = new Map<string, Set<string>>();
  for (const row of rows)
    if (row.kind === 'client')
      for (const group of groupsOfRow(row)) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(row.clientId));
  return [...byGroup].map(([group, clientIds]) => ({ group, clientIds: [...clientIds] }));
}

function groupsOfRow(row: ClientNode): string[] {
  const { parent, clientId } = row;
  if (parent.kind === 'group') return [parent.group.name];
  return groupsHolding(parent.parent.instance, [clientId]).map(({ group }) => group);
}

/** Some clients by the groups that hold them. */
export function groupsHolding({ groups }: Instance, clientIds: readonly string[]): ClientsOfGroups {
  return groups
    .map((group) => ({ group: group.name, clientIds: clientIds.filter((id) => group.clientIds.includes(id)) }))
    .filter((each) => each.clientIds.length > 0);
}

/** Dragged down they come behind the group they are dropped on, dragged up before it: both ends can be reached. */
function dropGroups(rows: readonly GroupNode[], target: TreeNode): Drop {
  const { instance } = instanceOf(target);
  const names = instance.groups.map(({ name }) => name);
  const moved = names.filter((name) => rows.some(({ group }) => group.name === name));
  const onto = groupOf(target)?.name ?? names.at(-1) ?? '';
  const isDown = names.indexOf(moved[0] ?? '') < names.indexOf(onto);
  const order = names.filter((name) => !moved.includes(name));
  if (moved.includes(onto)) return NOTHING;
  order.splice(order.indexOf(onto) + (isDown ? 1 : 0), 0, ...moved);
  return order.join('\n') === names.join('\n') ? NOTHING : { kind: 'moveGroups', instance, order };
}
