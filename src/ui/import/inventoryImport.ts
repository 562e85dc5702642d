import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import { foreignHost } from '../../model/import/foreignEndpoint';
import { destination } from '../../model/destination';
import type { Instance, Inventory } from '../../model/inventory/inventory';
import { gatheredIn, type InstanceNews, newsOf } from '../../model/inventory/mergeInventory';
import { savedInventory } from '../../model/inventory/routeMerge';
import { pick } from '../inputs/steps';
import { intoSharedText } from '../team/teamWords';
import { withoutIcons } from '../tell';
import { newsText } from './importWords';

const t = vscode.l10n.t;

/** What came of an imported inventory; each part counts only what was new. */
export interface ImportedInventory {
  readonly instances: number;
  readonly groups: number;
  readonly clients: number;
  readonly alreadyKnown: number;
  /** Names of instances that were left out: their endpoint is none, or it is not the vendor's and nobody named them. */
  readonly refused: readonly string[];
}

type ImportInventories = Pick<Inventories, 'own' | 'inventory' | 'folders'>;

/** Asks whether the groups go into one instance, or each where it was. Undefined when cancelled. */
export async function pickWhere(name: string, target: Instance, file: Inventory): Promise<Inventory | undefined> {
  return pick<Inventory>({
    title: t('Import the Inventory "{0}"', name),
    placeholder: t('Where do its groups go?'),
    items: [
      { label: t('Into "{0}"', withoutIcons(target.name)), value: gatheredIn(target, file) },
      { label: t('Into the instances that the file names'), value: file },
    ],
  });
}

/** Lets a person tick what to import of each instance. Undefined when cancelled. */
export async function tickInstances(
  name: string,
  inventory: ImportInventories,
  file: Inventory,
): Promise<readonly string[] | undefined> {
  const news = newsOf(savedIn(inventory), file);
  const leftOut = news.filter((each) => !mayBeAsked(each)).map(({ instance }) => instance.name);
  const items = news.filter(mayBeAsked).map((each) => ({
    label: withoutIcons(each.instance.name),
    description: each.isNew ? t('new: {0}', each.instance.instanceId) : each.instance.instanceId,
    detail: [...warningOf(each), ...sharedOf(each), newsText(each.newGroups, each.newClients, each.knownClients)].join(
      ' ',
    ),
    picked: hasNews(each) && foreignHostOf(each) === undefined,
    instanceId: each.instance.instanceId,
  }));
  const ticked = await vscode.window.showQuickPick(items, {
    title: t('Import the Inventory "{0}"', name),
    placeHolder:
      leftOut.length === 0
        ? t('Nothing that is saved is overwritten, and keys are in no inventory.')
        : t('Left out, as no call may go to their endpoint: {0}', leftOut.join(', ')),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return ticked?.map(({ instanceId }) => instanceId);
}

/** Adds what is new in one edit. An instance that would take a key elsewhere is left out unless it is named. */
export async function importInventory(
  inventory: ImportInventories & Pick<Inventories, 'edit'>,
  file: Inventory,
  named: readonly string[] | undefined,
): Promise<ImportedInventory> {
  const news = newsOf(savedIn(inventory), file);
  const isNamed = ({ instance }: InstanceNews): boolean => named?.includes(instance.instanceId) ?? false;
  const isWanted = (each: InstanceNews): boolean =>
    mayBeAsked(each) && (named === undefined ? foreignHostOf(each) === undefined : isNamed(each));
  const wanted = news.filter(isWanted);
  const refused = news.filter((each) => !isWanted(each) && (named === undefined || isNamed(each)));
  const ids = new Set(wanted.map(({ instance }) => instance.instanceId));
  const instances = file.instances.filter(({ instanceId }) => ids.has(instanceId));
  await inventory.edit({ kind: 'merge', inventory: { instances } });
  const sum = (of: (each: InstanceNews) => number): number => wanted.reduce((total, each) => total + of(each), 0);
  return {
    instances: sum(({ isNew }) => Number(isNew)),
    groups: sum(({ newGroups }) => newGroups),
    clients: sum(({ newClients }) => newClients),
    alreadyKnown: sum(({ knownClients }) => knownClients),
    refused: refused.map(({ instance }) => instance.name),
  };
}

function savedIn({ own, inventory, folders }: ImportInventories): Inventory {
  return savedInventory(own.inventory, inventory, new Map(folders.map(({ key, file }) => [key, file.inventory])));
}

function hasNews({ isNew, newGroups, newClients }: InstanceNews): boolean {
  return isNew || newGroups > 0 || newClients > 0;
}

/** What is saved already keeps its endpoint. */
function mayBeAsked({ isNew, instance }: InstanceNews): boolean {
  return !isNew || destination(instance).kind === 'ok';
}

function foreignHostOf({ isNew, instance }: InstanceNews): string | undefined {
  return isNew ? foreignHost(instance) : undefined;
}

function warningOf(each: InstanceNews): string[] {
  const host = foreignHostOf(each);
  if (host === undefined) return [];
  return [t('$(warning) The key of "{0}" would go to {1}.', withoutIcons(each.instance.credential ?? ''), host)];
}

/** Others get what goes into a folder's file. */
function sharedOf({ instance }: InstanceNews): string[] {
  const text = intoSharedText(instance.origin);
  return text === undefined ? [] : [withoutIcons(text)];
}
