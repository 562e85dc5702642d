import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { assertTrusted } from '../../host/trust';
import { COMMANDS } from '../../manifest';
import type { Instance } from '../../model/inventory/inventory';
import type { Subjects } from './arguments';
import { askUntil } from './watchCommands';

const SHOWN_MS = 10_000;

export interface ClientDeedsParts {
  readonly inventory: Pick<Inventories, 'edit'>;
  readonly settings: Pick<Settings, 'watchMinutes'>;
  readonly subjects: Pick<Subjects, 'group'>;
}

/** Asks what is waited for, and starts the watch of one client. */
export async function watchClient(
  { settings }: ClientDeedsParts,
  { instanceId }: Instance,
  clientId: string,
): Promise<void> {
  assertTrusted();
  const until = await askUntil({ instanceId, clientIds: [clientId] }, settings.watchMinutes);
  if (until === undefined) return;
  // Not awaited: it settles when the watch has ended, which its own notification tells.
  void vscode.commands.executeCommand(COMMANDS.watch, { instance: instanceId, clientId, until });
}

/** Saves one client in a group, asking which where there are several. */
export async function addToGroup(
  { inventory, subjects }: ClientDeedsParts,
  instance: Instance,
  clientId: string,
): Promise<void> {
  assertTrusted();
  const group = await subjects.group(instance, undefined);
  if (group === undefined) return;
  const { instanceId } = instance;
  await inventory.edit({ kind: 'addClients', instanceId, group: group.name, clientIds: [clientId] });
  sayShortly(vscode.l10n.t('{0} is in "{1}" of "{2}".', clientId, group.name, instance.name));
}

/** Says something in the status bar for a moment. */
export function sayShortly(text: string): void {
  vscode.window.setStatusBarMessage(text, SHOWN_MS);
}
