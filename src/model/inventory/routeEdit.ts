import { vendorDestination } from '../destination';
import { type InventoryEdit, InventoryEditError } from './editInventory';
import { groupNamed, homeOfClient, homeOfGroup, type SavedFile } from './homes';
import { routeMerge } from './routeMerge';
import { type FileEdit, type RoutedMove, routeMove } from './routeMove';
import type { Instance, Inventory } from './inventory';
import { clientMarkKey, groupMarkKey, type PersonalMarks, split } from './personal';

/** What one edit of the merged inventory comes to. */
export interface RoutedEdit extends RoutedMove {
  /** A group's marks that go along to its new name. */
  readonly moved?: { readonly from: string; readonly to: string };
}

/** Sends an edit to where the instance, the group or the client stands, under the name it has there. */
export function routeEdit(
  inventory: Inventory,
  edit: InventoryEdit,
  workspaces: readonly SavedFile[] = [],
): RoutedEdit {
  if (edit.kind === 'addInstance') return toFile(undefined, edit);
  if (edit.kind === 'merge') return { files: routeMerge(inventory, edit.inventory), marks: new Map() };
  const instance = instanceWith(inventory, edit.instanceId);
  switch (edit.kind) {
    case 'editInstance':
      return toFile(instance?.origin?.file, { ...edit, details: savedDetails(instance, edit.details) });
    case 'removeInstance':
    case 'addGroup':
      return toFile(instance?.origin?.file, edit);
    case 'renameGroup':
      return renamed(instance, edit);
    case 'removeGroup':
    case 'addClients':
    case 'removeClients':
      return toGroup(instance, edit.group, (group) => ({ ...edit, group }));
    case 'moveGroup':
      return toGroup(instance, edit.group, (group) => ({ ...edit, group, to: placeInFile(instance, edit) }));
    case 'moveClients':
      return routeMove(instance, edit, workspaces);
    case 'describe':
      return described(instance, edit, workspaces);
    case 'setAttention':
      return 'group' in edit.of
        ? setGroup(instance, edit.of.group, edit)
        : setClients(instance, edit.of.clientIds, edit, workspaces);
  }
}

/** What is said of a group or a client is the team's where the team names it. */
function described(
  instance: Instance | undefined,
  edit: Extract<InventoryEdit, { kind: 'describe' }>,
  workspaces: readonly SavedFile[],
): RoutedEdit {
  if ('group' in edit.of) {
    const { words } = edit;
    return toGroup(instance, edit.of.group, (group) => ({ ...edit, of: { group }, words }));
  }
  const byFile = Map.groupBy(edit.of.clientIds, (clientId) => homeOfClient(instance, clientId, workspaces));
  const files = [...byFile].map(([file, clientIds]): FileEdit => ({ file, edit: { ...edit, of: { clientIds } } }));
  return { files, marks: new Map() };
}

/** A group moves among those of its own file: its place there, where it is put among all that are shown. */
function placeInFile(
  instance: Instance | undefined,
  { group: name, to }: Extract<InventoryEdit, { kind: 'moveGroup' }>,
): number {
  const groups = instance?.groups ?? [];
  const others = groups.filter((group) => group.name !== name);
  const file = groupNamed(instance, name)?.origin?.file;
  return others.slice(0, to).filter(({ origin }) => origin?.file === file).length;
}

type Setting = Extract<InventoryEdit, { kind: 'setAttention' }>;

function toFile(file: string | undefined, edit: InventoryEdit): RoutedEdit {
  return { files: [{ file, edit }], marks: new Map() };
}

function toGroup(
  instance: Instance | undefined,
  name: string,
  editOf: (savedName: string) => InventoryEdit,
): RoutedEdit {
  const home = homeOfGroup(instance, name);
  return toFile(home.file, editOf(home.name));
}

function renamed(instance: Instance | undefined, edit: Extract<InventoryEdit, { kind: 'renameGroup' }>): RoutedEdit {
  const origin = groupNamed(instance, edit.group)?.origin;
  const routed = toGroup(instance, edit.group, (group) => ({
    ...edit,
    group,
    name: edit.name === edit.group ? group : edit.name,
  }));
  // A name that was left alone stays as it is saved, and the marks with it.
  if (origin === undefined || edit.name === edit.group || edit.name === origin.savedName) return routed;
  const keyOf = (name: string): string => groupMarkKey(origin.file, edit.instanceId, name);
  return { ...routed, moved: { from: keyOf(origin.savedName), to: keyOf(edit.name) } };
}

/** A name that was left alone stays as it is saved; no other place than the vendor's gets into a workspace's file. */
function savedDetails<D extends { readonly name: string; readonly regionId?: string | undefined }>(
  instance: Instance | undefined,
  details: D,
): D {
  const { origin, name } = instance ?? {};
  if (origin === undefined) return details;
  if (vendorDestination(details).kind === 'refused') throw new InventoryEditError('notVendor');
  return details.name === name ? { ...details, name: origin.savedName } : details;
}

/** What is expected is the team's; what is pinned and muted is the person's own. */
function setGroup(instance: Instance | undefined, name: string, edit: Setting): RoutedEdit {
  const origin = groupNamed(instance, name)?.origin;
  if (origin === undefined) return toFile(instance?.origin?.file, edit);
  const { team, own } = split(edit.attention);
  const key = groupMarkKey(origin.file, edit.instanceId, origin.savedName);
  const teamEdit: InventoryEdit = { ...edit, of: { group: origin.savedName }, attention: team };
  return {
    files: Object.keys(team).length === 0 ? [] : [{ file: origin.file, edit: teamEdit }],
    marks: new Map(Object.keys(own).length === 0 ? [] : [[key, own]]),
  };
}

/** A mark that was made while only a team had the client gives way to what the user's own file says. */
function setClients(
  instance: Instance | undefined,
  clientIds: readonly string[],
  edit: Setting,
  workspaces: readonly SavedFile[],
): RoutedEdit {
  const { team, own } = split(edit.attention);
  const byFile = Map.groupBy(clientIds, (clientId) => homeOfClient(instance, clientId, workspaces));
  const files: FileEdit[] = [];
  const marks = new Map<string, PersonalMarks>();
  for (const [file, ids] of byFile) {
    const said = file === undefined ? edit.attention : team;
    const marked = file === undefined ? cleared(own) : own;
    if (Object.keys(said).length > 0) files.push({ file, edit: { ...edit, of: { clientIds: ids }, attention: said } });
    for (const clientId of Object.keys(marked).length > 0 ? ids : [])
      marks.set(clientMarkKey(edit.instanceId, clientId), marked);
  }
  return { files, marks };
}

function cleared(own: PersonalMarks): PersonalMarks {
  return Object.fromEntries(Object.keys(own).map((key) => [key, false]));
}

function instanceWith({ instances }: Inventory, instanceId: string): Instance | undefined {
  return instances.find((each) => each.instanceId === instanceId);
}
