import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { InventoryFile } from '../../host/inventory/inventoryFile';
import { VIEW_ID } from '../../manifest';
import { LOCAL_INSTANCE_ID } from '../../emulator/localKeys';
import { clientIdsOf, findInstance } from '../../model/inventory/inventory';
import type { Checks } from '../checks';
import { pickClientId } from '../inputs/clientPick';
import { pick } from '../inputs/steps';
import type { LocalInstanceControl } from '../local/localInstanceControl';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { listText } from '../words/words';
import { readArguments, type Subjects } from './arguments';
import { rowsChosen } from './chosen';

const t = vscode.l10n.t;

/** The commands of the local instance. */
export function localCommands(
  local: LocalInstanceControl,
  inventory: InventoryFile,
  checks: Checks,
  subjects: Subjects,
  log: Log,
): vscode.Disposable[] {
  async function start(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => local.start());
    const target = findInstance(inventory.inventory, LOCAL_INSTANCE_ID);
    if (target !== undefined) await checks.run([{ target, clientIds: clientIdsOf(target) }], 'cached');
  }

  async function simulate(argument: unknown, selected: unknown): Promise<void> {
    if (argument !== undefined && !isTreeNode(argument)) {
      const { clientId, online } = readArguments(v.object({ clientId: v.string(), online: v.boolean() }), argument);
      return local.simulate([{ clientId, isOnline: online }]);
    }
    const rows = isTreeNode(argument) ? rowsChosen(argument, selected) : [];
    const ofRows = [...new Set(rows.flatMap((row) => (row.kind === 'client' ? [row.clientId] : [])))];
    const chosen = ofRows.length > 0 ? ofRows : [await pickClient()];
    const clientIds = chosen.filter((clientId) => clientId !== undefined);
    if (clientIds.length === 0) return;
    const items = [
      { label: t('Connect'), value: true },
      { label: t('Disconnect'), value: false },
    ];
    const isOnline = await pick({
      title: t('Simulate {0}', listText(clientIds.slice(0, 3), Math.max(0, clientIds.length - 3))),
      items,
    });
    if (isOnline !== undefined) await local.simulate(clientIds.map((clientId) => ({ clientId, isOnline })));
  }

  async function pickClient(): Promise<string | undefined> {
    await inventory.ready;
    const saved = findInstance(inventory.inventory, LOCAL_INSTANCE_ID);
    if (saved === undefined)
      throw new UserError(t('The local instance does not run in this window. Run "Start Local Instance" first.'));
    return pickClientId(t('Choose a client or type a client ID'), saved, true);
  }

  return [
    registerCommand('startLocalInstance', log, start),
    registerCommand('stopLocalInstance', log, () => local.stop()),
    registerCommand('simulateClient', log, subjects.onRows(['client'], simulate)),
  ];
}
