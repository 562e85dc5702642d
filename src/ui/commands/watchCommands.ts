import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Settings } from '../../host/settings';
import { clientIdProblem } from '../../model/clientIds/clientId';
import { type Instance } from '../../model/inventory/inventory';
import { waitCost } from '../../sessions/wait/waitPace';
import type { WatchedPlace } from '../../sessions/wait/watchedClients';
import { durationText } from '../words/ages';
import { pickClientId } from '../inputs/clientPick';
import { pick } from '../inputs/steps';
import { countText, numberText } from '../words/numbers';
import { registerCommand } from '../run';
import { withoutIcons } from '../tell';
import { instanceOf, isTreeNode, type TreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { costText, subjectText, wishText } from '../words/waitWords';
import { type Until, type Watch, wishOf } from '../watch/watch';
import type { Watches, WatchResult } from '../watch/watches';
import { clientIdProblemText } from '../words/words';
import { readArguments, type Subjects } from './arguments';
import { rowsChosen } from './chosen';

const t = vscode.l10n.t;
const UNTILS: readonly Until[] = ['online', 'offline', 'change'];
/** The first status of each of them is kept, for after a reload. */
const MOST_CHANGING = 1000;
const shape = v.object({
  clientId: v.optional(v.string()),
  group: v.optional(v.string()),
  until: v.optional(v.picklist(UNTILS), 'online'),
  minutes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(240))),
});

export interface WatchCommandParts {
  readonly watches: Watches;
  readonly subjects: Subjects;
  readonly settings: Pick<Settings, 'watchMinutes'>;
  readonly log: Log;
}

/** The commands that watch clients until something happens, and that stop it. */
export function watchCommands({ watches, subjects, settings, log }: WatchCommandParts): vscode.Disposable[] {
  /** A person's command ends when the watch has begun; a caller's when it has ended, with how. */
  async function watch(argument: unknown, selected: unknown): Promise<WatchResult | undefined> {
    if (argument !== undefined && !isTreeNode(argument)) return watchFor(argument);
    const places = isTreeNode(argument) ? placesOf(argument, selected) : [await askPlace(subjects)];
    for (const place of places) {
      if (place === undefined) return undefined;
      const until = await askUntil(place, settings.watchMinutes);
      if (until === undefined) return undefined;
      void watches.start(watchOf(place, until, settings.watchMinutes));
    }
    return undefined;
  }

  async function watchFor(argument: unknown): Promise<WatchResult | undefined> {
    const { clientId, until, minutes = settings.watchMinutes } = readArguments(shape, argument);
    const instance = await subjects.instance(argument);
    if (instance === undefined) return undefined;
    const place =
      clientId === undefined ? await groupPlace(subjects, instance, argument) : clientPlace(instance, clientId);
    return place === undefined ? undefined : watches.start(watchOf(place, until, minutes));
  }

  async function stop(argument: unknown, selected: unknown): Promise<void> {
    const meant = isTreeNode(argument)
      ? rowsChosen(argument, selected).map((row) => ({
          instanceId: instanceOf(row).instance.instanceId,
          isMeant: meantBy(row),
        }))
      : [await meantByArgument(argument)];
    const stopped = meant.reduce((sum, { instanceId, isMeant }) => sum + watches.stop(instanceId, isMeant), 0);
    if (stopped === 0) throw new UserError(t('Nothing is being watched here.'));
  }

  async function meantByArgument(argument: unknown) {
    if (argument === undefined) return { instanceId: undefined, isMeant: () => true };
    const { clientId, group } = readArguments(shape, argument);
    const instanceId = (await subjects.instance(argument))?.instanceId;
    const isMeant = (each: Watch): boolean =>
      clientId !== undefined ? each.clientIds.includes(clientId) : group === undefined || each.group === group;
    return { instanceId, isMeant };
  }

  return [
    registerCommand('watch', log, subjects.onRows(['group', 'client'], watch)),
    registerCommand('stopWatching', log, stop),
  ];
}

