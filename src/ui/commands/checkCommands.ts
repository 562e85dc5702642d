import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { clientIdsOf, type Group, type Instance } from '../../model/inventory/inventory';
import { drawSample, type Estimate, estimate, SAMPLE_SIZE } from '../../sessions/fleet/groupEstimate';
import type { GroupEstimates } from '../../sessions/fleet/groupEstimates';
import type { Freshness } from '../../sessions/calls/question';
import type { CheckResult, Checks } from '../checks';
import { pickClientId } from '../inputs/clientPick';
import { registerCommand } from '../run';
import { clientIdsUnder, instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { readArguments, type Subjects } from './arguments';
import { rowsChosen } from './chosen';

const t = vscode.l10n.t;

export interface CheckCommandParts {
  readonly inventory: Inventories;
  readonly checks: Checks;
  readonly estimates: GroupEstimates;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** The commands that ask for the status of saved clients. */
export function checkCommands({ inventory, checks, estimates, subjects, log }: CheckCommandParts): vscode.Disposable[] {
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

  async function checkInstances(argument: unknown, selected: unknown): Promise<CheckResult[] | undefined> {
    const target = isTreeNode(argument) ? undefined : await subjects.instance(argument);
    const targets = isTreeNode(argument)
      ? rowsChosen(argument, selected).flatMap((row) => (row.kind === 'instance' ? [row.instance] : []))
      : [target].filter((each) => each !== undefined);
    const requests = targets.map((each) => ({ target: each, clientIds: clientIdsOf(each) }));
    return requests.length === 0 ? undefined : checks.run(requests, 'cached');
  }

  /** The groups that a menu is about, or the one that is named or asked for. */
  async function groupsChosen(argument: unknown, selected: unknown) {
    if (!isTreeNode(argument)) return [await subjects.place(argument)].filter((place) => place !== undefined);
    return rowsChosen(argument, selected).flatMap((row) =>
      row.kind === 'group' ? [{ instance: row.parent.instance, group: row.group }] : [],
    );
  }

  async function checkGroups(argument: unknown, selected: unknown): Promise<CheckResult[] | undefined> {
    const groups = await groupsChosen(argument, selected);
    const requests = groups.map(({ instance, group }) => ({ target: instance, clientIds: group.clientIds }));
    return requests.length === 0 ? undefined : checks.run(requests, 'cached');
  }

  async function sampleGroups(argument: unknown, selected: unknown): Promise<Estimate | undefined> {
    let last: Estimate | undefined;
    for (const { instance, group } of await groupsChosen(argument, selected)) last = await sample(instance, group);
    return last;
  }

  /** Asks about some clients drawn by chance and says what they tell of the whole group. */
  async function sample(target: Instance, group: Group): Promise<Estimate> {
    const at = Date.now();
    const results = await checks.run(
      [{ target, clientIds: drawSample(group.clientIds, SAMPLE_SIZE, Math.random) }],
      'cached',
    );
    const found = estimate(
      results.map(({ error, status }) => (error === undefined ? status : undefined)),
      new Set(group.clientIds).size,
    );
    if (found === undefined)
      throw new UserError(t('No client of the sample was answered for, so nothing is estimated.'));
    estimates.set(target.instanceId, group.name, { ...found, at });
    return found;
  }

  async function checkClients(
    argument: unknown,
    selected: unknown,
    freshness: Freshness,
  ): Promise<CheckResult[] | undefined> {
    if (isTreeNode(argument))
      return checks.run(
        rowsChosen(argument, selected).map((row) => ({
          target: instanceOf(row).instance,
          clientIds: clientIdsUnder(row),
        })),
        freshness,
      );
    const target = await subjects.instance(argument);
    const clientId = target === undefined ? undefined : await clientOf(target, argument);
    return target === undefined || clientId === undefined
      ? undefined
      : checks.run([{ target, clientIds: [clientId] }], freshness);
  }

  async function copyClientId(argument: unknown, selected: unknown): Promise<void> {
    const ids = isTreeNode(argument)
      ? rowsChosen(argument, selected).flatMap(clientIdsUnder)
      : [await idToCopy(argument)];
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
    registerCommand('checkInstance', log, subjects.onRows(['instance'], checkInstances)),
    registerCommand('checkGroup', log, subjects.onRows(['group'], checkGroups)),
    registerCommand('sampleGroup', log, subjects.onRows(['group'], sampleGroups)),
    registerCommand(
      'checkClient',
      log,
      subjects.onRows(['client'], (row, all) => checkClients(row, all, 'cached')),
    ),
    registerCommand(
      'verifyClient',
      log,
      subjects.onRows(['client'], (row, all) => checkClients(row, all, 'verified')),
    ),
    registerCommand('cancelCheck', log, () => checks.cancel()),
    registerCommand('copyClientId', log, subjects.onRows(['instance', 'group', 'client'], copyClientId)),
  ];
}

async function clientOf(instance: Instance, argument: unknown): Promise<string | undefined> {
  if (argument !== undefined) return readArguments(v.object({ clientId: v.string() }), argument).clientId;
  if (clientIdsOf(instance).length === 0)
    throw new UserError(t('"{0}" has no clients yet. Run "Add Clients" first.', instance.name));
  return pickClientId(t('Choose a client'), instance);
}
