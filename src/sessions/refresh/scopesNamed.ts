import { clientIdsOf, findInstance, type Inventory } from '../../model/inventory/inventory';
import type { CheckRequest } from '../status/statusChecker';

/** A group of an instance, or an instance as a whole. */
export interface NamedScope {
  readonly instanceId: string;
  readonly group?: string;
}

/** Finds what settings name: "Group" in any instance, "Instance" by name or ID, or "Instance/Group"; and what names none. */
export function scopesNamed(
  inventory: Inventory,
  names: readonly string[],
): { readonly scopes: NamedScope[]; readonly unknown: string[] } {
  const found = names.map((name) => ({ name, scopes: scopesOf(inventory, name) }));
  return {
    scopes: found.flatMap(({ scopes }) => scopes),
    unknown: found.filter(({ scopes }) => scopes.length === 0).map(({ name }) => name),
  };
}

/** All clients of some scopes. */
export function requestsIn({ instances }: Inventory, scopes: readonly NamedScope[]): CheckRequest[] {
  return scopes.flatMap(({ instanceId, group }) => {
    const target = instances.find((instance) => instance.instanceId === instanceId);
    if (target === undefined) return [];
    const clientIds =
      group === undefined ? clientIdsOf(target) : target.groups.find(({ name }) => name === group)?.clientIds;
    return clientIds === undefined ? [] : [{ target, clientIds }];
  });
}

/** A group goes before an instance of that name; a name may hold slashes itself, so every way to cut it is tried. */
function scopesOf(inventory: Inventory, name: string): NamedScope[] {
  const anywhere = inventory.instances.flatMap(({ instanceId }) => groupIn(inventory, instanceId, name));
  if (anywhere.length > 0) return anywhere;
  const instance = findInstance(inventory, name);
  if (instance !== undefined) return [{ instanceId: instance.instanceId }];
  const cuts = [...name.matchAll(/\//g)].map(({ index }) => index);
  return cuts.flatMap((at) => groupIn(inventory, name.slice(0, at), name.slice(at + 1)));
}

function groupIn(inventory: Inventory, nameOrId: string, group: string): NamedScope[] {
  const instance = findInstance(inventory, nameOrId);
  const isThere = instance?.groups.some(({ name }) => name === group) === true;
  return isThere ? [{ instanceId: instance.instanceId, group }] : [];
}
