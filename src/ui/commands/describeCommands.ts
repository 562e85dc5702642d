import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { groupNamed } from '../../model/inventory/homes';
import { attentionOf, clientIdsOf, type Instance } from '../../model/inventory/inventory';
import { pickClientId } from '../inputs/clientPick';
import { askText } from '../inputs/steps';
import { registerCommand } from '../run';
import { instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { isByHand, readArguments, type Subjects } from './arguments';

const t = vscode.l10n.t;
const place = v.object({ clientId: v.optional(v.string()), group: v.optional(v.string()) });

/** One client or one group. */
type Described =
  { readonly instance: Instance; readonly clientId: string } | { readonly instance: Instance; readonly group: string };

export interface DescribeCommandParts {
  readonly inventory: Pick<Inventories, 'edit'>;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that give a client another name, and a client or a group a note. Nothing of it leaves the inventory. */
export function describeCommands({ inventory, subjects, log }: DescribeCommandParts): vscode.Disposable[] {
  async function setAlias(argument: unknown): Promise<void> {
    const about = await subjectOf(argument);
    if (about === undefined || !('clientId' in about)) return;
    const { instance, clientId } = about;
    const title = t('Alias of {0}', clientId);
    const prompt = t('A name to show in place of the device ID; empty for none');
    const given = isByHand(argument)
      ? await ask(title, prompt, attentionOf(instance, clientId).alias)
      : readArguments(v.object({ alias: v.string() }), argument).alias;
    if (given === undefined) return;
    const words = { alias: given.trim() === '' ? undefined : given.trim() };
    await inventory.edit({ kind: 'describe', instanceId: instance.instanceId, of: { clientIds: [clientId] }, words });
  }

  async function editNote(argument: unknown): Promise<void> {
    const about = await subjectOf(argument);
    if (about === undefined) return;
    const prompt = t('A note for the tooltip; empty for none');
    const given = isByHand(argument)
      ? await ask(t('Note on {0}', nameOf(about)), prompt, noteOf(about))
      : readArguments(v.object({ note: v.string() }), argument).note;
    if (given === undefined) return;
    const words = { note: given.trim() === '' ? undefined : given.trim() };
    const { instanceId } = about.instance;
    if ('group' in about) await inventory.edit({ kind: 'describe', instanceId, of: { group: about.group }, words });
    else await inventory.edit({ kind: 'describe', instanceId, of: { clientIds: [about.clientId] }, words });
  }

  /** Undefined when cancelled. */
  async function subjectOf(argument: unknown): Promise<Described | undefined> {
    if (isTreeNode(argument)) {
      const { instance } = instanceOf(argument);
      if (argument.kind === 'client') return { instance, clientId: argument.clientId };
      return argument.kind === 'group' ? { instance, group: argument.group.name } : undefined;
    }
    const instance = await subjects.instance(argument);
    if (instance === undefined) return undefined;
    if (argument === undefined) {
      const clientId = await pickClientId(t('Choose a client'), instance);
      return clientId === undefined ? undefined : { instance, clientId };
    }
    const named = readArguments(place, argument);
    if (named.clientId === undefined) {
      const group = await subjects.group(instance, readArguments(v.object({ group: v.string() }), argument));
      return group === undefined ? undefined : { instance, group: group.name };
    }
    if (!clientIdsOf(instance).includes(named.clientId))
      throw new UserError(t('"{0}" is in no group of "{1}".', named.clientId, instance.name));
    return { instance, clientId: named.clientId };
  }

  return [
    registerCommand('setAlias', log, subjects.onRows(['client'], setAlias)),
    registerCommand('editNote', log, subjects.onRows(['client', 'group'], editNote)),
  ];
}

async function ask(title: string, prompt: string, value = ''): Promise<string | undefined> {
  const result = await askText({ title, prompt, value });
  return result.kind === 'value' ? result.value : undefined;
}

function nameOf(about: Described): string {
  return 'group' in about ? about.group : about.clientId;
}

function noteOf(about: Described): string | undefined {
  return 'group' in about
    ? groupNamed(about.instance, about.group)?.note
    : attentionOf(about.instance, about.clientId).note;
}
