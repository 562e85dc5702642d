import type { Inventories } from '../../host/inventory/inventories';
import { byInstance, type PlannedClient } from '../../model/results/checkPlan';
import { findInstance } from '../../model/inventory/inventory';
import type { ResultRow } from '../../model/results/resultRow';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import type { StatusChange, StatusStore } from '../../sessions/status/statusStore';
import { errorText } from '../words/failureWords';

export interface ResultSetParts {
  readonly store: Pick<StatusStore, 'get' | 'isChecking'>;
  readonly inventory: Pick<Inventories, 'inventory'>;
}

/** The clients of one check, in its order, and how each stands now. A row's key is its place. */
export class ResultSet {
  private readonly keys = new Map<string, number>();

  constructor(
    /** What was looked through. */
    readonly title: string,
    /** What was left out, and why. */
    readonly note: string,
    readonly planned: readonly PlannedClient[],
    private readonly parts: ResultSetParts,
  ) {
    planned.forEach(({ clientId, instance }, key) => this.keys.set(`${instance.instanceId} ${clientId}`, key));
  }

  /** The rows of some keys, in their order; a key of no row is left out. */
  rows(keys: Iterable<number> = this.planned.keys()): ResultRow[] {
    return [...keys].flatMap((key) => this.row(key) ?? []);
  }

  /** The rows that a change of the store is about. */
  keysOf({ instanceId, clientIds }: StatusChange): number[] {
    return clientIds.flatMap((clientId) => this.keys.get(`${instanceId} ${clientId}`) ?? []);
  }

  /** What to ask for some rows, at the instances as they are saved now; one that was removed is not asked any more. */
  requests(keys: Iterable<number>): CheckRequest[] {
    const planned = [...keys].flatMap((key) => this.planned[key] ?? []);
    const { inventory } = this.parts.inventory;
    return byInstance(planned).flatMap(({ target: { instanceId }, clientIds }) => {
      const target = inventory.instances.find((each) => each.instanceId === instanceId);
      return target === undefined ? [] : [{ target, clientIds }];
    });
  }

  private row(key: number): ResultRow | undefined {
    const client = this.planned[key];
    if (client === undefined) return undefined;
    const { store, inventory } = this.parts;
    const { clientId, instance } = client;
    const { instanceId } = instance;
    const known = store.get(instanceId, clientId);
    const { last, failure } = known ?? {};
    return {
      key,
      clientId,
      instance: findInstance(inventory.inventory, instanceId)?.name ?? instance.name,
      instanceId,
      isChecking: store.isChecking(instanceId, clientId),
      ...(last === undefined
        ? {}
        : { answer: { status: last.status, isVerified: last.isVerified, checkedAt: last.checkedAt } }),
      ...(failure === undefined ? {} : { failure: { text: errorText(failure.error), at: failure.at } }),
    };
  }
}
