import type { Inventories } from '../../host/inventory/inventories';
import type { Instance } from '../../model/inventory/inventory';
import type { ClientStatus, StatusStore } from '../../sessions/status/statusStore';

/** A client in an instance where it is saved, or where something is known of it. */
export interface ClientPlace {
  readonly instance: Instance;
  /** The names of its groups there; none for a client that was only looked up. */
  readonly groups: readonly string[];
  readonly status: ClientStatus | undefined;
  readonly isChecking: boolean;
}

/** Where the client IDs of a text are saved and known. It reads what is there and asks nothing. */
export class ClientPlaces {
  private readonly subscription: { dispose(): void };
  private saved: ReadonlySet<string> | undefined;

  constructor(
    private readonly inventory: Inventories,
    private readonly store: Pick<StatusStore, 'get' | 'isChecking'>,
  ) {
    this.subscription = inventory.onDidChange(() => {
      this.saved = undefined;
    });
  }

  /** True for a client ID of any instance. */
  readonly isSaved = (clientId: string): boolean => {
    this.saved ??= savedIn(this.inventory.inventory.instances);
    return this.saved.has(clientId);
  };

  /** Every place of a client, those with the newest answer first. */
  of(clientId: string): ClientPlace[] {
    const isSaved = this.isSaved(clientId);
    return this.inventory.inventory.instances
      .map((instance) => this.placeIn(instance, clientId, isSaved))
      .filter(({ groups, status, isChecking }) => groups.length > 0 || status !== undefined || isChecking)
      .sort((a, b) => (b.status?.last?.checkedAt ?? 0) - (a.status?.last?.checkedAt ?? 0));
  }

  /** True where an answer or a failure is known of a client. Cheap: it is asked for each ID on the screen. */
  isKnown(clientId: string): boolean {
    return this.inventory.inventory.instances.some(
      ({ instanceId }) => this.store.get(instanceId, clientId) !== undefined,
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private placeIn(instance: Instance, clientId: string, isSaved: boolean): ClientPlace {
    const { groups, instanceId } = instance;
    return {
      instance,
      groups: isSaved ? groups.filter(({ clientIds }) => clientIds.includes(clientId)).map(({ name }) => name) : [],
      status: this.store.get(instanceId, clientId),
      isChecking: this.store.isChecking(instanceId, clientId),
    };
  }
}

function savedIn(instances: readonly Instance[]): ReadonlySet<string> {
  return new Set(instances.flatMap(({ groups }) => groups.flatMap(({ clientIds }) => clientIds)));
}
