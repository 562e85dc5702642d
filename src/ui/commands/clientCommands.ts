import * as v from 'valibot';
import * as vscode from 'vscode';
import { type ParsedClientIds, sortOut } from '../../model/clientIds/parseClientIds';
import { askClientIds, summaryOf } from '../inputs/clientsInput';
import { registerCommand } from '../run';
import { sharedText } from '../team/teamWords';
import { confirm, tellInformation, withoutIcons } from '../tell';
import { groupsOfClients } from '../tree/dropPlan';
import { groupOf, instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';
import { numberText } from '../words/numbers';
import { isByHand, readArguments } from './arguments';
import { rowsChosen } from './chosen';
import type { InventoryCommandParts } from './inventoryCommandParts';

const t = vscode.l10n.t;
const listed = v.object({ clientIds: v.array(v.string()) });

/** The commands that save and remove clients. */
export function clientCommands({ inventory, subjects, log }: InventoryCommandParts): vscode.Disposable[] {
  async function addClients(argument: unknown): Promise<ParsedClientIds | undefined> {
    const found = await subjects.place(argument);
    if (found === undefined) return undefined;
    const { instance, group } = found;
    const context = { groupId: group.groupId, known: new Set(group.clientIds) };
    const parsed = isByHand(argument)
      ? await askClientIds(t('Add Clients to "{0}"', group.name), context)
      : sortOut(readArguments(listed, argument).clientIds, context);
    if (parsed === undefined) return undefined;
    await inventory.edit({
      kind: 'addClients',
      instanceId: instance.instanceId,
      group: group.name,
      clientIds: parsed.accepted,
    });
    if (isByHand(argument)) void tellInformation(summaryOf(parsed));
    return parsed;
  }

  async function removeClients(argument: unknown, selected: unknown): Promise<void> {
    const rows = isTreeNode(argument) ? rowsChosen(argument, selected).filter(({ kind }) => kind === 'client') : [];
    if (rows.length > 0) return removeRows(rows);
    const found = await subjects.place(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const clientIds = isByHand(argument)
      ? await pickClients(group.clientIds)
      : readArguments(listed, argument).clientIds;
    if (clientIds === undefined) return;
    if (!isByHand(argument) || (await confirm(removalText(clientIds), t('Remove'), sharedText(group.origin))))
      await inventory.edit({ kind: 'removeClients', instanceId: instance.instanceId, group: group.name, clientIds });
  }

  async function removeRows(rows: readonly TreeNode[]): Promise<void> {
    const byInstance = Map.groupBy(rows, (row) => instanceOf(row).instance.instanceId);
    const clientIds = [...byInstance.values()].flatMap((each) => clientIdsOfRows(each));
    const shared = sharedText(rows.map((row) => groupOf(row)?.origin).find((origin) => origin !== undefined));
    if (!(await confirm(removalText(clientIds), t('Remove'), shared))) return;
    for (const [instanceId, each] of byInstance)
      for (const { group, clientIds: gone } of groupsOfClients(each))
        await inventory.edit({ kind: 'removeClients', instanceId, group, clientIds: gone });
  }

  return [
    registerCommand('addClients', log, subjects.onRows(['group', 'client'], addClients)),
    registerCommand('removeClients', log, subjects.onRows(['client'], removeClients)),
  ];
}

function clientIdsOfRows(rows: readonly TreeNode[]): string[] {
  return [...new Set(rows.flatMap((row) => (row.kind === 'client' ? [row.clientId] : [])))];
}

function removalText(clientIds: readonly string[]): string {
  const [first = ''] = clientIds;
  return clientIds.length === 1
    ? t('Remove client "{0}" from its group? Nothing changes in the cloud.', first)
    : t('Remove {0} clients from their group? Nothing changes in the cloud.', numberText(clientIds.length));
}

async function pickClients(clientIds: readonly string[]): Promise<string[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    clientIds.map((clientId) => ({ label: withoutIcons(clientId), clientId })),
    { title: t('Remove Clients'), canPickMany: true },
  );
  return picked?.map(({ clientId }) => clientId);
}
