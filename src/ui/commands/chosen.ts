import type { Inventories } from '../../host/inventory/inventories';
import type { Attention, Instance } from '../../model/inventory/inventory';
import { instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';

/** The rows that a menu is about: all that are selected where its row is one of them, else that row alone. */
export function rowsChosen(row: TreeNode, selected: unknown): TreeNode[] {
  return Array.isArray(selected) && selected.includes(row) ? selected.filter(isTreeNode) : [row];
}

export type Subject = { readonly group: string } | { readonly clientIds: readonly string[] };

/** Groups or clients of an instance that a command is about. */
export interface Chosen {
  readonly instance: Instance;
  readonly of: Subject;
}

/**
 * What a menu of the tree is about: the row, or all rows selected. Each group by itself, the clients of an instance
 * together: each edit writes the whole inventory.
 */
export function chosenRows(row: TreeNode, selected: unknown): Chosen[] {
  const clients = new Map<Instance, Set<string>>();
  const groups: Chosen[] = [];
  for (const each of rowsChosen(row, selected)) {
    const { instance } = instanceOf(each);
    if (each.kind === 'group') groups.push({ instance, of: { group: each.group.name } });
    if (each.kind === 'client') clients.set(instance, (clients.get(instance) ?? new Set()).add(each.clientId));
  }
  return [...groups, ...[...clients].map(([instance, ids]) => ({ instance, of: { clientIds: [...ids] } }))];
}

/** Saves what is wanted of the groups and clients chosen. */
export async function setAttention(
  inventory: Pick<Inventories, 'edit'>,
  chosen: readonly Chosen[],
  attention: Attention,
): Promise<void> {
  for (const { instance, of } of chosen)
    await inventory.edit({ kind: 'setAttention', instanceId: instance.instanceId, of, attention });
}
