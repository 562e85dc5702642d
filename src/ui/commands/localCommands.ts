import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { InventoryFile } from '../../host/inventoryFile';
import { VIEW_ID } from '../../manifest';
import { LOCAL_INSTANCE_ID } from '../../emulator/localKeys';
import { clientIdsOf, findInstance } from '../../model/inventory';
import type { Checks } from '../checks';
import { pick } from '../inputs/steps';
import type { LocalInstanceControl } from '../local/localInstanceControl';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { readArguments } from './arguments';

const t = vscode.l10n.t;

/** The commands of the local instance. */
export function localCommands(
  local: LocalInstanceControl,
  inventory: InventoryFile,
  checks: Checks,
  log: Log,
): vscode.Disposable[] {
  async function start(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => local.start());
    const target = findInstance(inventory.inventory, LOCAL_INSTANCE_ID);
    if (target !== undefined) await checks.run([{ target, clientIds: clientIdsOf(target) }], 'cached');
  }

  async function simulate(argument: unknown): Promise<void> {
    if (argument !== undefined && !isTreeNode(argument)) {
      const { clientId, online } = readArguments(v.object({ clientId: v.string(), online: v.boolean() }), argument);
      return local.simulate([{ clientId, isOnline: online }]);
    }
    const clientId = isTreeNode(argument) && argument.kind === 'client' ? argument.clientId : await pickClient();
    if (clientId === undefined) return;
    const items = [
      { label: t('Connect'), value: true },
      { label: t('Disconnect'), value: false },
    ];
    const isOnline = await pick({ title: t('Simulate {0}', clientId), items });
    if (isOnline !== undefined) await local.simulate([{ clientId, isOnline }]);
  }

  async function pickClient(): Promise<string | undefined> {
    await inventory.ready;
    const saved = findInstance(inventory.inventory, LOCAL_INSTANCE_ID);
    if (saved === undefined)
      throw new UserError(t('The local instance does not run in this window. Run "Start Local Instance" first.'));
    const items = clientIdsOf(saved).map((label) => ({ label, value: label }));
    return pick({
      title: t('Choose a client or type a client ID'),
      items,
      itemOfText: (text) => ({ label: text, value: text }),
    });
  }

  return [
    registerCommand('startLocalInstance', log, start),
    registerCommand('stopLocalInstance', log, () => local.stop()),
    registerCommand('simulateClient', log, simulate),
  ];
}
