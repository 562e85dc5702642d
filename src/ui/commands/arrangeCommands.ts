import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { CLIENT_STATES, type ClientFilter, NO_FILTER } from '../../sessions/fleet/clientFilter';
import { CLIENT_ORDERS, type ClientOrder } from '../../sessions/fleet/clientOrder';
import { askFilter } from '../inputs/filterInput';
import { pick } from '../inputs/steps';
import { registerCommand } from '../run';
import type { Arrangement } from '../tree/arrangement';
import type { TreeRows } from '../tree/treeRows';
import { orderDetail, orderText } from '../words/filterWords';
import { isByHand, readArguments } from './arguments';

const filterArgument = v.object({
  text: v.optional(v.string(), ''),
  states: v.optional(v.array(v.picklist(CLIENT_STATES)), []),
  changedInLastHour: v.optional(v.boolean(), false),
});

export interface ArrangeCommandParts {
  readonly arrangement: Arrangement;
  readonly tree: { readonly rows: Pick<TreeRows, 'matching'> };
  readonly log: Log;
}

/** The commands that filter and sort the view, and show it with or without groups. */
export function arrangeCommands({ arrangement, tree, log }: ArrangeCommandParts): vscode.Disposable[] {
  /** A caller is told how many clients pass. */
  async function filter(argument: unknown): Promise<TreeRows['matching'] | undefined> {
    const given = isByHand(argument) ? await askFilter(arrangement.filter) : filterNamed(argument);
    if (given === undefined) return undefined;
    arrangement.set({ filter: given });
    return tree.rows.matching;
  }

  async function sort(argument: unknown): Promise<void> {
    const order = isByHand(argument)
      ? await pickOrder(arrangement.order)
      : readArguments(v.object({ by: v.picklist(CLIENT_ORDERS) }), argument).by;
    if (order !== undefined) arrangement.set({ order });
  }

  return [
    registerCommand('filterClients', log, filter),
    registerCommand('clearFilter', log, () => arrangement.set({ filter: NO_FILTER })),
    registerCommand('sortClients', log, sort),
    registerCommand('viewAsList', log, () => arrangement.set({ isFlat: true })),
    registerCommand('viewAsTree', log, () => arrangement.set({ isFlat: false })),
  ];
}

function filterNamed(argument: unknown): ClientFilter {
  const { text, states, changedInLastHour } = readArguments(filterArgument, argument);
  return { text, states, isRecent: changedInLastHour };
}

/** The order in force is ticked. */
function pickOrder(current: ClientOrder): Promise<ClientOrder | undefined> {
  const items = CLIENT_ORDERS.map((order) => ({
    label: `${order === current ? '$(check)' : '$(blank)'} ${orderText(order)}`,
    detail: orderDetail(order),
    value: order,
  }));
  return pick({ title: vscode.l10n.t('Sort Clients in Each Group By'), items });
}
