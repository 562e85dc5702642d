import { type Disposable, Emitter } from '../../base/event';
import { type Expected, expectationsOf, type Instance, type Inventory } from '../../model/inventory/inventory';
import type { GroupCounts, InventorySource } from './groupCounts';
import type { ClientStatus, StatusChange, StatusStore } from '../status/statusStore';

/** Whether a client stands as it should. What is not known breaks nothing. */
export type Verdict = 'asExpected' | 'broken' | 'notKnown';

/** How many of some clients do not stand as they should, and of how many that is not known. */
export interface Shortfall {
  readonly broken: number;
  readonly notKnown: number;
}

interface Judged {
  readonly expected: ReadonlyMap<string, Expected>;
  /** Of the clients that a group holds: another one has no row, and nobody asks about it. */
  readonly verdicts: Map<string, Verdict>;
  readonly all: Count;
  readonly groups: ReadonlyMap<string, Count>;
}

class Count implements Shortfall {
  broken = 0;
  notKnown = 0;

  add(verdict: Verdict, by: 1 | -1): void {
    if (verdict !== 'asExpected') this[verdict] += by;
  }
}

const NOTHING: Shortfall = new Count();

/** Whose last check failed is not known to stand as before: neither well nor badly. */
export function verdictOf(expected: Expected, status: ClientStatus | undefined): Verdict {
  const known = status?.last?.status ?? 'unknown';
  if (known === 'unknown' || status?.failure !== undefined) return 'notKnown';
  return known === expected ? 'asExpected' : 'broken';
}

/** Which clients stand as they should, kept by what changes: an answer costs its own clients, not the fleet. */
export class Expectations implements Disposable {
  private readonly changed = new Emitter<StatusChange>();
  private readonly byInstance = new Map<string, Judged>();
  private readonly subscriptions: Disposable[];
  private judged: Inventory | undefined;
  /** Names the clients whose verdict is another one, is new or is gone. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly source: InventorySource,
    private readonly store: Pick<StatusStore, 'get'>,
    private readonly counts: Pick<GroupCounts, 'groupsWith' | 'onDidChange'>,
  ) {
    this.followInventory();
    this.subscriptions = [
      source.onDidChange(() => this.followInventory()),
      counts.onDidChange((change) => this.followStatus(change)),
    ];
  }

  /** Undefined where nothing is expected of the client. */
  verdictOf(instanceId: string, clientId: string): Verdict | undefined {
    return this.byInstance.get(instanceId)?.verdicts.get(clientId);
  }

  /** How a client should stand that does not. */
  brokenOf(instanceId: string, clientId: string): Expected | undefined {
    const judged = this.byInstance.get(instanceId);
    return judged?.verdicts.get(clientId) === 'broken' ? judged.expected.get(clientId) : undefined;
  }

  ofInstance(instanceId: string): Shortfall {
    return this.byInstance.get(instanceId)?.all ?? NOTHING;
  }

  ofGroup(instanceId: string, group: string): Shortfall {
    return this.byInstance.get(instanceId)?.groups.get(group) ?? NOTHING;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private followInventory(): void {
    const { inventory } = this.source;
    if (inventory === this.judged) return;
    this.judged = inventory;
    const before = new Map(this.byInstance);
    this.byInstance.clear();
    for (const instance of inventory.instances) this.byInstance.set(instance.instanceId, this.judge(instance));
    for (const instanceId of new Set([...before.keys(), ...this.byInstance.keys()])) {
      const clientIds = differing(before.get(instanceId)?.verdicts, this.byInstance.get(instanceId)?.verdicts);
      if (clientIds.length > 0) this.changed.fire({ instanceId, clientIds });
    }
  }

  private judge(instance: Instance): Judged {
    const expected = expectationsOf(instance);
    const verdicts = new Map<string, Verdict>();
    const all = new Count();
    const groups = new Map(instance.groups.map(({ name }) => [name, new Count()]));
    for (const { name, clientIds } of instance.groups) {
      for (const clientId of clientIds) {
        const wanted = expected.get(clientId);
        if (wanted === undefined) continue;
        const verdict = verdictOf(wanted, this.store.get(instance.instanceId, clientId));
        if (!verdicts.has(clientId)) all.add(verdict, 1);
        verdicts.set(clientId, verdict);
        groups.get(name)?.add(verdict, 1);
      }
    }
    return { expected, verdicts, all, groups };
  }

  private followStatus({ instanceId, clientIds }: StatusChange): void {
    const judged = this.byInstance.get(instanceId);
    if (judged === undefined) return;
    const changed = clientIds.filter((clientId) => this.judgeAgain(judged, instanceId, clientId));
    if (changed.length > 0) this.changed.fire({ instanceId, clientIds: changed });
  }

  private judgeAgain({ expected, verdicts, all, groups }: Judged, instanceId: string, clientId: string): boolean {
    const [before, wanted] = [verdicts.get(clientId), expected.get(clientId)];
    if (before === undefined || wanted === undefined) return false;
    const verdict = verdictOf(wanted, this.store.get(instanceId, clientId));
    if (verdict === before) return false;
    verdicts.set(clientId, verdict);
    for (const count of [all, ...this.counts.groupsWith(instanceId, clientId).map((name) => groups.get(name))]) {
      count?.add(before, -1);
      count?.add(verdict, 1);
    }
    return true;
  }
}

function differing(before: ReadonlyMap<string, Verdict> = new Map(), after: typeof before = new Map()): string[] {
  const gone = [...before.keys()].filter((clientId) => !after.has(clientId));
  return [...gone, ...[...after].filter(([id, verdict]) => before.get(id) !== verdict).map(([id]) => id)];
}
