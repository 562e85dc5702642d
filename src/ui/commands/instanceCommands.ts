import * as v from 'valibot';
import * as vscode from 'vscode';
import { destination } from '../../model/destination';
import type { InventoryEdit } from '../../model/inventory/editInventory';
import { detailsOf, type Instance, type InstanceDetails, isInstanceId } from '../../model/inventory/inventory';
import { keepKey } from '../credentials/keepKey';
import { askInstance, type EnteredInstance } from '../inputs/instanceInput';
import { registerCommand } from '../run';
import { sharedText } from '../team/teamWords';
import { confirm, tellInformation } from '../tell';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { instanceFitsText } from '../words/secretWords';
import { destinationProblemText, instanceIdProblemText, listText } from '../words/words';
import { filledText, isByHand, readArguments } from './arguments';
import { rowsChosen } from './chosen';
import type { InventoryCommandParts } from './inventoryCommandParts';

const t = vscode.l10n.t;
const details = v.object({
  name: filledText,
  instanceId: filledText,
  regionId: v.optional(filledText),
  endpoint: v.optional(filledText),
  credential: filledText,
});

/** The commands that save, change and remove instances. */
export function instanceCommands({
  inventory,
  credentials,
  account,
  subjects,
  log,
}: InventoryCommandParts): vscode.Disposable[] {
  /** Names and IDs are unique in a file; two files may well name the same instance. */
  async function ask(title: string, initial: InstanceDetails, saved?: Instance): Promise<EnteredInstance | undefined> {
    await inventory.ready;
    const { instances } = inventory.fileOf(saved?.origin?.file).inventory;
    const others = instances.filter(({ instanceId }) => instanceId !== initial.instanceId);
    const used = instances.map((instance) => detailsOf(instance).credential);
    const credentialNames = [...new Set([...(await credentials.names()), ...used])];
    const questions = { title, others, credentialNames, credentials, account };
    return askInstance(initial, saved === undefined ? questions : { ...questions, saved });
  }

  /** Saves the key after the instance: where that one is refused, neither is there. */
  async function save({ details: given, key, fit }: EnteredInstance, edit: InventoryEdit): Promise<void> {
    await inventory.edit(edit);
    const kept = key === undefined ? 'kept' : await keepKey(given.credential, key, credentials);
    const text = fit === 'fits' ? instanceFitsText(kept, given.name) : undefined;
    if (text !== undefined) void tellInformation(text);
  }

  async function addInstance(argument: unknown): Promise<void> {
    if (!isByHand(argument)) {
      const given = readArguments(details, argument);
      assertDetails(given);
      await inventory.edit({ kind: 'addInstance', instance: given });
      return;
    }
    const entered = await ask(t('Add Instance'), { name: '', instanceId: '', credential: '' });
    if (entered !== undefined) await save(entered, { kind: 'addInstance', instance: entered.details });
  }

  async function editInstance(argument: unknown): Promise<void> {
    const instance = await subjects.instance(isByHand(argument) ? argument : { instance: instanceArgument(argument) });
    if (instance === undefined) return;
    const [before, { instanceId }] = [detailsOf(instance), instance];
    if (!isByHand(argument)) {
      const given = merged(before, argument);
      assertDetails(given);
      await inventory.edit({ kind: 'editInstance', instanceId, details: given });
      return;
    }
    const entered = await ask(t('Edit Instance'), before, instance);
    if (entered !== undefined) await save(entered, { kind: 'editInstance', instanceId, details: entered.details });
  }

  async function removeInstances(argument: unknown, selected: unknown): Promise<void> {
    const chosen = isTreeNode(argument)
      ? rowsChosen(argument, selected).flatMap((row) => (row.kind === 'instance' ? [instanceOf(row).instance] : []))
      : [await subjects.instance(argument)];
    const instances = chosen.filter((each) => each !== undefined);
    if (instances.length === 0) return;
    const shared = sharedText(instances.find(({ origin }) => origin)?.origin);
    if (isByHand(argument) && !(await confirm(removalQuestion(instances), t('Remove'), shared))) return;
    for (const { instanceId } of instances) await inventory.edit({ kind: 'removeInstance', instanceId });
  }

  return [
    registerCommand('addInstance', log, addInstance),
    registerCommand('editInstance', log, subjects.onRows(['instance'], editInstance)),
    registerCommand('removeInstance', log, subjects.onRows(['instance'], removeInstances)),
  ];
}

function removalQuestion(instances: readonly Instance[]): string {
  const names = instances.map(({ name }) => name);
  return instances.length === 1
    ? t(
        'Remove the instance "{0}" with its groups and clients from the inventory? Nothing changes in the cloud.',
        names[0] ?? '',
      )
    : t(
        'Remove these instances with their groups and clients from the inventory? Nothing changes in the cloud. {0}',
        listText(names, 0),
      );
}

/** editInstance goes by `instance`, or by the instance ID among the details. */
function instanceArgument(argument: unknown): string {
  const { instance, instanceId } = readArguments(
    v.object({ instance: v.optional(v.string()), instanceId: v.optional(v.string()) }),
    argument,
  );
  return readArguments(v.object({ instance: filledText }), { instance: instance ?? instanceId }).instance;
}

function merged(before: InstanceDetails, argument: unknown): InstanceDetails {
  const changes = readArguments(v.partial(details), argument);
  const isMoved = changes.regionId !== undefined || changes.endpoint !== undefined;
  return readArguments(details, {
    ...before,
    ...(isMoved ? { regionId: undefined, endpoint: undefined } : {}),
    ...changes,
  });
}

function assertDetails(given: InstanceDetails): void {
  if (!isInstanceId(given.instanceId)) throw new UserError(instanceIdProblemText());
  const found = destination(given);
  if (found.kind === 'refused') throw new UserError(destinationProblemText(found.reason));
}
