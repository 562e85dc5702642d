import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { pickClientId } from '../inputs/clientPick';
import type { InstancesView } from '../tree/instancesView';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import type { TreeRows } from '../tree/treeRows';
import { UserError } from '../userError';
import { readArguments, type Subjects } from './arguments';

const t = vscode.l10n.t;

export interface TreeCommandParts {
  readonly tree: { readonly rows: Pick<TreeRows, 'showMore' | 'rowOf'> };
  readonly view: Pick<InstancesView, 'show'>;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that show rows which are not there yet. */
export function treeCommands({ tree, view, subjects, log }: TreeCommandParts): vscode.Disposable[] {
  /** The first new row gets the focus, so that the keyboard goes on where the page ended. */
  async function more(argument: unknown): Promise<void> {
    if (!isTreeNode(argument) || argument.kind !== 'more') return;
    const first = tree.rows.showMore(argument.parent);
    if (first !== undefined) await view.show(first);
  }

  async function findClient(argument: unknown): Promise<void> {
    const instance = await subjects.instance(argument);
    if (instance === undefined) return;
    const clientId =
      argument === undefined || isTreeNode(argument)
        ? await pickClientId(t('Find a client of "{0}"', instance.name), instance)
        : readArguments(v.object({ clientId: v.string() }), argument).clientId;
    if (clientId === undefined) return;
    const row = tree.rows.rowOf(instance.instanceId, clientId);
    if (row === undefined) throw new UserError(t('"{0}" is in no group of "{1}".', clientId, instance.name));
    await view.show(row);
  }

  return [
    registerCommand('showMore', log, more),
    registerCommand('findClient', log, subjects.onRows(['instance', 'group', 'client', 'more'], findClient)),
  ];
}
