import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Credentials } from '../../host/credentials';
import type { InventoryFile } from '../../host/inventoryFile';
import { isGroupId } from '../../model/clientId';
import { destination } from '../../model/destination';
import type { Instance } from '../../model/inventory';
import { type ParsedClientIds, sortOut } from '../../model/parseClientIds';
import { askClientIds, summaryOf } from '../inputs/clientsInput';
import { askCredential, askInstance, type InstanceDetails } from '../inputs/instanceInput';
import { askText } from '../inputs/steps';
import { registerCommand } from '../run';
import { isTreeNode, type TreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { destinationProblemText } from '../words';
import { readArguments, type Subjects } from './arguments';

const t = vscode.l10n.t;
const text = v.pipe(v.string(), v.trim(), v.nonEmpty());
const details = v.object({
  name: text,
  instanceId: text,
  regionId: v.optional(text),
  endpoint: v.optional(text),
  credential: text,
});

export interface InventoryCommandParts {
  readonly inventory: InventoryFile;
  readonly credentials: Credentials;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that change what is saved. */
export function inventoryCommands({
  inventory,
  credentials,
  subjects,
  log,
}: InventoryCommandParts): vscode.Disposable[] {
  const isByHand = (argument: unknown): boolean => argument === undefined || isTreeNode(argument);

  async function askDetails(initial: InstanceDetails, title: string): Promise<InstanceDetails | undefined> {
    await inventory.ready;
    const others = inventory.inventory.instances.filter(({ instanceId }) => instanceId !== initial.instanceId);
    const names = new Set([
      ...(await credentials.names()),
      ...inventory.inventory.instances.map(({ credential }) => credential),
    ]);
    return askInstance(initial, { title, others, credentialNames: [...names] });
  }

  async function addInstance(argument: unknown): Promise<void> {
    const isAsked = isByHand(argument);
    const empty = { name: '', instanceId: '', credential: '' };
    const given = isAsked ? await askDetails(empty, t('Add Instance')) : readArguments(details, argument);
    if (given === undefined) return;
    assertPlace(given);
    const key =
      isAsked && !(await credentials.has(given.credential)) ? await askCredential(given.credential) : undefined;
    await inventory.edit({ kind: 'addInstance', instance: given });
    if (key !== undefined) await credentials.set(given.credential, key);
  }

  async function editInstance(argument: unknown): Promise<void> {
    const instance = await subjects.instance(isByHand(argument) ? argument : { instance: instanceArgument(argument) });
    if (instance === undefined) return;
    const before = detailsOf(instance);
    const given = isByHand(argument) ? await askDetails(before, t('Edit Instance')) : merged(before, argument);
    if (given === undefined) return;
    assertPlace(given);
    await inventory.edit({ kind: 'editInstance', instanceId: instance.instanceId, details: given });
  }

  async function removeInstance(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    const question = t(
      'Remove the instance "{0}" with its groups and clients from the inventory? Nothing changes in the cloud.',
      instance.name,
    );
    if (isByHand(argument) && !(await confirm(question))) return;
    await inventory.edit({ kind: 'removeInstance', instanceId: instance.instanceId });
  }

  async function addGroup(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    const given = isByHand(argument)
      ? await askGroup(instance)
      : readArguments(v.object({ name: text, groupId: v.optional(text) }), argument);
    if (given !== undefined) await inventory.edit({ kind: 'addGroup', instanceId: instance.instanceId, ...given });
  }

  async function renameGroup(argument: unknown): Promise<void> {
    const found = await groupOf(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const others = instance.groups.filter(({ name }) => name !== group.name).map(({ name }) => name);
    const name = isByHand(argument)
      ? await askGroupName(t('Rename Group'), others, group.name)
      : readArguments(v.object({ name: text }), argument).name;
    if (name !== undefined)
      await inventory.edit({ kind: 'renameGroup', instanceId: instance.instanceId, group: group.name, name });
  }

  async function removeGroup(argument: unknown): Promise<void> {
    const found = await groupOf(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const question = t(
      'Remove the group "{0}" with its {1} clients from the inventory? Nothing changes in the cloud.',
      group.name,
      group.clientIds.length,
    );
    if (isByHand(argument) && !(await confirm(question))) return;
    await inventory.edit({ kind: 'removeGroup', instanceId: instance.instanceId, group: group.name });
  }

  async function addClients(argument: unknown): Promise<ParsedClientIds | undefined> {
    const found = await groupOf(argument);
    if (found === undefined) return undefined;
    const { instance, group } = found;
    const context = { groupId: group.groupId, known: new Set(group.clientIds) };
    const parsed = isByHand(argument)
      ? await askClientIds(t('Add Clients to "{0}"', group.name), context)
      : sortOut(readArguments(v.object({ clientIds: v.array(v.string()) }), argument).clientIds, context);
    if (parsed === undefined) return undefined;
    await inventory.edit({
      kind: 'addClients',
      instanceId: instance.instanceId,
      group: group.name,
      clientIds: parsed.accepted,
    });
    if (isByHand(argument)) void vscode.window.showInformationMessage(summaryOf(parsed));
    return parsed;
  }

  async function removeClients(argument: unknown, selected: unknown): Promise<void> {
    const rows = isTreeNode(argument) ? clientRows(argument, selected) : [];
    for (const [group, clientIds] of byGroup(rows)) {
      await inventory.edit({
        kind: 'removeClients',
        instanceId: group.parent.instance.instanceId,
        group: group.group.name,
        clientIds,
      });
    }
    if (rows.length > 0) return;
    const found = await groupOf(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const clientIds = isByHand(argument)
      ? await pickClients(group.clientIds)
      : readArguments(v.object({ clientIds: v.array(v.string()) }), argument).clientIds;
    if (clientIds !== undefined)
      await inventory.edit({ kind: 'removeClients', instanceId: instance.instanceId, group: group.name, clientIds });
  }

  async function groupOf(argument: unknown) {
    const instance = await subjects.instance(argument);
    const group = instance === undefined ? undefined : await subjects.group(instance, argument);
    return instance === undefined || group === undefined ? undefined : { instance, group };
  }

  return [
    registerCommand('addInstance', log, addInstance),
    registerCommand('editInstance', log, editInstance),
    registerCommand('removeInstance', log, removeInstance),
    registerCommand('addGroup', log, addGroup),
    registerCommand('renameGroup', log, renameGroup),
    registerCommand('removeGroup', log, removeGroup),
    registerCommand('addClients', log, addClients),
    registerCommand('removeClients', log, removeClients),
    registerCommand('openInventory', log, () => inventory.open()),
  ];
}

/** editInstance goes by `instance`, or by the instance ID among the details. */
function instanceArgument(argument: unknown): string {
  const { instance, instanceId } = readArguments(
    v.object({ instance: v.optional(v.string()), instanceId: v.optional(v.string()) }),
    argument,
  );
  return readArguments(v.object({ instance: text }), { instance: instance ?? instanceId }).instance;
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

function detailsOf({ name, instanceId, regionId, endpoint, credential }: Instance): InstanceDetails {
  return { name, instanceId, regionId, endpoint, credential };
}

function assertPlace(given: InstanceDetails): void {
  const found = destination(given);
  if (found.kind === 'refused') throw new UserError(destinationProblemText(found.reason));
}

async function confirm(question: string): Promise<boolean> {
  const remove = t('Remove');
  return (await vscode.window.showWarningMessage(question, { modal: true }, remove)) === remove;
}

async function askGroup(instance: Instance) {
  const name = await askGroupName(
    t('Add Group'),
    instance.groups.map((group) => group.name),
    '',
  );
  if (name === undefined) return undefined;
  const prompt = t('Group ID (GID_…), completes bare device IDs; leave it empty if you have none');
  const problem = (typed: string): string | undefined =>
    typed.trim() === '' || isGroupId(typed.trim())
      ? undefined
      : t('A group ID starts with GID_ or GID- and has 7 to 64 letters, digits, "-" and "_".');
  const groupId = await askText({ title: t('Add Group'), prompt, problem, value: isGroupId(name) ? name : '' });
  if (groupId.kind !== 'value') return undefined;
  return groupId.value.trim() === '' ? { name } : { name, groupId: groupId.value.trim() };
}

async function askGroupName(title: string, taken: readonly string[], value: string): Promise<string | undefined> {
  const problem = (typed: string): string | undefined =>
    typed.trim() === ''
      ? t('Enter a name.')
      : taken.includes(typed.trim())
        ? t('There is a group named "{0}" in this instance already.', typed.trim())
        : undefined;
  const result = await askText({ title, prompt: t('Name of the group'), value, problem });
  return result.kind === 'value' ? result.value.trim() : undefined;
}

async function pickClients(clientIds: readonly string[]): Promise<string[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    clientIds.map((label) => ({ label })),
    { title: t('Remove Clients'), canPickMany: true },
  );
  return picked?.map(({ label }) => label);
}

type ClientRow = Extract<TreeNode, { kind: 'client' }>;

function clientRows(node: TreeNode, selected: unknown): ClientRow[] {
  const rows = Array.isArray(selected) ? selected.filter(isTreeNode) : [node];
  return rows.filter((row) => row.kind === 'client');
}

function byGroup(rows: readonly ClientRow[]): Map<ClientRow['parent'], string[]> {
  const groups = new Map<ClientRow['parent'], string[]>();
  for (const { parent, clientId } of rows) groups.set(parent, [...(groups.get(parent) ?? []), clientId]);
  return groups;
}
