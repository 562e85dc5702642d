import type { JSONPath } from 'jsonc-parser';
import type { Group, Instance, Inventory } from './inventory';
import { appendAll, nodesAt, setValue } from './jsonSplice';

/** What an inventory brings to one instance of another: only what is not there yet. */
export interface InstanceNews {
  /** True for an instance that is not saved yet. */
  readonly isNew: boolean;
  /** As it is to be added: for a saved one, only its new groups, and groups with their new clients. */
  readonly instance: Instance;
  readonly newGroups: number;
  readonly newClients: number;
  readonly knownClients: number;
}

/** Compares an inventory with what is saved. Instances go by their ID, groups by their name; nothing is overwritten. */
export function newsOf(saved: Inventory, other: Inventory): InstanceNews[] {
  const names = new Set(saved.instances.map(({ name }) => name));
  return other.instances.map((instance) => {
    const before = saved.instances.find(({ instanceId }) => instanceId === instance.instanceId);
    if (before !== undefined) return newsOfSaved(before, instance);
    const name = freeName(instance.name, names);
    names.add(name);
    return {
      isNew: true,
      instance: { ...instance, name },
      newGroups: instance.groups.length,
      newClients: countOf(instance.groups),
      knownClients: 0,
    };
  });
}

/** All groups of an inventory as groups of one instance; groups of one name become one. */
export function gatheredIn(target: Instance, { instances }: Inventory): Inventory {
  const groups = new Map<string, Group>();
  for (const group of instances.flatMap((instance) => instance.groups)) {
    const before = groups.get(group.name);
    const clientIds = [...new Set([...(before?.clientIds ?? []), ...group.clientIds])];
    groups.set(group.name, { ...(before ?? group), clientIds });
  }
  const entries = instances.flatMap(({ clients = {} }) => Object.entries(clients)).reverse();
  return { instances: [{ ...target, groups: [...groups.values()], clients: Object.fromEntries(entries) }] };
}

/** Adds what is new to the text of inventory.json; comments and all else stay. */
export function mergeInventory(text: string, saved: Inventory, other: Inventory): string {
  const news = newsOf(saved, other);
  const ofSaved = news.filter(({ isNew }) => !isNew).flatMap(({ instance }) => wishesFor(saved, instance));
  const added = news.filter(({ isNew }) => isNew).map(({ instance }) => instance);
  // What lies inside goes first, in a reading of its own: it moves the end of what holds it.
  return [
    ofSaved.filter(({ path }) => path.length > 3),
    ofSaved.filter(({ path }) => path.length === 3),
    [{ path: ['instances'], values: added }],
  ].reduce(append, text);
}

/** Values for the end of the array at a path, or entries for that of the object. */
type Wish = { readonly path: JSONPath } & (
  { readonly values: readonly unknown[] } | { readonly entries: readonly (readonly [string, unknown])[] }
);

function wishesFor({ instances }: Inventory, { instanceId, groups, clients = {} }: Instance): Wish[] {
  const at = instances.findIndex((each) => each.instanceId === instanceId);
  const places = new Map(instances[at]?.groups.map(({ name }, place) => [name, place]));
  const path = ['instances', at];
  return [
    ...groups.flatMap(({ name, clientIds }): Wish[] => {
      const place = places.get(name);
      return place === undefined ? [] : [{ path: [...path, 'groups', place, 'clientIds'], values: clientIds }];
    }),
    { path: [...path, 'groups'], values: groups.filter(({ name }) => !places.has(name)) },
    { path: [...path, 'clients'], entries: Object.entries(clients) },
  ];
}

function append(text: string, wishes: readonly Wish[]): string {
  const filled = wishes.filter((each) => ('values' in each ? each.values : each.entries).length > 0);
  const paths = filled.map(({ path }) => path);
  const found = nodesAt(text, paths);
  // What a person has left out, such as `groups` of an instance, is made empty first.
  const missing = filled.filter((_, at) => found[at] === undefined);
  const whole = missing.reduce((done, each) => setValue(done, each.path, 'values' in each ? [] : {}), text);
  const nodes = missing.length === 0 ? found : nodesAt(whole, paths);
  const additions = filled.flatMap((wish, at) => {
    const parent = nodes[at];
    return parent === undefined ? [] : [{ ...wish, parent }];
  });
  return appendAll(whole, additions);
}

function newsOfSaved(before: Instance, instance: Instance): InstanceNews {
  const groups: Group[] = [];
  let newGroups = 0;
  for (const group of instance.groups) {
    const known = before.groups.find(({ name }) => name === group.name);
    if (known === undefined) newGroups++;
    const there = new Set(known?.clientIds);
    const clientIds = group.clientIds.filter((clientId) => !there.has(clientId));
    if (known === undefined || clientIds.length > 0) groups.push({ ...group, clientIds });
  }
  const newClients = countOf(groups);
  const saved = before.clients ?? {};
  const clients = Object.entries(instance.clients ?? {}).filter(([clientId]) => !Object.hasOwn(saved, clientId));
  return {
    isNew: false,
    instance: { ...before, groups, clients: Object.fromEntries(clients) },
    newGroups,
    newClients,
    knownClients: countOf(instance.groups) - newClients,
  };
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { clientIds }) => sum + clientIds.length, 0);
}

/** "Plant", "Plant (2)", "Plant (3)": two instances may not have one name. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(free)) return free;
  }
}
