import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import type { FolderInventory } from '../../host/inventory/workspaceInventories';
import { pick } from '../inputs/steps';
import { withoutIcons } from '../tell';
import { UserError } from '../userError';

const t = vscode.l10n.t;

/** Asks for one of the open folders, where there are several; undefined when cancelled. */
export async function pickFolder({ folders }: Pick<Inventories, 'folders'>): Promise<FolderInventory | undefined> {
  assertAny(folders);
  if (folders.length === 1) return folders[0];
  const items = folders.map((value) => ({
    label: withoutIcons(value.folder.name),
    description: withoutIcons(value.folder.uri.fsPath),
    value,
  }));
  return pick({ title: t('Choose a folder'), items });
}

/** The open folder with a name or path, or the only one. Throws UserError where there is none or no telling which. */
export function folderNamed({ folders }: Pick<Inventories, 'folders'>, name: string | undefined): FolderInventory {
  assertAny(folders);
  const [first, second] = folders;
  if (name === undefined && second !== undefined)
    throw new UserError(t('Several folders are open: name one of them in "folder".'));
  const found =
    name === undefined
      ? first
      : folders.find(({ folder, key }) => [folder.name, folder.uri.fsPath, key].includes(name));
  if (found === undefined) throw new UserError(t('No folder "{0}" is open.', name ?? ''));
  return found;
}

function assertAny(folders: readonly FolderInventory[]): void {
  if (folders.length > 0) return;
  throw new UserError(
    vscode.workspace.isTrusted
      ? t('No folder of this machine is open.')
      : t('This workspace is not trusted, so no inventory in it is read or written.'),
  );
}
