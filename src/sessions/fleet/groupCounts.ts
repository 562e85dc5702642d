import { type Disposable, Emitter, type Event } from '../../base/event';
import type { Group, Instance, Inventory } from '../../model/inventory/inventory';
import type { StatusChange, StatusStore } from '../status/statusStore';
import { type RollUp, type Standing, standingOf, Tally } from './tally';

/** Where the inventory is read; the file is one. */
export interface InventorySource {
  readonly inventory: Inventory;
  readonly onDidChange: Event<unknown>;
}

/** A client of an instance: which groups hold it, and how it was counted last. */
interface Member {
  groups: readonly string[];
  standing: Standing;
}

interface InstanceCounts {
  readonly all: Tally;
  readonly groups: Map<string, Tally>;
  readonly members: Map<string, Member>;
}

const NOTHING = new Tally().read();

/** How every group and instance stands, kept by what changes: an answer costs its own clients, not the fleet. */
export class GroupCounts implements Disposable {
  private readonly changed = new Emitter<StatusChange>();
  private readonly byInstance = new Map<string, InstanceCounts>();
  private readonly subscriptions: Disposable[];
  private counted: Inventory | undefined;
  /** The store's change, told again once it is counted. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly source: InventorySource,
    private readonly store: StatusStore,
  ) {
    this.followInventory();
    this.subscriptions = [
      source.onDidChange(() => this.followInventory()),
      store.onDidChange((change) => this.followStatus(change)),
    ];
  }

  ofInstance(instanceId: string): RollUp {
    return this.byInstance.get(instanceId)?.all.read() ?? NOTHING;
  }

  ofGroup(instanceId: string, group: string): RollUp {
    return this.byInstance.get(instanceId)?.groups.get(group)?.read() ?? NOTHING;
  }

  /** The names of the groups that hold a client. */
  groupsWith(instanceId: string, clientId: string): readonly string[] {
    return this.byInstance.get(instanceId)?.members.get(clientId)?.groups ?? [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private followInventory(): void {
    const { inventory } = this.source;
    if (inventory === this.counted) return;
    this.counted = inventory;
    this.byInstance.clear();
    for (const instance of inventory.instances) this.byInstance.set(instance.instanceId, this.countAnew(instance));
  }

  private countAnew({ instanceId, groups }: Instance): InstanceCounts {
    const counts: InstanceCounts = { all: new Tally(), groups: new Map(), members: new Map() };
    for (const group of groups) this.addGroup(counts, instanceId, group);
    for (const { standing } of counts.members.values()) counts.all.add(standing);
    return counts;
  }

  private addGroup({ groups, members }: InstanceCounts, instanceId: string, { name, clientIds }: Group): void {
    const tally = new Tally();
    const alone = [name];
    groups.set(name, tally);
    for (const clientId of clientIds) {
      const known = members.get(clientId);
      const standing = known?.standing ?? this.standingOf(instanceId, clientId);
      if (known === undefined) members.set(clientId, { groups: alone, standing });
      else known.groups = [...known.groups, name];
      tally.add(standing);
    }
  }

  private followStatus(change: StatusChange): void {
    const counts = this.byInstance.get(change.instanceId);
    if (counts !== undefined)
      for (const clientId of change.clientIds) this.recount(counts, change.instanceId, clientId);
    this.changed.fire(change);
  }

  private recount({ all, groups, members }: InstanceCounts, instanceId: string, clientId: string): void {
    const member = members.get(clientId);
    if (member === undefined) return;
    const before = member.standing;
    member.standing = this.standingOf(instanceId, clientId);
    for (const tally of [all, ...member.groups.map((name) => groups.get(name))]) {
      tally?.remove(before);
      tally?.add(member.standing);
    }
  }

  private standingOf(instanceId: string, clientId: string): Standing {
    const known = this.store.get(instanceId, clientId);
    return standingOf(known, this.store.isChecking(instanceId, clientId));
  }
}
