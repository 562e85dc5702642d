import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance } from '../../model/inventory/inventory';
import { isMuted } from '../../model/inventory/muted';
import { readArguments, type Subjects } from '../commands/arguments';
import { type Chosen, chosenRows, setAttention } from '../commands/chosen';
import { pickClientId } from '../inputs/clientPick';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';

const t = vscode.l10n.t;
const shape = v.union([
  v.object({ instance: v.string(), group: v.string() }),
  v.object({ instance: v.string(), clientId: v.string() }),
]);

/** The commands that mute and unmute groups and clients in the inventory. */
export function muteCommands(inventory: Inventories, subjects: Subjects, log: Log): vscode.Disposable[] {
  async function set(argument: unknown, selected: unknown, muted: boolean): Promise<void> {
    await inventory.ready;
    const chosen = isTreeNode(argument) ? chosenRows(argument, selected) : await chosenByName(argument);
    await setAttention(inventory, chosen, { muted });
    if (!muted) chosen.forEach(assertHeard);
  }

  async function chosenByName(argument: unknown): Promise<Chosen[]> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return [];
    if (argument !== undefined) {
      const named = readArguments(shape, argument);
      return [{ instance, of: 'group' in named ? { group: named.group } : { clientIds: [named.clientId] } }];
    }
    const clientId = await pickClientId(t('Choose a client'), instance);
    return clientId === undefined ? [] : [{ instance, of: { clientIds: [clientId] } }];
  }

  /** Whoever unmutes a client of a muted group should know that it stays mute. */
  function assertHeard({ instance: { instanceId }, of }: Chosen): void {
    const instance = findInstance(inventory.inventory, instanceId);
    if (instance === undefined || 'group' in of) return;
    const muted = of.clientIds.find((clientId) => isMuted(instance, clientId));
    if (muted !== undefined) throw new UserError(t('"{0}" stays muted: its group is. Unmute the group.', muted));
  }

  const muting = (id: 'mute' | 'unmute', muted: boolean): vscode.Disposable =>
    registerCommand(
      id,
      log,
      subjects.onRows(['group', 'client'], (argument, selected) => set(argument, selected, muted)),
    );
  return [muting('mute', true), muting('unmute', false)];
}
