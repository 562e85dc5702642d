import * as vscode from 'vscode';
import type { Credentials } from '../host/credentials';
import type { Inventories } from '../host/inventory/inventories';
import type { Instance } from '../model/inventory/inventory';

/** Forgets what was known of an instance whose key or address changed: the old answers were another's. */
export function followChanges(
  inventory: Inventories,
  credentials: Credentials,
  forget: (instanceId: string) => void,
): vscode.Disposable {
  let before = inventory.inventory.instances;
  const placeOf = ({ regionId, endpoint, credential }: Instance): string =>
    JSON.stringify([regionId, endpoint, credential]);
  const subscriptions = [
    inventory.onDidChange(({ inventory: { instances } }) => {
      const places = new Map(instances.map((instance) => [instance.instanceId, placeOf(instance)]));
      for (const old of before) if (places.get(old.instanceId) !== placeOf(old)) forget(old.instanceId);
      before = instances;
    }),
    credentials.onDidChange((name) => {
      for (const { instanceId, credential } of inventory.inventory.instances)
        if (credential === name) forget(instanceId);
    }),
  ];
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}
