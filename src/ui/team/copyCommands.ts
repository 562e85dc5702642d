import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { FolderInventory } from '../../host/inventory/workspaceInventories';
import { ApiError } from '../../model/apiError';
import { vendorDestination } from '../../model/destination';
import { copyGroup } from '../../model/inventory/copyGroup';
import { detailsOf, type Group, type Instance, type InstanceDetails } from '../../model/inventory/inventory';
import { isByHand, readArguments, type Subjects } from '../commands/arguments';
import { registerCommand } from '../run';
import { confirm } from '../tell';
import { UserError } from '../userError';
import { countText, numberText } from '../words/numbers';
import { errorText } from '../words/failureWords';
import { folderNamed, pickFolder } from './folders';
import { originText, vendorProblemText } from './teamWords';
import type { WorkspaceConsent } from './workspaceConsent';

const t = vscode.l10n.t;
/** Each machine's local instance has the same ID and a port of its own, so none is written down. */
const ANY_LOCAL = 'localhost';

export interface CopyCommandParts {
  readonly inventory: Inventories;
  readonly consent: WorkspaceConsent;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that hand a group to the team, and take one over from it. */
export function copyCommands({ inventory, consent, subjects, log }: CopyCommandParts): vscode.Disposable[] {
  async function toWorkspace(argument: unknown): Promise<void> {
    const found = await subjects.place(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const details = shareable(instance);
    const folder = isByHand(argument)
      ? await pickFolder(inventory)
      : folderNamed(inventory, readArguments(v.object({ folder: v.optional(v.string()) }), argument).folder);
    if (folder === undefined) return;
    if (group.origin?.file === folder.key)
      throw new UserError(t('"{0}" is in {1} already.', group.name, originText(group.origin)));
    if (isByHand(argument) && !(await confirmSharing(group, details, folder))) return;
    await folder.file.edit(copyGroup(details, group, instance.clients));
  }

  async function toUser(argument: unknown): Promise<void> {
    const found = await subjects.place(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    if (group.origin === undefined) throw new UserError(t('"{0}" is in your own inventory already.', group.name));
    const details = await takenOver(instance, isByHand(argument));
    if (details !== undefined) await inventory.own.edit(copyGroup(details, group, instance.clients));
  }

  /** What the user's own file will say of the instance: a key of the person's, never the name in the team's file. */
  async function takenOver(instance: Instance, mayAsk: boolean): Promise<InstanceDetails | undefined> {
    const { origin, name, instanceId, regionId } = instance;
    if (origin === undefined) return detailsOf(instance);
    if (origin.refused !== undefined) throw new UserError(`${name}: ${vendorProblemText(origin.refused)}`);
    if (instance.credential === undefined && mayAsk && !(await consent.bind(instance))) return undefined;
    const { credential } = inventory.inventory.instances.find((each) => each.instanceId === instanceId) ?? instance;
    if (credential === undefined) throw new UserError(errorText(new ApiError('unbound', 'NoKeyBound')));
    return { name, instanceId, regionId, credential };
  }

  return [registerCommand('copyGroupToWorkspace', log, toWorkspace), registerCommand('copyGroupToUser', log, toUser)];
}

/** What the team's file may say of an instance. Throws UserError where nobody else's copy would be asked there. */
function shareable(instance: Instance): InstanceDetails {
  const { name, instanceId, credential } = detailsOf(instance);
  const place = vendorDestination(instance);
  if (place.kind === 'ok') return { name, instanceId, regionId: place.regionId, credential };
  if (place.reason === 'local' || instance.origin?.refused === 'local')
    return { name, instanceId, endpoint: ANY_LOCAL, credential };
  throw new UserError(
    t(
      '"{0}" is not at an endpoint of the vendor: a workspace may name no other, so its groups are not shared.',
      instance.name,
    ),
  );
}

function confirmSharing(
  { name, clientIds }: Group,
  details: InstanceDetails,
  { folder }: FolderInventory,
): Promise<boolean> {
  const [count, file] = [numberText(clientIds.length), originText({ folder: folder.name })];
  const question = countText(
    clientIds.length,
    t('Copy the group "{0}" with its client to {1}?', name, file),
    t('Copy the group "{0}" with its {1} clients to {2}?', name, count, file),
  );
  const { name: instance, instanceId, credential } = details;
  const detail = t(
    'Whoever has the folder reads it: the client IDs, the names and notes given to them and to the group, what is expected of them, the instance "{0}" ({1}), where it is, and the name "{2}" of its credential. No key is in it.',
    ...[instance, instanceId, credential],
  );
  return confirm(question, t('Copy'), detail);
}
