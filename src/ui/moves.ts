import * as vscode from 'vscode';
import type { Inventories } from '../host/inventory/inventories';
import { groupNamed, isOrderWithinFiles } from '../model/inventory/homes';
import { findInstance, type Instance } from '../model/inventory/inventory';
import { fileToldBy } from '../model/inventory/routeMove';
import { originText } from './team/teamWords';
import { confirm, tellInformation, withoutIcons } from './tell';
import type { ClientsOfGroups } from './tree/dropPlan';
import { countText, numberText } from './words/numbers';

const t = vscode.l10n.t;
const SHOWN_MS = 8000;

/** What a caller is told of a move. */
export interface MovedClients {
  /** How many came into the group. */
  readonly moved: number;
  /** How many it held before: they left their old groups alone. */
  readonly alreadyThere: number;
}

/** Moves clients into a group of their instance, and says so. */
export async function moveClients(
  inventory: Pick<Inventories, 'edit' | 'inventory'>,
  { instanceId }: Instance,
  from: ClientsOfGroups,
  to: string,
): Promise<MovedClients> {
  const group = groupNamed(findInstance(inventory.inventory, instanceId), to);
  const known = new Set(group?.clientIds);
  const clientIds = new Set(from.flatMap((each) => (each.group === to ? [] : each.clientIds)));
  const alreadyThere = [...clientIds].filter((clientId) => known.has(clientId)).length;
  await inventory.edit({ kind: 'moveClients', instanceId, from, to });
  const result = { moved: clientIds.size - alreadyThere, alreadyThere };
  if (clientIds.size > 0) sayMoved(result, to);
  return result;
}

/** Asks before clients get into a file that others read; true where there is nothing to ask. */
export async function confirmMove(instance: Instance, from: ClientsOfGroups, to: string): Promise<boolean> {
  const origin = groupNamed(instance, to)?.origin;
  if (origin === undefined || fileToldBy(instance, { from, to }) === undefined) return true;
  const count = new Set(from.flatMap(({ clientIds }) => clientIds)).size;
  const question = countText(
    count,
    t('Move 1 client to {0}?', originText(origin)),
    t('Move {0} clients to {1}?', numberText(count), originText(origin)),
  );
  const detail = t(
    'Whoever has the folder reads it: the client IDs, the names and notes given to them, and what is expected of them.',
  );
  return confirm(question, t('Move'), detail);
}

/** Puts the groups of an instance in another order. Each that moves is an edit of its own. */
export async function orderGroups(
  inventory: Pick<Inventories, 'edit'>,
  { instanceId, groups }: Instance,
  order: readonly string[],
): Promise<void> {
  if (groups.every(({ name }, at) => order[at] === name)) return;
  if (isOrderWithinFiles({ groups }, order))
    return void tellInformation(t('Groups are ordered within their file, so they stay where they are.'));
  const names = groups.map(({ name }) => name);
  for (const [to, group] of order.entries()) {
    if (names[to] === group) continue;
    await inventory.edit({ kind: 'moveGroup', instanceId, group, to });
    names.splice(names.indexOf(group), 1);
    names.splice(to, 0, group);
  }
}

function sayMoved({ moved, alreadyThere }: MovedClients, to: string): void {
  const said = countText(
    moved,
    t('1 client was moved to "{0}".', to),
    t('{0} clients were moved to "{1}".', numberText(moved), to),
  );
  if (alreadyThere === 0) return void vscode.window.setStatusBarMessage(withoutIcons(said), SHOWN_MS);
  const there = countText(
    alreadyThere,
    t('1 client is in "{0}" already: it only left its old group.', to),
    t('{0} clients are in "{1}" already: they only left their old groups.', numberText(alreadyThere), to),
  );
  void tellInformation(moved === 0 ? there : `${said} ${there}`);
}