function meantBy(node: TreeNode): (watch: Watch) => boolean {
  switch (node.kind) {
    case 'instance':
      return () => true;
    case 'group':
      return ({ group }) => group === node.group.name;
    case 'client':
      return ({ clientIds }) => clientIds.includes(node.clientId);
    case 'more':
      return () => false;
  }
}

/** The places of the rows chosen: a group each, or the clients of an instance together. */
function placesOf(row: TreeNode, selected: unknown): WatchedPlace[] {
  const rows = rowsChosen(row, selected);
  const groups = rows.flatMap((node) =>
    node.kind === 'group' ? [placeOfGroup(node.parent.instance, node.group.name, node.group.clientIds)] : [],
  );
  const clients = new Map<string, string[]>();
  for (const node of rows) {
    if (node.kind !== 'client') continue;
    const { instanceId } = instanceOf(node).instance;
    clients.set(instanceId, [...(clients.get(instanceId) ?? []), node.clientId]);
  }
  return [
    ...groups,
    ...[...clients].map(([instanceId, clientIds]) => ({ instanceId, clientIds: [...new Set(clientIds)] })),
  ];
}

function placeOfGroup({ instanceId }: Instance, group: string, clientIds: readonly string[]): WatchedPlace {
  if (clientIds.length === 0) throw new UserError(t('Group "{0}" has no clients yet. Run "Add Clients" first.', group));
  return { instanceId, group, clientIds: [...new Set(clientIds)] };
}

function clientPlace({ instanceId }: Instance, clientId: string): WatchedPlace {
  const problem = clientIdProblem(clientId);
  if (problem !== undefined) throw new UserError(clientIdProblemText(problem));
  return { instanceId, clientIds: [clientId] };
}

async function groupPlace(
  subjects: Subjects,
  instance: Instance,
  argument: unknown,
): Promise<WatchedPlace | undefined> {
  const group = await subjects.group(instance, argument);
  return group === undefined ? undefined : placeOfGroup(instance, group.name, group.clientIds);
}

/** From the palette: a group, or a client, saved or not. */
async function askPlace(subjects: Subjects): Promise<WatchedPlace | undefined> {
  const instance = await subjects.instance(undefined);
  if (instance === undefined) return undefined;
  const groups = instance.groups.map(({ name, clientIds }) => ({
    label: `$(layers) ${withoutIcons(name)}`,
    description: countText(clientIds.length, t('1 client'), t('{0} clients', numberText(clientIds.length))),
    value: () => Promise.resolve(placeOfGroup(instance, name, clientIds)),
  }));
  const client = { label: t('$(device-mobile) A client…'), value: () => askClient(instance) };
  const chosen = await pick({ title: t('What to watch in "{0}"', instance.name), items: [client, ...groups] });
  return chosen?.();
}

async function askClient(instance: Instance): Promise<WatchedPlace | undefined> {
  const clientId = await pickClientId(t('Choose a client or type a client ID'), instance, true);
  return clientId === undefined ? undefined : clientPlace(instance, clientId);
}

/** Asks what is waited for, with what it costs; undefined when cancelled. */
export function askUntil({ clientIds, group }: WatchedPlace, minutes: number): Promise<Until | undefined> {
  const calls = costText(waitCost(clientIds.length, true, minutes * 60));
  const items = UNTILS.map((until) => ({
    label: t('Until {0}', wishText(wishOf({ clientIds: [...clientIds], until }))),
    description: `${durationText(minutes * 60)} · ${calls}`,
    value: until,
  }));
  return pick({ title: t('Watch {0}', subjectText(clientIds, group)), items });
}

function watchOf({ instanceId, group, clientIds }: WatchedPlace, until: Until, minutes: number): Watch {
  if (until === 'change' && clientIds.length > MOST_CHANGING)
    throw new UserError(
      t(
        'A change is watched for in {0} clients at most; these are {1}.',
        numberText(MOST_CHANGING),
        numberText(clientIds.length),
      ),
    );
  const startedAt = Date.now();
  const deadline = startedAt + minutes * 60_000;
  return { instanceId, group, clientIds: [...clientIds], until, startedAt, deadline, baseline: [] };
}
