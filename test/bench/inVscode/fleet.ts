import type { LocalInstanceInfo } from '../../../src/emulator/localInstance';
import type { Group, Inventory } from '../../../src/model/inventory/inventory';

export const CREDENTIAL = 'bench';
export const INSTANCE = 'Plant';

export interface Fleet {
  readonly name: string;
  readonly clients: number;
  readonly groups: number;
}

/** As people group a fleet, and the worst case: all in one group. */
export function fleetsOf(clients: number, groups: number): Fleet[] {
  const many = clients.toLocaleString('en');
  return [
    { name: `${many} clients in ${groups} groups`, clients, groups },
    { name: `${many} clients in one group`, clients, groups: 1 },
  ];
}

export function inventoryOf({ clients, groups }: Fleet, { apiEndpoint, instanceId }: LocalInstanceInfo): Inventory {
  const perGroup = clients / groups;
  const group = (at: number): Group => ({
    name: groupName(at),
    groupId: `GID_bench_${at}`,
    clientIds: Array.from({ length: perGroup }, (_, client) => clientIdOf(at, client)),
  });
  const saved = { name: INSTANCE, instanceId, endpoint: apiEndpoint, credential: CREDENTIAL };
  return { instances: [{ ...saved, groups: Array.from({ length: groups }, (_, at) => group(at)) }] };
}

export function groupName(at: number): string {
  return `Line-${String(at).padStart(3, '0')}`;
}

export function clientIdOf(group: number, client: number): string {
  return `GID_bench_${group}@@@device-${String(client).padStart(6, '0')}`;
}
