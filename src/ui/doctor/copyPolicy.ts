import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import {
  actionsOfFeatures,
  INSTANCE_ACCESS,
  POLICY_FEATURES,
  type PolicyFeature,
  ramPolicy,
} from '../../model/doctor/ramPolicy';
import { findInstance, type Instance } from '../../model/inventory/inventory';
import { readArguments } from '../commands/arguments';
import { rowsChosen } from '../commands/chosen';
import { registerCommand } from '../run';
import { tellInformation, withoutIcons } from '../tell';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { runOnText } from '../words/joiners';
import type { Reports } from './reports';
import { editProblemText } from '../words/words';
import { InventoryEditError } from '../../model/inventory/editInventory';
import type { Subjects } from '../commands/arguments';

const t = vscode.l10n.t;
const RAM_CONSOLE = 'https://ram.console.aliyun.com/policies';
const shape = v.object({
  instances: v.pipe(v.array(v.string()), v.nonEmpty()),
  features: v.pipe(v.array(v.picklist(POLICY_FEATURES)), v.nonEmpty()),
});

export interface CopyPolicyParts {
  readonly inventory: Pick<Inventories, 'ready' | 'inventory'>;
  readonly subjects: Subjects;
  readonly reports: Reports;
  readonly log: Log;
}

/** "Copy RAM Policy…": the least that a key needs for what is chosen, shown and on the clipboard. Nothing is sent. */
export function copyPolicyCommand(parts: CopyPolicyParts): vscode.Disposable {
  const { subjects, log } = parts;
  return registerCommand(
    'copyRamPolicy',
    log,
    subjects.onRows(['instance'], async (argument, selected) => {
      await parts.inventory.ready;
      if (argument !== undefined && !isTreeNode(argument)) return policyOf(parts, argument);
      const rows = isTreeNode(argument) ? rowsChosen(argument, selected) : [];
      const instances = await askInstances(
        parts,
        rows.map((row) => instanceOf(row).instance.instanceId),
      );
      const features = instances === undefined ? undefined : await askFeatures();
      if (instances === undefined || features === undefined) return undefined;
      return showPolicy(parts, instances, features);
    }),
  );
}

/** The policy as text, for a caller without UI. */
function policyOf({ inventory }: CopyPolicyParts, argument: unknown): string {
  const { instances, features } = readArguments(shape, argument);
  const ids = instances.map((named) => {
    const found = findInstance(inventory.inventory, named);
    if (found === undefined) throw new UserError(editProblemText(new InventoryEditError('noSuchInstance', named)));
    return found.instanceId;
  });
  return ramPolicy(ids, features);
}

async function showPolicy(
  { reports }: CopyPolicyParts,
  instances: readonly Instance[],
  features: readonly PolicyFeature[],
): Promise<undefined> {
  const ids = instances.map(({ instanceId }) => instanceId);
  const text = ramPolicy(ids, features);
  await vscode.env.clipboard.writeText(text);
  const uri = reports.uriOf(t('RAM Policy'), ids.join(' '), 'json');
  reports.set(uri, { text, lenses: [] });
  await reports.show(uri);
  void tellCopied(features);
  return undefined;
}

/** The console opens on request alone. */
async function tellCopied(features: readonly PolicyFeature[]): Promise<void> {
  const open = t('Open RAM Console');
  const isWhole = actionsOfFeatures(features).includes(INSTANCE_ACCESS);
  const message = runOnText([
    t('The policy was copied. Create it in the RAM console and attach it to the user or role of the key.'),
    ...(isWhole
      ? []
      : [
          t(
            "One of the vendor's pages wants {0} for every operation: add it where calls are still denied.",
            INSTANCE_ACCESS,
          ),
        ]),
  ]);
  if ((await tellInformation(message, open)) === open) await vscode.env.openExternal(vscode.Uri.parse(RAM_CONSOLE));
}

/** Those of the rows are ticked; all where it was asked for none. A single one is not asked about. */
async function askInstances(
  { inventory }: CopyPolicyParts,
  ticked: readonly string[],
): Promise<readonly Instance[] | undefined> {
  const { instances } = inventory.inventory;
  if (instances.length === 0)
    throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
  if (instances.length === 1) return instances;
  const items = instances.map((instance) => ({
    instance,
    label: withoutIcons(instance.name),
    description: withoutIcons(instance.instanceId),
    picked: ticked.length === 0 || ticked.includes(instance.instanceId),
  }));
  const title = t('Copy RAM Policy');
  const placeHolder = t('The instances that the policy is for');
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ instance }) => instance);
}

/** What checks need is ticked. */
async function askFeatures(): Promise<readonly PolicyFeature[] | undefined> {
  const items = POLICY_FEATURES.map((feature) => ({
    feature,
    label: featureText(feature),
    description: actionsOfFeatures([feature]).join(', '),
    picked: feature === 'batch' || feature === 'realTime',
  }));
  const title = t('Copy RAM Policy');
  const placeHolder = t('What the key may be used for');
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ feature }) => feature);
}

function featureText(feature: PolicyFeature): string {
  switch (feature) {
    case 'batch':
      return t('Check many clients (batch)');
    case 'realTime':
      return t('Verify a client in real time');
    case 'trace':
      return t('Say why a client is offline (trace)');
    case 'lists':
      return t('List the groups of an instance');
  }
}
