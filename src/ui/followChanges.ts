import * as vscode from 'vscode';
import type { Credentials } from '../host/credentials';
import type { InventoryFile } from '../host/inventoryFile';
import type { Instance } from '../model/inventory';
import type { StatusChecker } from '../sessions/statusChecker';

/** Forgets what was known of an instance whose key or address changed: the old answers were another's. */
export function followChanges(
  inventory: InventoryFile,
  credentials: Credentials,
  checker: StatusChecker,
): vscode.Disposable {
  let before = inventory.inventory.instances;
  const placeOf = ({ regionId, endpoint, credential }: Instance): string =>
    JSON.stringify([regionId, endpoint, credential]);
  const subscriptions = [
    inventory.onDidChange(({ inventory: { instances } }) => {
      const places = new Map(instances.map((instance) => [instance.instanceId, placeOf(instance)]));
      for (const old of before) if (places.get(old.instanceId) !== placeOf(old)) checker.forget(old.instanceId);
      before = instances;
    }),
    credentials.onDidChange((name) => {
      for (const { instanceId, credential } of inventory.inventory.instances)
        if (credential === name) checker.forget(instanceId);
    }),
  ];
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}
