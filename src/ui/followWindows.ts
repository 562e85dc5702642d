import type { Disposable } from '../base/event';
import type { Inventories } from '../host/inventory/inventories';
import type { SharedFolder } from '../host/shared/sharedFolder';
import type { CallMeter } from '../sessions/meter/callMeter';
import type { SharedStatuses } from '../sessions/windows/sharedStatuses';
import type { InstancesView } from './tree/instancesView';

export interface WindowsParts {
  readonly shared: SharedFolder;
  readonly meter: CallMeter;
  readonly statuses: SharedStatuses;
  readonly inventory: Inventories;
  readonly view: InstancesView;
}

/** Learns what other windows found, counted and saved: when their files change, and when somebody looks here again. */
export function followWindows({ shared, meter, statuses, inventory, view }: WindowsParts): Disposable[] {
  const count = (): void => void meter.flush();
  count();
  return [
    shared.onDidCount(count),
    shared.onDidFind(() => void statuses.follow()),
    view.onDidChangeWatched(() => {
      if (!view.isWatched) return;
      count();
      void inventory.reload();
    }),
  ];
}
