import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiError } from '../../../../src/model/apiError';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { GroupCounts } from '../../../../src/sessions/fleet/groupCounts';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';
import type { RollUp } from '../../../../src/sessions/fleet/tally';
import { Source } from './wantedFleet';

const failed: Finding = { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 10 };
const seen = (status: 'online' | 'offline' | 'unknown', checkedAt: number): Finding => ({
  kind: 'answered',
  observation: { status, isVerified: false, checkedAt },
});

/** An inventory whose one instance "i" has these groups. */
function inventoryOf(groups: Record<string, string[]>): Inventory {
  const named = Object.entries(groups).map(([name, clientIds]) => ({ name, clientIds }));
  return { instances: [{ name: 'I', instanceId: 'i', regionId: 'r', credential: 'c', groups: named }] };
}

/** The same counts, made by going over every client. */
function countedByHand(store: StatusStore, clientIds: readonly string[]): RollUp {
  const counts = { online: 0, offline: 0, unknown: 0, unchecked: 0, failed: 0, checking: 0 };
  const moments: number[] = [];
  for (const clientId of clientIds) {
    const known = store.get('i', clientId);
    counts[known?.failure !== undefined ? 'failed' : (known?.last?.status ?? 'unchecked')]++;
    if (store.isChecking('i', clientId)) counts.checking++;
    if (known?.last !== undefined && known.failure === undefined) moments.push(known.last.checkedAt);
  }
  return { total: clientIds.length, ...counts, oldestAt: moments.length === 0 ? undefined : Math.min(...moments) };
}

describe('counts of groups', () => {
  it('tell what is known, what failed and what is being asked, apart', () => {
    const store = new StatusStore();
    const counts = new GroupCounts(new Source(inventoryOf({ g: ['a', 'b', 'c', 'd', 'e'] })), store);
    store.apply('i', new Map([['a', seen('online', 5)]]));
    store.apply('i', new Map([['b', seen('offline', 3)]]));
    store.apply('i', new Map([['c', seen('unknown', 4)]]));
    store.apply('i', new Map([['d', seen('online', 2)]]));
    store.apply('i', new Map([['d', failed]]));
    store.setChecking('i', ['e'], true);
    const expected = { total: 5, online: 1, offline: 1, unknown: 1, unchecked: 1, failed: 1, checking: 1, oldestAt: 3 };
    assert.deepEqual([counts.ofGroup('i', 'g'), counts.ofInstance('i')], [expected, expected]);
  });

  it('count a client of two groups once for the instance', () => {
    const store = new StatusStore();
    const counts = new GroupCounts(new Source(inventoryOf({ g: ['a'], h: ['a', 'b'] })), store);
    store.apply('i', new Map([['a', seen('online', 5)]]));
    assert.deepEqual(
      [counts.ofInstance('i').online, counts.ofGroup('i', 'g').online, counts.ofGroup('i', 'h').online],
      [1, 1, 1],
    );
    assert.deepEqual(counts.groupsWith('i', 'a'), ['g', 'h']);
    assert.equal(counts.ofInstance('i').total, 2);
  });

  it('tell of a change only once it is counted', () => {
    const store = new StatusStore();
    const counts = new GroupCounts(new Source(inventoryOf({ g: ['a'] })), store);
    const heard: number[] = [];
    counts.onDidChange(() => heard.push(counts.ofGroup('i', 'g').online));
    store.apply('i', new Map([['a', seen('online', 5)]]));
    assert.deepEqual(heard, [1]);
  });

  it('are what going over every client gives, whatever happens in whatever order', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const status = fc.constantFrom('online' as const, 'offline' as const, 'unknown' as const);
    const groups = fc.dictionary(fc.constantFrom('g', 'h'), fc.uniqueArray(id), { noNullPrototype: true });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('seen' as const), id, status, at: fc.nat(20) }),
      fc.record({ kind: fc.constant('failed' as const), id }),
      fc.record({ kind: fc.constant('checking' as const), ids: fc.array(id), isChecking: fc.boolean() }),
      fc.record({ kind: fc.constant('forgot' as const) }),
      fc.record({ kind: fc.constant('saved' as const), groups }),
    );
    fc.assert(
      fc.property(groups, fc.array(step, { maxLength: 40 }), (first, steps) => {
        const store = new StatusStore(() => 100);
        const source = new Source(inventoryOf(first));
        const counts = new GroupCounts(source, store);
        for (const each of steps) {
          if (each.kind === 'seen') store.apply('i', new Map([[each.id, seen(each.status, each.at)]]));
          if (each.kind === 'failed') store.apply('i', new Map([[each.id, failed]]));
          if (each.kind === 'checking') store.setChecking('i', each.ids, each.isChecking);
          if (each.kind === 'forgot') store.forget('i');
          if (each.kind === 'saved') source.become(inventoryOf(each.groups));
          const saved = source.inventory.instances[0]?.groups ?? [];
          const all = [...new Set(saved.flatMap(({ clientIds }) => clientIds))];
          assert.deepEqual(counts.ofInstance('i'), countedByHand(store, all));
          for (const { name, clientIds } of saved)
            assert.deepEqual(counts.ofGroup('i', name), countedByHand(store, clientIds));
        }
      }),
      { numRuns: 300 },
    );
  });
});
