import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance, type Instance } from '../../model/inventory/inventory';
import { pick } from '../inputs/steps';
import { confirmMove, moveClients, type MovedClients, orderGroups } from '../moves';
import { registerCommand } from '../run';
import { withoutIcons } from '../tell';
import { type ClientsOfGroups, groupsHolding, groupsOfClients } from '../tree/dropPlan';
import type { InstancesView } from '../tree/instancesView';
import { instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';
import type { TreeRows } from '../tree/treeRows';
import { UserError } from '../userError';
import { countText, numberText } from '../words/numbers';
import { pickClientId } from '../inputs/clientPick';
import { readArguments, type Subjects } from './arguments';
import { rowsChosen } from './chosen';

const t = vscode.l10n.t;
const shape = v.object({
  instance: v.string(),
  clientIds: v.array(v.string()),
  group: v.optional(v.string()),
  to: v.string(),
});

export interface MoveCommandParts {
  readonly inventory: Inventories;
  readonly subjects: Subjects;
  readonly tree: { readonly rows: Pick<TreeRows, 'rowIn'> };
  readonly view: Pick<InstancesView, 'show'>;
  readonly log: Log;
}

/** By keyboard all that can be dragged: clients to another group, groups up and down. */
export function moveCommands({ inventory, subjects, tree, view, log }: MoveCommandParts): vscode.Disposable[] {
  async function moveToGroup(argument: unknown, selected: unknown): Promise<MovedClients | undefined> {
    if (argument !== undefined && !isTreeNode(argument)) return moveNamed(argument);
    const chosen = isTreeNode(argument) ? chosenClients(rowsChosen(argument, selected)) : await askClient();
    if (chosen === undefined) return undefined;
    const { instance, from } = chosen;
    const to = await askTarget(instance, from);
    if (to === undefined || !(await confirmMove(instance, from, to))) return undefined;
    const result = await moveClients(inventory, instance, from, to);
    await showIn(instance, to, from[0]?.clientIds[0] ?? '');
    return result;
  }

  async function moveNamed(argument: unknown): Promise<MovedClients | undefined> {
    const { clientIds, group, to } = readArguments(shape, argument);
    const instance = await subjects.instance(argument);
    if (instance === undefined) return undefined;
    const target = await subjects.group(instance, { group: to });
    const from = groupsHolding(instance, clientIds).filter((each) => group === undefined || each.group === group);
    const held = new Set(from.flatMap((each) => each.clientIds));
    const missing = clientIds.find((clientId) => !held.has(clientId));
    if (missing !== undefined)
      throw new UserError(t('"{0}" is in no group of "{1}".', missing, group ?? instance.name));
    return target === undefined ? undefined : moveClients(inventory, instance, from, target.name);
  }

  /** The focus follows the first client, so that the keyboard goes on from there. */
  async function showIn({ instanceId }: Instance, group: string, clientId: string): Promise<void> {
    const row = tree.rows.rowIn(instanceId, group, clientId);
    if (row !== undefined) await view.show(row);
  }

  async function askClient(): Promise<{ instance: Instance; from: ClientsOfGroups } | undefined> {
    const instance = await subjects.instance(undefined);
    const clientId = instance === undefined ? undefined : await pickClientId(t('Choose a client'), instance);
    return instance === undefined || clientId === undefined
      ? undefined
      : { instance, from: groupsHolding(instance, [clientId]) };
  }

  async function moveGroup(argument: unknown, by: -1 | 1): Promise<void> {
    const instance = await subjects.instance(argument);
    const group = instance === undefined ? undefined : await subjects.group(instance, argument);
    if (instance === undefined || group === undefined) return;
    const order = instance.groups.map(({ name }) => name);
    const at = order.indexOf(group.name);
    const to = Math.min(order.length - 1, Math.max(0, at + by));
    order.splice(at, 1);
    order.splice(to, 0, group.name);
    await orderGroups(inventory, findInstance(inventory.inventory, instance.instanceId) ?? instance, order);
  }

  return [
    registerCommand('moveToGroup', log, subjects.onRows(['client'], moveToGroup)),
    registerCommand(
      'moveGroupUp',
      log,
      subjects.onRows(['group'], (argument) => moveGroup(argument, -1)),
    ),
    registerCommand(
      'moveGroupDown',
      log,
      subjects.onRows(['group'], (argument) => moveGroup(argument, 1)),
    ),
  ];
}

/** Clients of one instance: a client ID is nobody under another one. */
function chosenClients(rows: readonly TreeNode[]): { instance: Instance; from: ClientsOfGroups } | undefined {
  const clients = rows.filter((row) => row.kind === 'client');
  const [first] = clients;
  if (first === undefined) return undefined;
  const { instance } = instanceOf(first);
  if (clients.some((row) => instanceOf(row).instance.instanceId !== instance.instanceId))
    throw new UserError(t('Choose clients of one instance: a client cannot be moved to another one.'));
  return { instance, from: groupsOfClients(clients) };
}

async function askTarget({ name, groups }: Instance, from: ClientsOfGroups): Promise<string | undefined> {
  const left = new Set(from.map(({ group }) => group));
  const targets = groups.filter((group) => left.size > 1 || !left.has(group.name));
  if (targets.length === 0) throw new UserError(t('"{0}" has no other group. Run "Add Group" first.', name));
  const count = new Set(from.flatMap(({ clientIds }) => clientIds)).size;
  const title = countText(count, t('Move 1 client to'), t('Move {0} clients to', numberText(count)));
  const items = targets.map((group) => ({
    label: withoutIcons(group.name),
    description: withoutIcons(group.groupId ?? ''),
    value: group.name,
  }));
  return pick({ title, items });
}
