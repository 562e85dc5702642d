import * as vscode from 'vscode';
import type { Log } from '../base/log';
import { COMMANDS } from '../manifest';
import { InventoryEditError } from '../model/editInventory';
import { isTreeNode } from './tree/nodes';
import { UserError } from './userError';
import { editProblemText } from './words';

type Handler = (argument: unknown, selected: unknown) => unknown;

/** Registers a command. A person gets one sentence for a failure; a caller without UI gets the error itself. */
export function registerCommand(id: keyof typeof COMMANDS, log: Log, handler: Handler): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS[id], async (argument: unknown, selected: unknown) => {
    try {
      return await handler(argument, selected);
    } catch (error) {
      const told = sayable(error, log);
      if (argument !== undefined && !isTreeNode(argument)) throw told;
      void tell(told, error);
      return undefined;
    }
  });
}

function sayable(error: unknown, log: Log): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof InventoryEditError) return new UserError(editProblemText(error));
  log.error(error instanceof Error ? `${error.name}: ${error.message}` : 'A command failed');
  return new UserError(vscode.l10n.t('Something went wrong; the log says more.'));
}

async function tell(told: UserError, cause: unknown): Promise<void> {
  const open = vscode.l10n.t('Open Inventory File');
  const actions = cause instanceof InventoryEditError && cause.reason === 'broken' ? [open] : [];
  const chosen = await vscode.window.showErrorMessage(told.message, ...actions);
  if (chosen === open) await vscode.commands.executeCommand(COMMANDS.openInventory);
}
