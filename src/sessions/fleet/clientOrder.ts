import { deviceIdOf, shortIdOf } from '../../model/clientIds/clientId';
import { attentionOf, type Group, type Instance } from '../../model/inventory/inventory';
import type { FactSources } from './clientFilter';
import { firstInOrder } from '../../model/order/firstInOrder';
import { commonStart, compareNames } from '../../model/order/compareNames';

/** By what clients are put in order: as saved, by name, what needs a person first, what changed last first. */
export const CLIENT_ORDERS = ['saved', 'name', 'state', 'change'] as const;

export type ClientOrder = (typeof CLIENT_ORDERS)[number];

/** Where clients get their names from. */
export interface NamePlace {
  readonly instance: Instance;
  /** Undefined for the clients of all groups together. */
  readonly group: Group | undefined;
}

/** True where the order depends on what was answered. */
export function isOrderOfStatus(order: ClientOrder): boolean {
  return order === 'state' || order === 'change';
}

/** The first `most` clients of a list in an order; those that are equal stand as saved. */
export function firstClients(
  clientIds: readonly string[],
  order: ClientOrder,
  most: number,
  { instance, group }: NamePlace,
  sources: FactSources,
): readonly string[] {
  switch (order) {
    case 'saved':
      return clientIds.slice(0, most);
    case 'name':
      return byName(clientIds, most, { instance, group });
    case 'state':
      return byNumber(clientIds, most, (clientId) => urgency(instance.instanceId, clientId, sources));
    case 'change': {
      const { history } = sources;
      return byNumber(clientIds, most, (clientId) => -(history.changedAt(instance.instanceId, clientId) ?? 0));
    }
  }
}

/** As the rows read: an alias, else the device ID. */
function byName(clientIds: readonly string[], most: number, { instance, group }: NamePlace): readonly string[] {
  // The group ID before each of them makes no difference.
  if (instance.clients === undefined && group !== undefined) {
    const from = commonStart(clientIds);
    return firstInOrder(clientIds, most, (a, b) => compareNames(a, b, from));
  }
  const named = clientIds.map((clientId) => ({
    clientId,
    name:
      attentionOf(instance, clientId).alias ??
      (group === undefined ? shortIdOf(clientId) : deviceIdOf(clientId, group.groupId)),
  }));
  return firstInOrder(named, most, (a, b) => compareNames(a.name, b.name)).map(({ clientId }) => clientId);
}

function byNumber(clientIds: readonly string[], most: number, rankOf: (clientId: string) => number): readonly string[] {
  const ranks = new Float64Array(clientIds.length);
  const places = clientIds.map((clientId, at) => {
    ranks[at] = rankOf(clientId);
    return at;
  });
  const first = firstInOrder(places, most, (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  return first.map((at) => clientIds[at] ?? '');
}

/** From 0, the most urgent: not as expected, failed, offline, unknown, online, not checked. */
function urgency(instanceId: string, clientId: string, { store, expectations }: FactSources): number {
  const status = store.get(instanceId, clientId);
  if (status === undefined) return 5;
  if (expectations.brokenOf(instanceId, clientId) !== undefined) return 0;
  if (status.failure !== undefined) return 1;
  switch (status.last?.status) {
    case 'offline':
      return 2;
    case 'unknown':
      return 3;
    case 'online':
      return 4;
    case undefined:
      return 5;
  }
}
