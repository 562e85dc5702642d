import type { Inventory } from './inventory';
import { withoutPersonal } from './personal';
import type { FileEdit } from './routeMove';

/** What is imported into an instance that only a workspace names goes into that file, all else into the user's own. */
export function routeMerge(inventory: Inventory, imported: Inventory): FileEdit[] {
  const files = new Map(inventory.instances.map(({ instanceId, origin }) => [instanceId, origin?.file]));
  const byFile = Map.groupBy(imported.instances, ({ instanceId }) => files.get(instanceId));
  return [...byFile].map(([file, instances]) => {
    const saved = file === undefined ? instances : instances.map(withoutPersonal);
    return { file, edit: { kind: 'merge', inventory: { instances: saved } } };
  });
}

/**
 * The instances as they are shown, each with what the file has of it that it would be saved to: what is new is new there,
 * though another file has it.
 */
export function savedInventory(own: Inventory, merged: Inventory, files: ReadonlyMap<string, Inventory>): Inventory {
  const ofTeams = merged.instances.flatMap((shown) => {
    if (shown.origin === undefined) return [];
    const inFile = files.get(shown.origin.file)?.instances.find(({ instanceId }) => instanceId === shown.instanceId);
    return [{ ...shown, groups: inFile?.groups ?? [], clients: inFile?.clients }];
  });
  return { instances: [...own.instances, ...ofTeams] };
}
