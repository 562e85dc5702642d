import type { Instance, Inventory } from '../inventory/inventory';

/** Who is asked about a client. */
export interface PlannedClient {
  readonly clientId: string;
  readonly instance: Instance;
}

/** At once, in one table. */
export const MOST_CLIENT_IDS = 10_000;

/**
 * Says whom to ask about each client: an instance that has it saved, the chosen one before others; the chosen one for
 * all that are saved nowhere. Undefined while some are saved nowhere and none is chosen.
 */
export function planCheck(
  clientIds: readonly string[],
  { instances }: Inventory,
  chosen: Instance | undefined,
): PlannedClient[] | undefined {
  const savedAt = savedInstances(chosen === undefined ? instances : [chosen, ...instances]);
  const planned: PlannedClient[] = [];
  for (const clientId of clientIds) {
    const instance = savedAt.get(clientId) ?? chosen;
    if (instance === undefined) return undefined;
    planned.push({ clientId, instance });
  }
  return planned;
}

/** The first instance that has it, for every saved client. */
export function savedInstances(instances: readonly Instance[]): Map<string, Instance> {
  const savedAt = new Map<string, Instance>();
  for (const instance of instances)
    for (const { clientIds } of instance.groups)
      for (const clientId of clientIds) if (!savedAt.has(clientId)) savedAt.set(clientId, instance);
  return savedAt;
}

/** The clients of each instance, for one check. */
export function byInstance(planned: readonly PlannedClient[]): { target: Instance; clientIds: string[] }[] {
  const requests = new Map<string, { target: Instance; clientIds: string[] }>();
  for (const { clientId, instance } of planned) {
    const request = requests.get(instance.instanceId) ?? { target: instance, clientIds: [] };
    requests.set(instance.instanceId, request);
    request.clientIds.push(clientId);
  }
  return [...requests.values()];
}
