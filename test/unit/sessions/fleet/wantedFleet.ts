import fc from 'fast-check';
import { Emitter } from '../../../../src/base/event';
import { ApiError } from '../../../../src/model/apiError';
import type { Attention, Group, Instance, Inventory } from '../../../../src/model/inventory/inventory';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';

/** An inventory that changes when told to. */
export class Source {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  constructor(public inventory: Inventory) {}
  become(inventory: Inventory): void {
    this.inventory = inventory;
    this.changed.fire();
  }
}

export const failed: Finding = { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 10 };
export const seen = (status: 'online' | 'offline' | 'unknown', checkedAt = 1): Finding => ({
  kind: 'answered',
  observation: { status, isVerified: false, checkedAt },
});

/** An inventory whose one instance is "i". */
export function inventoryOf(groups: readonly Group[], clients?: Record<string, Attention>): Inventory {
  const instance: Instance = { name: 'I', instanceId: 'i', regionId: 'r', credential: 'c', groups, clients };
  return { instances: [instance] };
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const status = fc.constantFrom('online' as const, 'offline' as const, 'unknown' as const);
const attention = fc.record({
  expected: fc.constantFrom('online' as const, 'offline' as const, undefined),
  pinned: fc.constantFrom(true, false, undefined),
});
const group = (name: string) =>
  fc
    .record({ clientIds: fc.uniqueArray(id), wanted: attention })
    .map(({ clientIds, wanted }): Group => ({ name, clientIds, ...wanted }));
/** Any inventory of two groups, of which clients and groups are wanted somehow. */
export const anyInventory = fc
  .tuple(fc.tuple(group('g'), group('h')), fc.dictionary(id, attention, { noNullPrototype: true, maxKeys: 3 }))
  .map(([groups, clients]) => inventoryOf(groups, clients));
/** Whatever can happen to a fleet. */
export const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('seen' as const), id, status, at: fc.nat(20) }),
  fc.record({ kind: fc.constant('failed' as const), id }),
  fc.record({ kind: fc.constant('checking' as const), ids: fc.array(id), isChecking: fc.boolean() }),
  fc.record({ kind: fc.constant('forgot' as const) }),
  fc.record({ kind: fc.constant('removed' as const) }),
  fc.record({ kind: fc.constant('saved' as const), inventory: anyInventory }),
);

/** Lets one thing happen. */
export function happen(
  step: typeof anyStep extends fc.Arbitrary<infer T> ? T : never,
  store: StatusStore,
  source: Source,
): void {
  switch (step.kind) {
    case 'seen':
      store.apply('i', new Map([[step.id, seen(step.status, step.at)]]));
      break;
    case 'failed':
      store.apply('i', new Map([[step.id, failed]]));
      break;
    case 'checking':
      store.setChecking('i', step.ids, step.isChecking);
      break;
    case 'forgot':
      store.forget('i');
      break;
    case 'removed':
      source.become({ instances: [] });
      break;
    case 'saved':
      source.become(step.inventory);
      break;
  }
}
