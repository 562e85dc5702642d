import type { Group, Instance, Inventory } from './inventory';

/** Where a group is saved, and under which name. */
export interface GroupHome {
  /** Undefined for the user's own. */
  readonly file: string | undefined;
  readonly name: string;
}

/** What the file of a workspace says. */
export interface SavedFile {
  readonly file: string;
  readonly inventory: Inventory;
}

/** The file that has a group which is shown under a name. */
export function homeOfGroup(instance: Instance | undefined, name: string): GroupHome {
  const origin = groupNamed(instance, name)?.origin;
  return { file: origin?.file ?? instance?.origin?.file, name: origin?.savedName ?? name };
}

/**
 * The file that says what is wanted of a client: the user's own, unless only workspaces name the client. Of several
 * workspaces it is the first that says anything, as that is what is shown.
 */
export function homeOfClient(
  instance: Instance | undefined,
  clientId: string,
  workspaces: readonly SavedFile[] = [],
): string | undefined {
  if (isOwnClient(instance, clientId)) return undefined;
  const files = instance?.groups.flatMap(({ origin, clientIds }) =>
    origin !== undefined && clientIds.includes(clientId) ? [origin.file] : [],
  );
  const saying = files?.find((file) => workspaces.some((each) => each.file === file && says(each, instance, clientId)));
  return saying ?? files?.[0] ?? instance?.origin?.file;
}

/** True where the user's own file says what is wanted of a client: it has the client, or no workspace does. */
export function isOwnClient(instance: Pick<Instance, 'groups' | 'origin'> | undefined, clientId: string): boolean {
  const groups = instance?.groups.filter(({ clientIds }) => clientIds.includes(clientId)) ?? [];
  return instance?.origin === undefined && (groups.length === 0 || groups.some(({ origin }) => origin === undefined));
}

function says({ inventory }: SavedFile, instance: Instance | undefined, clientId: string): boolean {
  const saved = inventory.instances.find(({ instanceId }) => instanceId === instance?.instanceId);
  return saved?.clients !== undefined && Object.hasOwn(saved.clients, clientId);
}

export function groupNamed(instance: Instance | undefined, name: string): Group | undefined {
  return instance?.groups.find((group) => group.name === name);
}

/** True where an order of groups moves none among those of its own file: no file would be changed. */
export function isOrderWithinFiles({ groups }: Pick<Instance, 'groups'>, order: readonly string[]): boolean {
  const places = new Map(order.map((name, at) => [name, at]));
  return [...Map.groupBy(groups, ({ origin }) => origin?.file).values()].every((ofFile) =>
    ofFile.every(({ name }, at) => at === 0 || (places.get(ofFile[at - 1]?.name ?? '') ?? 0) < (places.get(name) ?? 0)),
  );
}
