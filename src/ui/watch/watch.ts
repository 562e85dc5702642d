import * as v from 'valibot';
import { findInstance, type Inventory } from '../../model/inventory/inventory';
import type { Wish } from '../../sessions/wait/condition';

/** A watch as it is kept in the workspace, so that it goes on after a reload. One of a group has the group's clients. */
const shape = v.pipe(
  v.object({
    instanceId: v.string(),
    group: v.optional(v.string()),
    clientIds: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    until: v.picklist(['online', 'offline', 'change']),
    startedAt: v.number(),
    /** Milliseconds since the epoch. */
    deadline: v.number(),
    baseline: v.optional(v.array(v.tuple([v.string(), v.picklist(['online', 'offline'])])), () => []),
  }),
  v.check(({ group, clientIds }) => group !== undefined || clientIds !== undefined),
);

export type KeptWatch = v.InferOutput<typeof shape>;
/** One without clients is about a group that is gone or empty. */
export type Watch = KeptWatch & { readonly clientIds: string[] };
export type Until = Watch['until'];

/** Reads what was kept; what is no watch any more is left out. */
export function readWatches(kept: unknown): KeptWatch[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((entry) => {
    const parsed = v.safeParse(shape, entry);
    return parsed.success ? [parsed.output] : [];
  });
}

/** What is kept of a watch: the name of its group is enough, however many clients that has. */
export function keptOf({ clientIds, ...watch }: Watch): KeptWatch {
  return watch.group === undefined ? { ...watch, clientIds } : watch;
}

/** A watch with the clients that its group has now. */
export function watchOfKept({ clientIds = [], ...kept }: KeptWatch, inventory: Inventory): Watch {
  const { instanceId, group } = kept;
  return { ...kept, clientIds: group === undefined ? clientIds : clientsOfGroup(inventory, instanceId, group) };
}

/** A watch after the inventory changed: its group's clients, under the name it has now. The same one where all is as it was. */
export function followGroup(watch: Watch, before: Inventory, now: Inventory): Watch {
  const { instanceId, group } = watch;
  if (group === undefined) return watch;
  const clientIds = clientsOfGroup(now, instanceId, group);
  if (clientIds.length > 0) return isSame(clientIds, watch.clientIds) ? watch : { ...watch, clientIds };
  const renamed = newGroupNames(instanceId, before, now)
    .map((name) => ({ ...watch, group: name, clientIds: clientsOfGroup(now, instanceId, name) }))
    .find((other) => holdsAll(other.clientIds, watch.clientIds));
  return renamed ?? watch;
}

/** The clients of a saved group, each once; none where it is gone. */
function clientsOfGroup({ instances }: Inventory, instanceId: string, group: string): string[] {
  const groups = findInstance({ instances }, instanceId)?.groups ?? [];
  return [...new Set(groups.find(({ name }) => name === group)?.clientIds)];
}

/** A group is online, or offline, when all of it is; it changes when any client does. */
export function wishOf({ clientIds, until }: Pick<Watch, 'clientIds' | 'until'>): Wish {
  return { clientIds, waitFor: until, match: until === 'change' ? 'any' : 'all', stableForSeconds: 0 };
}

/** Two watches of the same clients for the same thing are one. */
export function keyOf({ instanceId, group, clientIds, until }: Watch): string {
  return JSON.stringify([instanceId, group ?? clientIds, until]);
}

/** A group that was there before is another one, though it may hold the same clients. */
function newGroupNames(instanceId: string, before: Inventory, now: Inventory): string[] {
  const namesIn = (inventory: Inventory) => (findInstance(inventory, instanceId)?.groups ?? []).map(({ name }) => name);
  const known = new Set(namesIn(before));
  return namesIn(now).filter((name) => !known.has(name));
}

function holdsAll(clientIds: readonly string[], wanted: readonly string[]): boolean {
  const held = new Set(clientIds);
  return wanted.length > 0 && wanted.every((clientId) => held.has(clientId));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((clientId, at) => clientId === others[at]);
}
