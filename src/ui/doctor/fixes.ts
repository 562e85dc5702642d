import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { COMMANDS, PREFIX, SETTINGS } from '../../manifest';
import { FIXES, type Fix } from '../../model/doctor/sentence';
import { findInstance } from '../../model/inventory/inventory';
import { readArguments } from '../commands/arguments';
import { registerCommand, tellFailure } from '../run';
import type { InstanceNode } from '../tree/nodes';
import { UserError } from '../userError';
import { editProblemText } from '../words/words';
import { InventoryEditError } from '../../model/inventory/editInventory';

const shape = v.object({
  fix: v.optional(v.picklist(FIXES)),
  instance: v.optional(v.string()),
  /** As the service writes them. */
  copyRequestId: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
});

/** What a link or a lens of a failure does. */
export type FixLink = v.InferOutput<typeof shape>;

export interface FixesParts {
  readonly inventory: Pick<Inventories, 'ready' | 'inventory'>;
  /** The row of an instance, which the commands of its menu take. */
  readonly rowOf: (instanceId: string) => InstanceNode | undefined;
  readonly log: Log;
}

/** Does what a failure offers, from a tooltip, a message or a report. A link may stand anywhere: it is trusted in nothing. */
export function fixCommand(parts: FixesParts): vscode.Disposable {
  return registerCommand('applyFix', parts.log, async (argument) => {
    const { fix, instance, copyRequestId } = readArguments(shape, argument);
    if (copyRequestId !== undefined) await vscode.env.clipboard.writeText(copyRequestId);
    if (fix !== undefined)
      await apply(parts, fix, instance ?? '').catch((error: unknown) => void tellFailure(error, parts.log));
  });
}

async function apply({ inventory, rowOf }: FixesParts, fix: Fix, instanceId: string): Promise<void> {
  await inventory.ready;
  const run = vscode.commands.executeCommand;
  if (fix === 'proxySettings') return run('workbench.action.openSettings', 'http.proxy');
  if (fix === 'rateSetting') return run('workbench.action.openSettings', `@id:${PREFIX}.${SETTINGS.maxCallsPerSecond}`);
  if (fix === 'startLocal') return run(COMMANDS.startLocalInstance);
  const found = findInstance(inventory.inventory, instanceId);
  const row = found === undefined ? undefined : rowOf(found.instanceId);
  if (row === undefined) throw new UserError(editProblemText(new InventoryEditError('noSuchInstance', instanceId)));
  return run(COMMAND_OF[fix], row);
}

const COMMAND_OF: Readonly<Record<Exclude<Fix, 'proxySettings' | 'rateSetting' | 'startLocal'>, string>> = {
  setCredential: COMMANDS.setCredential,
  bindCredential: COMMANDS.bindCredential,
  editInstance: COMMANDS.editInstance,
  tryRegion: COMMANDS.tryRegion,
  copyPolicy: COMMANDS.copyRamPolicy,
  diagnose: COMMANDS.diagnoseInstance,
};
