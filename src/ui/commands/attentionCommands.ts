import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import {
  type Attention,
  attentionOf,
  clientIdsOf,
  expectationsOf,
  type Instance,
} from '../../model/inventory/inventory';
import type { Acknowledgements } from '../../sessions/fleet/acknowledgements';
import { pickClientId } from '../inputs/clientPick';
import { pick } from '../inputs/steps';
import { registerCommand } from '../run';
import { withoutIcons } from '../tell';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { readArguments, type Subjects } from './arguments';
import { type Chosen, chosenRows, setAttention, type Subject } from './chosen';

const t = vscode.l10n.t;

export interface AttentionCommandParts {
  readonly inventory: Pick<Inventories, 'edit'>;
  readonly subjects: Subjects;
  readonly acknowledgements: Pick<Acknowledgements, 'acknowledge'>;
  readonly log: Log;
}

/** The commands that say what is wanted of groups and clients, and the one that says "seen". */
export function attentionCommands({
  inventory,
  subjects,
  acknowledgements,
  log,
}: AttentionCommandParts): vscode.Disposable[] {
  async function choose(argument: unknown, selected: unknown): Promise<Chosen[]> {
    return isTreeNode(argument) ? chosenRows(argument, selected) : chosenByName(argument);
  }

  async function chosenByName(argument: unknown): Promise<Chosen[]> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return [];
    const of = argument === undefined ? await askSubject(instance) : await namedSubject(instance, argument);
    return of === undefined ? [] : [{ instance, of }];
  }

  async function namedSubject(instance: Instance, argument: unknown): Promise<Subject | undefined> {
    const { clientId } = readArguments(v.object({ clientId: v.optional(v.string()) }), argument);
    if (clientId === undefined) {
      readArguments(v.object({ group: v.string() }), argument);
      const group = await subjects.group(instance, argument);
      return group === undefined ? undefined : { group: group.name };
    }
    if (!clientIdsOf(instance).includes(clientId))
      throw new UserError(t('"{0}" is in no group of "{1}".', clientId, instance.name));
    return { clientIds: [clientId] };
  }

  /** What comes from a group cannot be taken back from one of its clients: said, rather than nothing done. */
  async function expectNothing(argument: unknown, selected: unknown): Promise<void> {
    const chosen = await choose(argument, selected);
    for (const { instance, of } of isTreeNode(argument) ? [] : chosen) {
      const inherits = 'clientIds' in of ? of.clientIds.find((clientId) => isInherited(instance, clientId)) : undefined;
      if (inherits !== undefined)
        throw new UserError(t('What is expected of "{0}" comes from its group: choose the group.', inherits));
    }
    await setAttention(inventory, chosen, { expected: undefined });
  }

  const wanting = (id: Parameters<typeof registerCommand>[0], attention: Attention): vscode.Disposable =>
    registerCommand(
      id,
      log,
      subjects.onRows(['group', 'client'], async (argument, selected) =>
        setAttention(inventory, await choose(argument, selected), attention),
      ),
    );

  return [
    wanting('expectOnline', { expected: 'online' }),
    wanting('expectOffline', { expected: 'offline' }),
    registerCommand('expectNothing', log, subjects.onRows(['group', 'client'], expectNothing)),
    wanting('pin', { pinned: true }),
    wanting('unpin', { pinned: false }),
    registerCommand('acknowledge', log, () => acknowledgements.acknowledge()),
  ];
}

function isInherited(instance: Instance, clientId: string): boolean {
  return attentionOf(instance, clientId).expected === undefined && expectationsOf(instance).has(clientId);
}

/** Asks for a group, or for one client. */
async function askSubject(instance: Instance): Promise<Subject | undefined> {
  if (instance.groups.length === 0)
    throw new UserError(t('"{0}" has no group yet. Run "Add Group" first.', instance.name));
  const groups = instance.groups.map(({ name, groupId }) => ({
    label: `$(layers) ${withoutIcons(name)}`,
    description: withoutIcons(groupId ?? ''),
    value: { group: name },
  }));
  const aClient = { label: `$(search) ${t('One client…')}`, value: 'client' as const };
  const items = clientIdsOf(instance).length > 0 ? [...groups, aClient] : groups;
  const chosen = await pick<Subject | 'client'>({ title: t('Choose a group or a client'), items });
  if (chosen !== 'client') return chosen;
  const clientId = await pickClientId(t('Choose a client'), instance);
  return clientId === undefined ? undefined : { clientIds: [clientId] };
}
