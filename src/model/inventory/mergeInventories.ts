import { vendorDestination } from '../destination';
import {
  type Attention,
  clientsOf,
  type ClientWords,
  detailsOf,
  type Group,
  type Instance,
  type InstanceOrigin,
  type Inventory,
} from './inventory';
import { bindingKey, clientMarkKey, consentKey, groupMarkKey, isWithinConsent, type Personal, split } from './personal';
import { readableName, seenName, ShownNames } from './shownNames';

/** The inventory of a workspace folder. */
export interface WorkspaceInventory {
  /** Tells the file from others. */
  readonly file: string;
  readonly folder: string;
  readonly inventory: Inventory;
}

/** Why something of a workspace's inventory is not shown. */
export interface MergeProblem {
  /** Another folder has the instance elsewhere; or its ID is the name of one of the user's own, or nothing one can read. */
  readonly kind: 'otherPlace' | 'imitates' | 'badInstanceId';
  readonly folder: string;
  readonly instanceId: string;
}

export interface MergedInventory {
  readonly inventory: Inventory;
  readonly problems: readonly MergeProblem[];
}

interface Building {
  readonly instance: Instance;
  readonly names: ShownNames;
  readonly groups: Group[];
  readonly clients: Map<string, Attention & ClientWords>;
}

/**
 * The user's own inventory and those of the workspace as one. What the user saved always wins; by the word of a workspace
 * a key goes to the vendor alone, and which key that is only the person says.
 */
export function mergeInventories(
  own: Inventory,
  workspaces: readonly WorkspaceInventory[],
  personal: Personal,
): MergedInventory {
  if (workspaces.every(({ inventory }) => inventory.instances.length === 0)) return { inventory: own, problems: [] };
  const ownNames = new Set(own.instances.map(({ name }) => name));
  const names = new ShownNames(own.instances.flatMap(({ name, instanceId }) => [name, instanceId]));
  const merged = new Map(own.instances.map((instance) => [instance.instanceId, begin(instance)]));
  const problems: MergeProblem[] = [];
  for (const workspace of workspaces) {
    for (const saved of workspace.inventory.instances) {
      const known = merged.get(saved.instanceId);
      const kind = known === undefined ? idProblem(saved, ownNames) : placeProblem(known.instance, saved);
      if (kind !== undefined) {
        problems.push({ kind, folder: seenName(workspace.folder), instanceId: seenName(saved.instanceId) });
        continue;
      }
      const into = known ?? begin(fromWorkspace(saved, workspace, names, personal));
      merged.set(saved.instanceId, into);
      addGroups(into, saved, workspace, personal);
    }
  }
  return { inventory: { instances: [...merged.values()].map((each) => finished(each, personal)) }, problems };
}

function begin(instance: Instance): Building {
  const names = new ShownNames(instance.groups.map(({ name }) => name));
  return { instance, names, groups: [...instance.groups], clients: new Map() };
}

/** Commands find an instance by its ID first: one whose ID is the name of the user's own would be taken for that one. */
function idProblem({ instanceId }: Instance, ownNames: ReadonlySet<string>): MergeProblem['kind'] | undefined {
  if (!/^[\x21-\x7e]{1,128}$/.test(instanceId)) return 'badInstanceId';
  return ownNames.has(instanceId) ? 'imitates' : undefined;
}

/** Two folders that name one instance in two regions cannot both be right; the user's own place is the user's to know. */
function placeProblem(known: Instance, saved: Instance): MergeProblem['kind'] | undefined {
  if (known.origin === undefined) return undefined;
  const place = vendorDestination(saved);
  const isSame = place.kind === 'ok' ? place.regionId === known.regionId : place.reason === known.origin.refused;
  return isSame ? undefined : 'otherPlace';
}

/** An instance that only a workspace names: a region of the vendor's or no place at all, and a key of the person's or none. */
function fromWorkspace(
  saved: Instance,
  { file, folder }: WorkspaceInventory,
  names: ShownNames,
  { bindings }: Personal,
): Instance {
  const { name: savedName, instanceId, credential: credentialName } = detailsOf(saved);
  const place = vendorDestination(saved);
  const seenFolder = seenName(folder);
  const origin: InstanceOrigin = { file, folder: seenFolder, savedName, credentialName };
  const instance = { name: names.take(savedName, seenFolder), instanceId, groups: [] };
  if (place.kind === 'refused') return { ...instance, origin: { ...origin, refused: place.reason } };
  const { regionId } = place;
  const bound = bindings[bindingKey({ file, instanceId, regionId, credentialName })];
  const isBound = isWithinConsent(bound?.clients, clientsOf(saved.groups).size);
  return { ...instance, regionId, credential: isBound ? bound?.credential : undefined, origin };
}

function addGroups(
  { instance, names, groups, clients }: Building,
  saved: Instance,
  { file, folder }: WorkspaceInventory,
  { consents, marks }: Personal,
): void {
  const { instanceId, credential } = instance;
  const isOfAnother = file !== instance.origin?.file;
  const agreed = consents[consentKey({ file, instanceId, credential })];
  const isHeld = isOfAnother && !isWithinConsent(agreed, clientsOf(saved.groups).size);
  const seenFolder = seenName(folder);
  for (const group of saved.groups) {
    const { name: savedName } = group;
    const shown = { ...split(group).team, name: names.take(savedName, seenFolder) };
    const origin = { file, folder: seenFolder, savedName, isHeld };
    groups.push({ ...shown, ...marks[groupMarkKey(file, instanceId, savedName)], origin });
  }
  if (saved.clients === undefined) return;
  const [own, named] = [clientsOf(instance.groups), clientsOf(saved.groups)];
  for (const [clientId, wanted] of Object.entries(saved.clients))
    if (named.has(clientId) && !own.has(clientId) && !clients.has(clientId)) clients.set(clientId, saidByTeam(wanted));
}

/** An alias is what a row is called, so it is shown as a name is: one with nothing to read in it is none. */
function saidByTeam(wanted: Attention & ClientWords): Attention & ClientWords {
  const { alias, ...team } = split(wanted).team;
  const shown = alias === undefined ? undefined : readableName(alias);
  return shown === undefined ? team : { ...team, alias: shown };
}

/**
 * What the person marked here goes before the workspace. What the user's own file says goes before both, of its own
 * clients alone: what it says of one that moved on to a team could not be changed any more.
 */
function finished({ instance, groups, clients }: Building, { marks }: Personal): Instance {
  if (groups.length === instance.groups.length) return instance;
  const isAnyMarked = Object.keys(marks).length > 0;
  for (const clientId of isAnyMarked ? clientsOf(groups) : []) {
    const marked = marks[clientMarkKey(instance.instanceId, clientId)];
    if (marked !== undefined) clients.set(clientId, { ...clients.get(clientId), ...marked });
  }
  const [own, named] = [clientsOf(instance.groups), clientsOf(groups)];
  for (const [clientId, wanted] of Object.entries(instance.clients ?? {}))
    if (own.has(clientId) || !named.has(clientId)) clients.set(clientId, { ...clients.get(clientId), ...wanted });
  const isNothingSaid = clients.size === 0 && instance.clients === undefined;
  return { ...instance, groups, ...(isNothingSaid ? {} : { clients: Object.fromEntries(clients) }) };
}
