import type * as vscode from 'vscode';
import { clientCommands } from './clientCommands';
import { credentialCommands } from './credentialCommands';
import { groupCommands } from './groupCommands';
import { instanceCommands } from './instanceCommands';
import type { InventoryCommandParts } from './inventoryCommandParts';

/** The commands that change what is saved, and the keys to ask with. */
export function inventoryCommands(parts: InventoryCommandParts): vscode.Disposable[] {
  return [...instanceCommands(parts), ...groupCommands(parts), ...clientCommands(parts), ...credentialCommands(parts)];
}
