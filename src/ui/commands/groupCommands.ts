import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Group } from '../../model/inventory/inventory';
import { askGroupName, askNewGroups } from '../inputs/groupInput';
import { registerCommand } from '../run';
import { sharedText } from '../team/teamWords';
import { confirm } from '../tell';
import { isTreeNode } from '../tree/nodes';
import { countText, numberText } from '../words/numbers';
import { listText } from '../words/words';
import { filledText, isByHand, readArguments } from './arguments';
import { rowsChosen } from './chosen';
import type { InventoryCommandParts } from './inventoryCommandParts';

const t = vscode.l10n.t;

/** The commands that save, rename and remove groups. */
export function groupCommands({ inventory, account, subjects, log }: InventoryCommandParts): vscode.Disposable[] {
  async function addGroup(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    const given = isByHand(argument)
      ? await askNewGroups(instance, account)
      : [readArguments(v.object({ name: filledText, groupId: v.optional(filledText) }), argument)];
    for (const group of given ?? [])
      await inventory.edit({ kind: 'addGroup', instanceId: instance.instanceId, ...group });
  }

  async function renameGroup(argument: unknown): Promise<void> {
    const found = await subjects.place(argument);
    if (found === undefined) return;
    const { instance, group } = found;
    const others = instance.groups.filter(({ name }) => name !== group.name).map(({ name }) => name);
    const name = isByHand(argument)
      ? await askNewName(others, group.name)
      : readArguments(v.object({ name: filledText }), argument).name;
    if (name !== undefined)
      await inventory.edit({ kind: 'renameGroup', instanceId: instance.instanceId, group: group.name, name });
  }

  async function removeGroups(argument: unknown, selected: unknown): Promise<void> {
    const chosen = isTreeNode(argument)
      ? rowsChosen(argument, selected).flatMap((row) =>
          row.kind === 'group' ? [{ instance: row.parent.instance, group: row.group }] : [],
        )
      : [await subjects.place(argument)];
    const places = chosen.filter((each) => each !== undefined);
    const question = removalQuestion(places.map(({ group }) => group));
    if (places.length === 0) return;
    const shared = sharedText(places.find(({ group }) => group.origin)?.group.origin);
    if (isByHand(argument) && !(await confirm(question, t('Remove'), shared))) return;
    for (const { instance, group } of places)
      await inventory.edit({ kind: 'removeGroup', instanceId: instance.instanceId, group: group.name });
  }

  return [
    registerCommand('addGroup', log, subjects.onRows(['instance', 'group', 'client'], addGroup)),
    registerCommand('renameGroup', log, subjects.onRows(['group'], renameGroup)),
    registerCommand('removeGroup', log, subjects.onRows(['group'], removeGroups)),
  ];
}

async function askNewName(taken: readonly string[], before: string): Promise<string | undefined> {
  const result = await askGroupName(t('Rename Group'), taken, before);
  return result.kind === 'value' ? result.value : undefined;
}

function removalQuestion(groups: readonly Group[]): string {
  const [{ name, clientIds } = { name: '', clientIds: [] }, ...others] = groups;
  if (others.length > 0)
    return t(
      'Remove these groups with their clients from the inventory? Nothing changes in the cloud. {0}',
      listText(
        groups.map((group) => group.name),
        0,
      ),
    );
  return countText(
    clientIds.length,
    t('Remove the group "{0}" with its client from the inventory? Nothing changes in the cloud.', name),
    t(
      'Remove the group "{0}" with its {1} clients from the inventory? Nothing changes in the cloud.',
      name,
      numberText(clientIds.length),
    ),
  );
}
