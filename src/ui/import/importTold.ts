import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { tellInformation } from '../tell';
import { countText, numberText } from '../words/numbers';
import { newsText } from './importWords';
import { summaryOf } from './importPreview';
import type { ImportedInventory } from './inventoryImport';

const t = vscode.l10n.t;

/** Says what was imported, with a way to take exactly that out again. */
export async function tellImported(group: string, parsed: ParsedClientIds, undo: () => Promise<void>): Promise<void> {
  const actions = parsed.accepted.length === 0 ? [] : [t('Undo'), t('Open Inventory File')];
  const chosen = await tellInformation(t('Imported into "{0}": {1}.', group, summaryOf(parsed)), ...actions);
  if (chosen === t('Undo')) {
    await undo();
    void tellInformation(undoneText(group, parsed.accepted.length));
  } else if (chosen !== undefined) await vscode.commands.executeCommand(COMMANDS.openInventory);
}

function undoneText(group: string, count: number): string {
  return countText(
    count,
    t('1 client was taken out of "{0}" again.', group),
    t('{0} clients were taken out of "{1}" again.', numberText(count), group),
  );
}

/** Says what came of an imported inventory. */
export async function tellImportedInventory(told: ImportedInventory): Promise<void> {
  const { instances, groups, clients, alreadyKnown } = told;
  const text = t('Imported: new instances: {0}, {1}.', numberText(instances), newsText(groups, clients, alreadyKnown));
  if ((await tellInformation(text, t('Open Inventory File'))) !== undefined)
    await vscode.commands.executeCommand(COMMANDS.openInventory);
}
