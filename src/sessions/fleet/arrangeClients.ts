import type { Group, Instance } from '../../model/inventory/inventory';
import { type ClientFilter, type FactSources, filterOf, isOfStatus, isOfTime, passesAll } from './clientFilter';
import { type ClientOrder, firstClients, isOrderOfStatus } from './clientOrder';

/** How clients are arranged: who has a row, and in which order. */
export interface ClientArrangement {
  readonly filter: ClientFilter;
  readonly order: ClientOrder;
}

/** The clients of a group, or those of a whole instance. */
export interface ClientsToArrange {
  readonly instance: Instance;
  readonly group: Group | undefined;
  readonly clientIds: readonly string[];
  /** The names of the groups that hold a client. */
  readonly groupsOf: (clientId: string) => readonly string[];
}

/** Filters a list at once, and sorts as much of it as is asked for. */
export function arrangeClients(
  { instance, group, clientIds, groupsOf }: ClientsToArrange,
  { filter, order }: ClientArrangement,
  sources: FactSources,
) {
  const names = group === undefined ? undefined : [group.name];
  const passes = filterOf(filter, instance, (clientId) => names ?? groupsOf(clientId), sources);
  const matching = passesAll(filter) ? clientIds : clientIds.filter(passes);
  const sorted = new Map<number, readonly string[]>();
  const first = (most: number): readonly string[] => {
    const known = sorted.get(most) ?? firstClients(matching, order, most, { instance, group }, sources);
    sorted.set(most, known);
    return known;
  };
  return { matching, first };
}

/** True where an answer can change who has a row, or in which order. */
export function dependsOnStatus({ filter, order }: ClientArrangement): boolean {
  return isOfStatus(filter) || isOrderOfStatus(order);
}

/** True where the mere passing of time can. */
export function dependsOnTime({ filter }: ClientArrangement): boolean {
  return isOfTime(filter);
}
