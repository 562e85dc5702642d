import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { checkLinkText, MOST_LINKED_CLIENTS } from '../../model/checkLink';
import { clientIdsOf, type Instance } from '../../model/inventory/inventory';
import { readArguments, type Subjects } from '../commands/arguments';
import { chosenRows } from '../commands/chosen';
import { pickClientId } from '../inputs/clientPick';
import { registerCommand } from '../run';
import { isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';

const t = vscode.l10n.t;
const shape = v.union([v.object({ clientIds: v.array(v.string()) }), v.object({ clientId: v.string() })]);

export interface CopyLinkParts {
  readonly subjects: Subjects;
  /** Names this extension in links: publisher and name. */
  readonly extensionId: string;
  readonly log: Log;
}

interface Linked {
  readonly instance: Instance;
  readonly clientIds: readonly string[];
}

/** Copies links by which another person, with the same instance saved, comes to the same clients. They hold no key. */
export function copyLink({ subjects, extensionId, log }: CopyLinkParts): vscode.Disposable {
  async function clientsOf(argument: unknown, selected: unknown): Promise<Linked[]> {
    if (isTreeNode(argument))
      return chosenRows(argument, selected).flatMap(({ instance, of }) =>
        'clientIds' in of ? [{ instance, clientIds: of.clientIds }] : [],
      );
    const instance = await subjects.instance(argument);
    const clientIds = instance === undefined ? undefined : await idsOf(instance, argument);
    return instance === undefined || clientIds === undefined ? [] : [{ instance, clientIds }];
  }

  const copy = async (argument: unknown, selected: unknown): Promise<string | undefined> => {
    const base = `${vscode.env.uriScheme}://${extensionId}`;
    const links = (await clientsOf(argument, selected)).flatMap(({ instance, clientIds }) =>
      inParts(clientIds).map((part) => checkLinkText(base, { instance: instance.instanceId, clientIds: part })),
    );
    if (links.length === 0) return undefined;
    const text = links.join('\n');
    await vscode.env.clipboard.writeText(text);
    return text;
  };
  return registerCommand('copyLink', log, subjects.onRows(['client'], copy));
}

async function idsOf(instance: Instance, argument: unknown): Promise<string[] | undefined> {
  if (argument === undefined) {
    const saved = clientIdsOf(instance);
    if (saved.length === 0) throw new UserError(t('"{0}" has no clients yet. Run "Add Clients" first.', instance.name));
    const clientId = await pickClientId(t('Choose a client'), instance);
    return clientId === undefined ? undefined : [clientId];
  }
  const given = readArguments(shape, argument);
  return 'clientId' in given ? [given.clientId] : given.clientIds;
}

/** No link names more clients than it is followed for. */
function inParts(clientIds: readonly string[]): string[][] {
  const ids = [...new Set(clientIds)];
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += MOST_LINKED_CLIENTS) parts.push(ids.slice(at, at + MOST_LINKED_CLIENTS));
  return parts;
}
