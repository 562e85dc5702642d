import * as vscode from 'vscode';
import type { Log } from '../base/log';
import { assertTrusted, RestrictedModeError } from '../host/trust';
import { COMMANDS, COMMANDS_OF_TRUST } from '../manifest';
import { ApiError } from '../model/apiError';
import { isOfInstance } from '../model/doctor/sentence';
import { InventoryEditError } from '../model/inventory/editInventory';
import { tellError } from './tell';
import { isTreeNode } from './tree/nodes';
import { UserError } from './userError';
import { errorText, failureWords, fixText } from './words/failureWords';
import { editProblemText, restrictedText } from './words/words';

type Handler = (...given: readonly [argument?: unknown, selected?: unknown]) => unknown;

/** Registers a command. A person gets one sentence for a failure; a caller without UI gets the error itself. */
export function registerCommand(id: keyof typeof COMMANDS, log: Log, handler: Handler): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS[id], async (...given: [argument?: unknown, selected?: unknown]) => {
    try {
      if (COMMANDS_OF_TRUST.has(id)) assertTrusted();
      return await handler(...given);
    } catch (error) {
      if (!isByPerson(given[0])) throw sayable(error, log);
      void tellFailure(error, log);
      return undefined;
    }
  });
}

/** A menu hands over a row or a file, and a key nothing; all else comes from a caller. */
function isByPerson(argument: unknown): boolean {
  return argument === undefined || isTreeNode(argument) || argument instanceof vscode.Uri;
}

/** What a person is told of a failure: one sentence; what nobody foresaw goes to the log. */
export function sayable(error: unknown, log: Log): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof ApiError) return new UserError(errorText(error));
  if (error instanceof InventoryEditError) return new UserError(editProblemText(error));
  if (error instanceof RestrictedModeError) return new UserError(restrictedText());
  log.error(error instanceof Error ? `${error.name}: ${error.message}` : 'A command failed');
  return new UserError(vscode.l10n.t('Something went wrong; the log says more.'));
}

/** Tells a person of a failure, with buttons for what would help. */
export async function tellFailure(error: unknown, log: Log): Promise<void> {
  await offer(helpFor(error), (...titles) => tellError(sayable(error, log).message, ...titles));
}

/** A message has room for so many buttons. */
const MOST_BUTTONS = 3;

/** Shows a message with a button for each command, and runs the one that is chosen. */
export async function offer(
  commands: readonly vscode.Command[],
  tell: (...titles: string[]) => Thenable<string | undefined>,
): Promise<void> {
  const chosen = await tell(...commands.map(({ title }) => title));
  const command = commands.find(({ title }) => title === chosen);
  if (command !== undefined)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

function helpFor(error: unknown): vscode.Command[] {
  if (error instanceof InventoryEditError && error.reason === 'broken')
    return [{ title: vscode.l10n.t('Open Inventory File'), command: COMMANDS.openInventory }];
  if (error instanceof RestrictedModeError)
    return [{ title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' }];
  return error instanceof ApiError ? fixesFor(error).slice(0, MOST_BUTTONS) : [];
}

/** What helps against a failed call, as commands; what is done to an instance only where it is known to which. */
export function fixesFor(error: ApiError): vscode.Command[] {
  const { instanceId } = error.call;
  return failureWords(error)
    .fixes.filter((fix) => instanceId !== undefined || !isOfInstance(fix))
    .map((fix) => ({
      title: fixText(fix),
      command: COMMANDS.applyFix,
      arguments: [{ fix, ...(instanceId === undefined ? {} : { instance: instanceId }) }],
    }));
}
