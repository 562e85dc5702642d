import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { InventoryFile } from '../../host/inventoryFile';
import { clientIdsOf, type Instance } from '../../model/inventory';
import type { Freshness } from '../../sessions/question';
import type { CheckResult, Checks } from '../checks';
import { pick } from '../inputs/steps';
import { registerCommand } from '../run';
import { clientIdsUnder, instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { readArguments, type Subjects } from './arguments';

const t = vscode.l10n.t;

export interface CheckCommandParts {
  readonly inventory: InventoryFile;
  readonly checks: Checks;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that ask for the status of saved clients. */
export function checkCommands({ inventory, checks, subjects, log }: CheckCommandParts): vscode.Disposable[] {
  async function checkAll(): Promise<CheckResult[]> {
    await inventory.ready;
    const { instances } = inventory.inventory;
    if (instances.length === 0)
      throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
    return checks.run(
      instances.map((target) => ({ target, clientIds: clientIdsOf(target) })),
      'cached',
    );
  }

  async function checkInstance(argument: unknown): Promise<CheckResult[] | undefined> {
    const target = await subjects.instance(argument);
    return target === undefined ? undefined : checks.run([{ target, clientIds: clientIdsOf(target) }], 'cached');
  }

  async function checkGroup(argument: unknown): Promise<CheckResult[] | undefined> {
    const target = await subjects.instance(argument);
    const group = target === undefined ? undefined : await subjects.group(target, argument);
    return target === undefined || group === undefined
      ? undefined
      : checks.run([{ target, clientIds: group.clientIds }], 'cached');
  }

  async function checkClients(
    argument: unknown,
    selected: unknown,
    freshness: Freshness,
  ): Promise<CheckResult[] | undefined> {
    if (isTreeNode(argument)) {
      const rows = Array.isArray(selected) ? selected.filter(isTreeNode) : [argument];
      return checks.run(
        rows.map((row) => ({ target: instanceOf(row).instance, clientIds: clientIdsUnder(row) })),
        freshness,
      );
    }
    const target = await subjects.instance(argument);
    const clientId = target === undefined ? undefined : await clientOf(target, argument);
    return target === undefined || clientId === undefined
      ? undefined
      : checks.run([{ target, clientIds: [clientId] }], freshness);
  }

  async function copyClientId(argument: unknown, selected: unknown): Promise<void> {
    const rows = Array.isArray(selected) ? selected.filter(isTreeNode) : [argument].filter(isTreeNode);
    const ids = rows.length > 0 ? rows.flatMap(clientIdsUnder) : [await idToCopy(argument)];
    const text = ids.filter((id) => id !== undefined).join('\n');
    if (text !== '') await vscode.env.clipboard.writeText(text);
  }

  async function idToCopy(argument: unknown): Promise<string | undefined> {
    if (argument !== undefined) return readArguments(v.object({ clientId: v.string() }), argument).clientId;
    const instance = await subjects.instance(undefined);
    return instance === undefined ? undefined : clientOf(instance, undefined);
  }

  return [
    registerCommand('checkAll', log, checkAll),
    registerCommand('checkInstance', log, checkInstance),
    registerCommand('checkGroup', log, checkGroup),
    registerCommand('checkClient', log, (argument, selected) => checkClients(argument, selected, 'cached')),
    registerCommand('verifyClient', log, (argument, selected) => checkClients(argument, selected, 'verified')),
    registerCommand('cancelCheck', log, () => checks.cancel()),
    registerCommand('copyClientId', log, copyClientId),
  ];
}

async function clientOf(instance: Instance, argument: unknown): Promise<string | undefined> {
  if (argument !== undefined) return readArguments(v.object({ clientId: v.string() }), argument).clientId;
  const clientIds = clientIdsOf(instance);
  if (clientIds.length === 0)
    throw new UserError(t('"{0}" has no clients yet. Run "Add Clients" first.', instance.name));
  return pick({
    title: t('Choose a client'),
    items: clientIds.map((clientId) => ({ label: clientId, value: clientId })),
  });
}
