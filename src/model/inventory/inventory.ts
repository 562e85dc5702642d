import type { VendorProblem } from '../destination';

/** How a client should stand; one that does not is what the view's badge counts. */
export type Expected = 'online' | 'offline';

/** What a person wants to be told of a client or a group. */
export interface Attention {
  readonly expected?: Expected | undefined;
  /** Shown in the status bar, and asked about by auto refresh though its group be folded. */
  readonly pinned?: boolean | undefined;
  /** No notification tells of it. */
  readonly muted?: boolean | undefined;
}

/** What a person calls a client, and what they noted of it. */
export interface ClientWords {
  readonly alias?: string | undefined;
  readonly note?: string | undefined;
}

/** Where something stands that is not the user's own: in the inventory of a workspace folder. */
export interface Origin {
  /** Tells the file from others. */
  readonly file: string;
  /** The folder's name, as a person is shown it. */
  readonly folder: string;
  /** Its name there: the one shown may say more, so that no two are alike. */
  readonly savedName: string;
}

interface GroupOrigin extends Origin {
  /** True where it stands under an instance of somebody else, and the person has not let that one's key be used for it. */
  readonly isHeld: boolean;
}

export interface InstanceOrigin extends Origin {
  /** The credential's name in the file. It names no key: whose that is, each person says. */
  readonly credentialName: string;
  /** Why no key may go where the file says. */
  readonly refused?: VendorProblem | undefined;
}

/** A client ID group as saved. Client IDs that no service could know are kept: their row says so. */
export interface Group extends Attention {
  readonly name: string;
  readonly groupId?: string | undefined;
  readonly note?: string | undefined;
  readonly clientIds: readonly string[];
  readonly origin?: GroupOrigin | undefined;
}

/** An instance without what is in it: where it is and which credential to ask with. */
export interface InstanceDetails {
  readonly name: string;
  readonly instanceId: string;
  readonly regionId?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credential: string;
}

/** An instance as shown. Its instance ID is its key everywhere. */
export interface Instance extends Omit<InstanceDetails, 'credential'> {
  /** The name of a stored key; absent where a workspace names the instance and nobody has bound a key to it. */
  readonly credential?: string | undefined;
  readonly groups: readonly Group[];
  /** What is wanted and said of single clients, by client ID; it goes before what is wanted of their groups. */
  readonly clients?: Readonly<Record<string, Attention & ClientWords>> | undefined;
  readonly origin?: InstanceOrigin | undefined;
}

/** What the user saved, apart from anything observed. */
export interface Inventory {
  readonly instances: readonly Instance[];
}

export const EMPTY_INVENTORY: Inventory = { instances: [] };

/** False for what no console shows: the service's own IDs read post-cn-… or mqtt-cn-…, but nobody promised that. */
export function isInstanceId(text: string): boolean {
  return !/[\s\p{Cc}\p{Cf}]/u.test(text);
}

/** Finds an instance by its ID or, failing that, by its name. */
export function findInstance(inventory: Inventory, nameOrId: string): Instance | undefined {
  const { instances } = inventory;
  return instances.find(({ instanceId }) => instanceId === nameOrId) ?? instances.find(({ name }) => name === nameOrId);
}

/** An instance as its file has it; one that came from a workspace under the names it has there. */
export function detailsOf({
  name,
  instanceId,
  regionId,
  endpoint,
  credential = '',
  origin,
}: Instance): InstanceDetails {
  const place = { instanceId, regionId, endpoint };
  return origin === undefined
    ? { name, ...place, credential }
    : { name: origin.savedName, ...place, credential: origin.credentialName };
}

/** Every client ID of an instance, each once, in the order saved. */
export function clientIdsOf(instance: Instance): string[] {
  return [...clientsOf(instance.groups)];
}

/** Every client ID of some groups. */
export function clientsOf(groups: readonly Group[]): Set<string> {
  return new Set(groups.flatMap(({ clientIds }) => clientIds));
}

/** What is wanted and said of a client itself, apart from its groups. */
export function attentionOf({ clients }: Instance, clientId: string): Attention & ClientWords {
  return clients !== undefined && Object.hasOwn(clients, clientId) ? (clients[clientId] ?? {}) : {};
}

/** How every client that should stand in some way should: as its own entry says, else as the first of its groups that says. */
export function expectationsOf(instance: Instance): Map<string, Expected> {
  const expectations = new Map<string, Expected>();
  for (const [clientId, { expected }] of Object.entries(instance.clients ?? {}))
    if (expected !== undefined) expectations.set(clientId, expected);
  for (const { expected, clientIds } of instance.groups) {
    if (expected === undefined) continue;
    for (const clientId of clientIds) if (!expectations.has(clientId)) expectations.set(clientId, expected);
  }
  return expectations;
}

/** The clients in the status bar, each once: those pinned themselves, and those of pinned groups. One in no group has no row, so it waits for a group. */
export function pinnedClientIdsOf(instance: Instance): Set<string> {
  const pinned = new Set<string>();
  for (const group of instance.groups)
    for (const clientId of group.clientIds)
      if (group.pinned === true || attentionOf(instance, clientId).pinned === true) pinned.add(clientId);
  return pinned;
}
