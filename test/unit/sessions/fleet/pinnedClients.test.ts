import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expectationsOf, pinnedClientIdsOf } from '../../../../src/model/inventory/inventory';
import { Expectations, verdictOf } from '../../../../src/sessions/fleet/expectations';
import { GroupCounts } from '../../../../src/sessions/fleet/groupCounts';
import { PinnedClients, type PinnedCount } from '../../../../src/sessions/fleet/pinnedClients';
import { StatusStore } from '../../../../src/sessions/status/statusStore';
import { anyInventory, anyStep, failed, happen, inventoryOf, seen, Source } from './wantedFleet';

function follow(source: Source) {
  const store = new StatusStore(() => 100);
  const counts = new GroupCounts(source, store);
  const expectations = new Expectations(source, store, counts);
  return { store, pinned: new PinnedClients({ inventory: source, store, counts, expectations }) };
}
const groups = [
  { name: 'g', clientIds: ['a', 'b', 'c'], pinned: true, expected: 'online' as const },
  { name: 'h', clientIds: ['c', 'd', 'e'] },
];

/** The same count, made by going over every client. */
function countedByHand(store: StatusStore, clientIds: readonly string[]): PinnedCount {
  const known = clientIds.flatMap((clientId) => {
    const { last, failure } = store.get('i', clientId) ?? {};
    return last === undefined || last.status === 'unknown' || failure !== undefined ? [] : [last];
  });
  const moments = known.map(({ checkedAt }) => checkedAt);
  return {
    total: clientIds.length,
    online: known.filter(({ status }) => status === 'online').length,
    notKnown: clientIds.length - known.length,
    oldestAt: moments.length === 0 ? undefined : Math.min(...moments),
  };
}

describe('pinned clients', () => {
  it('are counted each once, and those of whom nobody knows apart', () => {
    const { store, pinned } = follow(new Source(inventoryOf(groups, { c: { pinned: true }, d: { pinned: true } })));
    store.apply('i', new Map([['a', seen('online', 7)]]));
    store.apply('i', new Map([['b', seen('offline', 5)]]));
    store.apply('i', new Map([['c', seen('online', 3)]]));
    store.apply('i', new Map([['c', failed]]));
    store.apply('i', new Map([['e', seen('online', 1)]]));
    assert.deepEqual(pinned.count, { total: 4, online: 1, notKnown: 2, oldestAt: 5 });
    assert.deepEqual(pinned.missing.first(5).shown, [{ instanceId: 'i', clientId: 'b' }]);
  });

  it('are not known to be missing while they are not known at all', () => {
    const { store, pinned } = follow(new Source(inventoryOf(groups)));
    store.apply('i', new Map(['a', 'b'].map((clientId) => [clientId, seen('offline')])));
    store.apply('i', new Map([['a', failed]]));
    assert.deepEqual([pinned.count.notKnown, pinned.missing.first(5).shown], [2, [{ instanceId: 'i', clientId: 'b' }]]);
    store.apply('i', new Map([['a', seen('offline')]]));
    assert.equal(pinned.missing.size, 2);
  });

  it('are listed as they were pinned, groups first, never without the number of the rest', () => {
    const { pinned } = follow(new Source(inventoryOf(groups, { c: { pinned: true }, d: { pinned: true } })));
    const { shown, more } = pinned.first(2);
    assert.deepEqual(
      shown.map((each) => (each.kind === 'group' ? each.name : each.clientId)),
      ['g', 'c'],
    );
    assert.equal(more, 1);
  });

  it('are nothing where nothing is pinned, and change silently for nobody', () => {
    const { store, pinned } = follow(new Source(inventoryOf([{ name: 'g', clientIds: ['a'] }])));
    let heard = 0;
    pinned.onDidChange(() => heard++);
    store.apply('i', new Map([['a', seen('online')]]));
    assert.deepEqual([pinned.count.total, pinned.first(5).shown, heard], [0, [], 0]);
  });

  it('are what going over every client gives, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(anyInventory, fc.array(anyStep, { maxLength: 40 }), (first, steps) => {
        const source = new Source(first);
        const { store, pinned } = follow(source);
        let told = JSON.stringify([pinned.count, [...pinned.missing.first(9).shown]]);
        pinned.onDidChange(() => (told = JSON.stringify([pinned.count, pinned.missing.first(9).shown])));
        for (const step of steps) {
          happen(step, store, source);
          const [instance] = source.inventory.instances;
          const clientIds = instance === undefined ? [] : [...pinnedClientIdsOf(instance)];
          const wanted = instance === undefined ? new Map<string, never>() : expectationsOf(instance);
          const missing = clientIds.filter(
            (id) => wanted.get(id) === 'online' && verdictOf('online', store.get('i', id)) === 'broken',
          );
          assert.deepEqual(pinned.count, countedByHand(store, clientIds));
          assert.deepEqual(
            pinned.missing
              .first(9)
              .shown.map(({ clientId }) => clientId)
              .sort(),
            missing.sort(),
          );
          assert.equal(told, JSON.stringify([pinned.count, pinned.missing.first(9).shown]));
          for (const each of pinned.first(9).shown)
            if (each.kind === 'group')
              assert.deepEqual(
                each.count,
                countedByHand(store, instance?.groups.find(({ name }) => name === each.name)?.clientIds ?? []),
              );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are followed no more once disposed', () => {
    const source = new Source(inventoryOf(groups));
    const { store, pinned } = follow(source);
    pinned.dispose();
    store.apply('i', new Map([['a', seen('online')]]));
    source.become({ instances: [] });
    assert.deepEqual([pinned.count.total, pinned.count.online], [3, 0]);
  });
});
