import { type Disposable, Emitter } from '../../base/event';
import { attentionOf, type Instance, type Inventory, pinnedClientIdsOf } from '../../model/inventory/inventory';
import { ClientSet } from './clientSet';
import type { Expectations } from './expectations';
import type { GroupCounts, InventorySource } from './groupCounts';
import type { ClientStatus, StatusChange, StatusStore } from '../status/statusStore';
import { type Standing, standingOf, Tally } from './tally';

/** How pinned clients stand. Whose last check failed is not known, whatever was known before. */
export interface PinnedCount {
  readonly total: number;
  readonly online: number;
  readonly notKnown: number;
  /** Milliseconds since the epoch of the oldest answer counted. */
  readonly oldestAt: number | undefined;
}

/** What a person pinned, and how it stands. */
export type Pinned =
  | { readonly kind: 'group'; readonly instance: Instance; readonly name: string; readonly count: PinnedCount }
  | {
      readonly kind: 'client';
      readonly instance: Instance;
      readonly clientId: string;
      readonly status: ClientStatus | undefined;
    };

type Pin =
  | { readonly kind: 'group'; readonly instance: Instance; readonly name: string }
  | { readonly kind: 'client'; readonly instance: Instance; readonly clientId: string };

interface PinnedInstance {
  readonly standings: Map<string, Standing>;
  readonly groups: Map<string, Tally>;
}

export interface PinnedClientsParts {
  readonly inventory: InventorySource;
  readonly store: Pick<StatusStore, 'get'>;
  readonly counts: Pick<GroupCounts, 'groupsWith' | 'onDidChange'>;
  readonly expectations: Pick<Expectations, 'brokenOf' | 'onDidChange'>;
}

/** How the pinned clients stand, each counted once for its instance; kept by what changes. */
export class PinnedClients implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly byInstance = new Map<string, PinnedInstance>();
  private readonly subscriptions: Disposable[];
  private readonly missed = new ClientSet();
  private all = new Tally();
  private pins: readonly Pin[] = [];
  private followed: Inventory | undefined;
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: PinnedClientsParts) {
    const { inventory, counts, expectations } = parts;
    this.followInventory();
    this.subscriptions = [
      inventory.onDidChange(() => this.followInventory()),
      counts.onDidChange((change) => this.follow(change)),
      expectations.onDidChange((change) => this.follow(change)),
    ];
  }

  get count(): PinnedCount {
    return countOf(this.all);
  }

  /** The pinned clients that should be online and are known to be offline. */
  get missing(): Pick<ClientSet, 'size' | 'first'> {
    return this.missed;
  }

  /** The first few things pinned, in the order saved, and how many there are besides. */
  first(most: number): { readonly shown: readonly Pinned[]; readonly more: number } {
    const shown = this.pins.slice(0, most).map((pin) => this.read(pin));
    return { shown, more: this.pins.length - shown.length };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private read(pin: Pin): Pinned {
    const { instanceId } = pin.instance;
    switch (pin.kind) {
      case 'group':
        return { ...pin, count: countOf(this.byInstance.get(instanceId)?.groups.get(pin.name) ?? new Tally()) };
      case 'client':
        return { ...pin, status: this.parts.store.get(instanceId, pin.clientId) };
    }
  }

  private followInventory(): void {
    const { inventory } = this.parts.inventory;
    if (inventory === this.followed) return;
    this.followed = inventory;
    this.byInstance.clear();
    this.missed.clear();
    this.all = new Tally();
    this.pins = inventory.instances.flatMap(pinsOf);
    for (const instance of inventory.instances) this.countAnew(instance);
    this.changed.fire();
  }

  private countAnew(instance: Instance): void {
    const { instanceId } = instance;
    const standings = new Map<string, Standing>();
    const groups = new Map<string, Tally>();
    for (const clientId of pinnedClientIdsOf(instance)) {
      const standing = this.standingOf(instanceId, clientId);
      standings.set(clientId, standing);
      this.all.add(standing);
      this.noteMissing(instanceId, clientId);
    }
    for (const { name, clientIds } of instance.groups.filter(({ pinned }) => pinned === true)) {
      const tally = new Tally();
      groups.set(name, tally);
      for (const clientId of clientIds) tally.add(this.standingOf(instanceId, clientId));
    }
    if (standings.size > 0) this.byInstance.set(instanceId, { standings, groups });
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    const pinned = this.byInstance.get(instanceId);
    const mine = clientIds.filter((clientId) => pinned?.standings.has(clientId) === true);
    if (pinned === undefined || mine.length === 0) return;
    for (const clientId of mine) this.recount(pinned, instanceId, clientId);
    this.changed.fire();
  }

  private recount({ standings, groups }: PinnedInstance, instanceId: string, clientId: string): void {
    const before = standings.get(clientId);
    if (before === undefined) return;
    const standing = this.standingOf(instanceId, clientId);
    standings.set(clientId, standing);
    const holders = this.parts.counts.groupsWith(instanceId, clientId).map((name) => groups.get(name));
    for (const tally of [this.all, ...holders]) {
      tally?.remove(before);
      tally?.add(standing);
    }
    this.noteMissing(instanceId, clientId);
  }

  private noteMissing(instanceId: string, clientId: string): void {
    const isMissing = this.parts.expectations.brokenOf(instanceId, clientId) === 'online';
    this.missed[isMissing ? 'add' : 'delete']({ instanceId, clientId });
  }

  private standingOf(instanceId: string, clientId: string): Standing {
    const standing = standingOf(this.parts.store.get(instanceId, clientId), false);
    return standing.status === 'unknown' ? { ...standing, at: undefined } : standing;
  }
}

function pinsOf(instance: Instance): Pin[] {
  const groups = instance.groups.filter(({ pinned }) => pinned === true);
  const clientIds = [...pinnedClientIdsOf(instance)].filter((id) => attentionOf(instance, id).pinned === true);
  return [
    ...groups.map(({ name }): Pin => ({ kind: 'group', instance, name })),
    ...clientIds.map((clientId): Pin => ({ kind: 'client', instance, clientId })),
  ];
}

function countOf(tally: Tally): PinnedCount {
  const { total, online, offline, oldestAt } = tally.read();
  return { total, online, notKnown: total - online - offline, oldestAt };
}
