import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/event';
import type { Instance } from '../../src/model/inventory/inventory';
import { Expectations } from '../../src/sessions/fleet/expectations';
import { GroupCounts } from '../../src/sessions/fleet/groupCounts';
import { GroupEstimates } from '../../src/sessions/fleet/groupEstimates';
import { StatusHistory } from '../../src/sessions/history/statusHistory';
import { StatusStore } from '../../src/sessions/status/statusStore';
import { WatchedClients } from '../../src/sessions/wait/watchedClients';
import { Arrangement } from '../../src/ui/tree/arrangement';
import { InstancesTree } from '../../src/ui/tree/instancesTree';
import { inventoryOf, Source } from '../unit/sessions/fleet/wantedFleet';

/** The tree on an inventory that can be changed, with a key that is there. */
function treeOf(source: Source) {
  const store = new StatusStore();
  const counts = new GroupCounts(source, store);
  const settings = {
    staleAfterSeconds: 300,
    flapping: { changes: 4, minutes: 10 },
    dailyCallBudget: 0,
    pricePerMillionCalls: 0,
    currency: 'CNY',
  };
  const look = new Emitter<void>();
  const arrangement = new Arrangement({ read: () => undefined, write: () => undefined });
  const tree = new InstancesTree({
    inventory: source as never,
    store,
    history: new StatusHistory({ store, settings, now: Date.now }),
    counts,
    expectations: new Expectations(source, store, counts),
    estimates: new GroupEstimates(),
    watched: new WatchedClients(),
    credentials: {
      stateOf: () => Promise.resolve('there'),
      lookOf: () => Promise.resolve({ kind: 'stored' }),
      onDidChange: new Emitter<never>().event,
      sources: { onDidChangeLook: look.event } as never,
    },
    settings,
    arrangement,
    meter: { today: () => ({ calls: 0, saved: 0 }) },
    brokerOf: () => undefined,
  });
  const fired: unknown[] = [];
  tree.onDidChangeTreeData((nodes) => fired.push(nodes));
  return { tree, arrangement, fired };
}

describe('the tree of instances', () => {
  const group = (...clientIds: string[]) => ({ name: 'Pumps', clientIds });
  const before = inventoryOf([group('a')]);
  const after = inventoryOf([group('a', 'b')]);
  const total = (instances: readonly Instance[] | undefined) => instances?.[0]?.groups[0]?.clientIds.length;

  it('tells VS Code nothing before it is asked for the rows, which are then those of that moment', () => {
    const source = new Source(before);
    const { tree, arrangement, fired } = treeOf(source);
    source.become(after);
    arrangement.set({ order: 'name' });
    assert.deepEqual(fired, []);
    const [root] = tree.getChildren();
    assert.equal(total(root?.kind === 'instance' ? [root.instance] : undefined), 2);
    tree.dispose();
  });

  it('tells it of every change from then on', () => {
    const source = new Source(before);
    const { tree, arrangement, fired } = treeOf(source);
    tree.getChildren();
    source.become(after);
    arrangement.set({ order: 'name' });
    assert.deepEqual(fired, [undefined, undefined]);
    tree.dispose();
  });
});
