/** A client ID group as saved. Client IDs that no service could know are kept: their row says so. */
export interface Group {
  readonly name: string;
  readonly groupId?: string | undefined;
  readonly clientIds: readonly string[];
}

/** An instance as saved: where it is and which credential to ask with. Its instance ID is its key everywhere. */
export interface Instance {
  readonly name: string;
  readonly instanceId: string;
  readonly regionId?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credential: string;
  readonly groups: readonly Group[];
}

/** What the user saved, apart from anything observed. */
export interface Inventory {
  readonly instances: readonly Instance[];
}

export const EMPTY_INVENTORY: Inventory = { instances: [] };

/** Finds an instance by its ID or, failing that, by its name. */
export function findInstance(inventory: Inventory, nameOrId: string): Instance | undefined {
  const { instances } = inventory;
  return instances.find(({ instanceId }) => instanceId === nameOrId) ?? instances.find(({ name }) => name === nameOrId);
}

/** Every client ID of an instance, each once, in the order saved. */
export function clientIdsOf(instance: Instance): string[] {
  return [...new Set(instance.groups.flatMap(({ clientIds }) => clientIds))];
}
