import type { JSONPath } from 'jsonc-parser';
import { type InstancePlace, placeOfGroup } from './editPlaces';
import { appendAll, changeAt, changeMembers, nodeAt, removeMembers, setValue } from './jsonSplice';

type Wish = readonly [key: string, value: unknown];

/** Sets keys of a group; one given as undefined or false is taken out. */
export function setGroupKeys(text: string, place: InstancePlace, name: string, keys: object): string {
  const { path } = placeOfGroup(place, name);
  return wishesOf(keys).reduce((done, [key, value]) => setValue(done, [...path, key], value), text);
}

/** Sets keys of some clients of the instance at `path`. Comments and keys of the user's own stay. */
export function setClientKeys(text: string, path: JSONPath, clientIds: readonly string[], keys: object): string {
  const clients = [...path, 'clients'];
  const wishes = wishesOf(keys);
  const isThere = nodeAt(text, clients) !== undefined;
  if (!isThere && wishes.every(([, value]) => value === undefined)) return text;
  return changeAt(isThere ? text : setValue(text, clients, {}), clients, (entries) =>
    setEntries(entries, new Set(clientIds), wishes),
  );
}

function wishesOf(keys: object): Wish[] {
  return Object.entries(keys).map(([key, value]): Wish => [key, value === false ? undefined : value]);
}

/** Many clients are read and written once. An entry goes where it holds nothing any more, not even a comment. */
function setEntries(entries: string, clientIds: ReadonlySet<unknown>, wishes: readonly Wish[]): string {
  const isNamed = (key: unknown): boolean => clientIds.has(key);
  const changed = changeMembers(entries, isNamed, (entry) =>
    wishes.reduce((done, [key, value]) => setValue(done, [key], value), entry),
  );
  const kept = removeMembers(changed, (key, value) => isNamed(key) && /^\{\s*\}$/.test(value));
  const said = Object.fromEntries(wishes.filter(([, value]) => value !== undefined));
  const parent = nodeAt(kept, []);
  if (parent === undefined || Object.keys(said).length === 0) return kept;
  const known = new Set<unknown>(parent.children?.map(({ children }): unknown => children?.[0]?.value));
  const fresh = [...clientIds].filter((clientId) => !known.has(clientId));
  return appendAll(kept, [{ parent, entries: fresh.map((clientId) => [String(clientId), said] as const) }]);
}
