import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Expected, expectationsOf } from '../../../../src/model/inventory/inventory';
import { Expectations, type Verdict, verdictOf } from '../../../../src/sessions/fleet/expectations';
import { GroupCounts } from '../../../../src/sessions/fleet/groupCounts';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';
import { anyInventory, anyStep, failed, happen, inventoryOf, seen, Source } from './wantedFleet';

function follow(source: Source) {
  const store = new StatusStore(() => 100);
  const expectations = new Expectations(source, store, new GroupCounts(source, store));
  return { store, expectations };
}
const find = (store: StatusStore, clientId: string, finding: Finding): void =>
  store.apply('i', new Map([[clientId, finding]]));

describe('what is expected of clients', () => {
  it('is broken by a status that is known and another, and by nothing else', () => {
    const histories: [Expected, Finding[], Verdict][] = [
      ['online', [], 'notKnown'],
      ['online', [seen('online')], 'asExpected'],
      ['online', [seen('offline')], 'broken'],
      ['online', [seen('unknown')], 'notKnown'],
      ['online', [failed], 'notKnown'],
      ['online', [seen('online'), failed], 'notKnown'],
      ['online', [seen('offline'), failed], 'notKnown'],
      ['online', [seen('offline'), failed, seen('offline')], 'broken'],
      ['online', [seen('offline'), failed, seen('online')], 'asExpected'],
      ['offline', [seen('offline')], 'asExpected'],
      ['offline', [seen('online')], 'broken'],
    ];
    for (const [expected, findings, verdict] of histories) {
      const store = new StatusStore();
      for (const finding of findings) find(store, 'a', finding);
      assert.equal(verdictOf(expected, store.get('i', 'a')), verdict, JSON.stringify([expected, findings]));
    }
  });

  it('is counted for groups and once for the instance, and what is not known apart', () => {
    const groups = [
      { name: 'g', clientIds: ['a', 'b'], expected: 'online' as const },
      { name: 'h', clientIds: ['a', 'c', 'd'] },
    ];
    const { store, expectations } = follow(new Source(inventoryOf(groups, { c: { expected: 'offline' } })));
    find(store, 'a', seen('offline'));
    find(store, 'd', seen('offline'));
    const counts = [expectations.ofInstance('i'), expectations.ofGroup('i', 'g'), expectations.ofGroup('i', 'h')];
    assert.deepEqual(
      counts.map(({ broken, notKnown }) => [broken, notKnown]),
      [
        [1, 2],
        [1, 1],
        [1, 1],
      ],
    );
    assert.deepEqual(
      ['a', 'b', 'd'].map((clientId) => expectations.brokenOf('i', clientId)),
      ['online', undefined, undefined],
    );
  });

  it('does not count a client that is in no group any more', () => {
    const wanted = { a: { expected: 'online' as const } };
    const source = new Source(inventoryOf([{ name: 'g', clientIds: ['a'] }], wanted));
    const { store, expectations } = follow(source);
    find(store, 'a', seen('offline'));
    source.become(inventoryOf([{ name: 'g', clientIds: [] }], wanted));
    assert.deepEqual([expectations.ofInstance('i').broken, expectations.verdictOf('i', 'a')], [0, undefined]);
  });

  it('costs an answer its own clients alone, however large the fleet', () => {
    const clientIds = Array.from({ length: 20_000 }, (_, at) => `c${at}`);
    const source = new Source(inventoryOf([{ name: 'g', clientIds, expected: 'online' }]));
    const store = new StatusStore();
    let reads = 0;
    const counted = {
      get: (instanceId: string, clientId: string) => {
        reads++;
        return store.get(instanceId, clientId);
      },
    };
    const expectations = new Expectations(source, counted, new GroupCounts(source, store));
    reads = 0;
    store.apply('i', new Map(clientIds.slice(0, 10).map((clientId) => [clientId, seen('offline')])));
    assert.deepEqual([reads, expectations.ofGroup('i', 'g').broken], [10, 10]);
  });

  it('is what going over every client gives, and every change is told, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(anyInventory, fc.array(anyStep, { maxLength: 40 }), (first, steps) => {
        const source = new Source(first);
        const { store, expectations } = follow(source);
        const told = new Map<string, Verdict | undefined>();
        const tell = (clientId: string): unknown => told.set(clientId, expectations.verdictOf('i', clientId));
        ['a', 'b', 'c', 'd', 'e', 'f'].forEach(tell);
        expectations.onDidChange(({ clientIds }) => clientIds.forEach(tell));
        for (const step of steps) {
          happen(step, store, source);
          const [instance] = source.inventory.instances;
          const wanted = instance === undefined ? new Map<string, Expected>() : expectationsOf(instance);
          const byHand = (clientIds: readonly string[]) => {
            const verdicts = clientIds.flatMap((clientId) => {
              const expected = wanted.get(clientId);
              return expected === undefined ? [] : [verdictOf(expected, store.get('i', clientId))];
            });
            const [broken, notKnown] = (['broken', 'notKnown'] as const).map(
              (kind) => verdicts.filter((verdict) => verdict === kind).length,
            );
            return { broken, notKnown };
          };
          const groups = instance?.groups ?? [];
          const all = [...new Set(groups.flatMap(({ clientIds }) => clientIds))];
          assert.deepEqual({ ...expectations.ofInstance('i') }, byHand(all));
          for (const { name, clientIds } of groups)
            assert.deepEqual({ ...expectations.ofGroup('i', name) }, byHand(clientIds));
          for (const [clientId, verdict] of told) assert.equal(expectations.verdictOf('i', clientId), verdict);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are followed no more once disposed', () => {
    const source = new Source(inventoryOf([{ name: 'g', clientIds: ['a'], expected: 'online' }]));
    const { store, expectations } = follow(source);
    expectations.dispose();
    find(store, 'a', seen('offline'));
    source.become({ instances: [] });
    assert.equal(expectations.verdictOf('i', 'a'), 'notKnown');
  });
});
