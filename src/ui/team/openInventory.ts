import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { type FolderInventory, WORKSPACE_PATH } from '../../host/inventory/workspaceInventories';
import { readArguments } from '../commands/arguments';
import { pick } from '../inputs/steps';
import { registerCommand } from '../run';
import { withoutIcons } from '../tell';
import { folderNamed } from './folders';

const t = vscode.l10n.t;

/** The command that opens an inventory for editing by hand: the user's own, or that of a folder. */
export function openInventory(inventory: Inventories, log: Log): vscode.Disposable {
  return registerCommand('openInventory', log, async (argument: unknown) => {
    await inventory.ready;
    const chosen = argument === undefined ? await choose(inventory) : named(inventory, argument);
    if (chosen === 'own') await inventory.own.open();
    else await chosen?.file.open(template());
  });
}

/** A caller names a folder, or means the user's own. */
function named(inventory: Inventories, argument: unknown): FolderInventory | 'own' {
  const { workspace } = readArguments(v.object({ workspace: v.optional(v.string()) }), argument);
  return workspace === undefined ? 'own' : folderNamed(inventory, workspace);
}

/** Only where a folder has one there is something to choose. */
async function choose({ folders }: Inventories): Promise<FolderInventory | 'own' | undefined> {
  const there = folders.filter(({ file }) => file.isThere);
  if (there.length === 0) return 'own';
  const mine = { label: t('$(account) My inventory'), description: 'inventory.json', value: 'own' as const };
  const items = there.map((value) => ({
    label: `$(organization) ${withoutIcons(value.folder.name)}`,
    description: WORKSPACE_PATH,
    value,
  }));
  return pick<FolderInventory | 'own'>({ title: t('Which inventory to open'), items: [mine, ...items] });
}

/** Comments and all: whoever opens the file without this extension should know what it is. */
function template(): string {
  const lines = [
    t(
      'The instances, groups and client IDs that the team shares, for the extension "ApsaraMQ for MQTT: Client Status".',
    ),
    t('A credential stands here by name alone: each person binds a key of their own. Keys never stand in this file.'),
  ];
  return `{\n${lines.map((line) => `  // ${line}\n`).join('')}  "instances": []\n}\n`;
}
