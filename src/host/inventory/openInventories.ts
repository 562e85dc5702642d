import * as vscode from 'vscode';
import { Inventories } from './inventories';
import { InventoryFile } from './inventoryFile';
import { PersonalState } from './personalState';
import { WorkspaceInventories } from './workspaceInventories';

/** Opens the user's own inventory in `storage`, and those of the open folders; what is a person's own goes to `memento`. */
export function openInventories(storage: vscode.Uri, memento: vscode.Memento): Inventories {
  const workspaces = new WorkspaceInventories(vscode.workspace);
  return new Inventories(new InventoryFile(storage), workspaces, new PersonalState(memento));
}
