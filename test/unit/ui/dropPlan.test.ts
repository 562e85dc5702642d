import assert from 'node:assert/strict';
import { dropOf } from '../../../src/ui/tree/dropPlan';
import type { GroupNode, InstanceNode, TreeNode } from '../../../src/ui/tree/nodes';
import { TreeNodes } from '../../../src/ui/tree/treeNodes';

const where = { regionId: 'cn-hangzhou', credential: 'work' };
const GROUPS = [
  { name: 'A', clientIds: ['1', '2'] },
  { name: 'B', clientIds: ['2', '3'] },
  { name: 'C', clientIds: [] },
];
const nodes = new TreeNodes();
nodes.update({
  instances: [
    { name: 'Plant', instanceId: 'mqtt-1', ...where, groups: GROUPS },
    { name: 'Other', instanceId: 'mqtt-2', ...where, groups: [{ name: 'A', clientIds: ['1'] }] },
  ],
});
const group = (name: string, instanceId = 'mqtt-1'): GroupNode => {
  const node = nodes.group(instanceId, name);
  assert.ok(node !== undefined);
  return node;
};
const plant = (): InstanceNode => group('A').parent;
const client = (name: string, clientId: string, instanceId = 'mqtt-1'): TreeNode => {
  const row = nodes
    .rowsOf(group(name, instanceId))
    .find((each) => each.kind === 'client' && each.clientId === clientId);
  assert.ok(row !== undefined);
  return row;
};
/** A drop without its instance, which is always the one of the target. */
function brief(rows: readonly TreeNode[], target: TreeNode): unknown {
  const drop = dropOf(rows, target);
  return 'instance' in drop ? { ...drop, instance: drop.instance.name } : drop;
}

describe('rows dropped in the tree', () => {
  it('move clients of several groups to the group they are dropped on, or to that of the row', () => {
    const from = [
      { group: 'A', clientIds: ['1', '2'] },
      { group: 'B', clientIds: ['3'] },
    ];
    const rows = [client('A', '1'), client('A', '2'), client('B', '3')];
    assert.deepEqual(brief(rows, group('C')), { kind: 'moveClients', instance: 'Plant', from, to: 'C' });
    assert.deepEqual(brief(rows, client('B', '2')), {
      kind: 'moveClients',
      instance: 'Plant',
      from: from.slice(0, 1),
      to: 'B',
    });
  });

  it('do nothing on their own group, or where there is none', () => {
    assert.deepEqual(brief([client('A', '1')], group('A')), { kind: 'nothing' });
    assert.deepEqual(brief([client('A', '1')], plant()), { kind: 'nothing' });
    assert.deepEqual(brief([plant()], group('A')), { kind: 'nothing' });
    assert.deepEqual(brief([group('A')], group('A')), { kind: 'nothing' });
  });

  it('put groups before or behind the one they are dropped on, so that both ends can be reached', () => {
    const order = (names: string[], onto: TreeNode): unknown => {
      const drop = dropOf(
        names.map((name) => group(name)),
        onto,
      );
      return drop.kind === 'moveGroups' ? drop.order.join('') : drop.kind;
    };
    assert.equal(order(['A'], group('C')), 'BCA');
    assert.equal(order(['A'], group('B')), 'BAC');
    assert.equal(order(['C'], group('A')), 'CAB');
    assert.equal(order(['C', 'B'], group('A')), 'BCA');
    assert.equal(order(['A', 'B'], group('C')), 'CAB');
    assert.equal(order(['A'], client('B', '3')), 'BAC');
    assert.equal(order(['A'], plant()), 'BCA');
    assert.equal(order(['C'], plant()), 'nothing');
  });

  it('never leave their instance', () => {
    const rows = [client('A', '1'), client('A', '1', 'mqtt-2')];
    assert.equal(dropOf(rows, group('B')).kind, 'otherInstance');
    assert.equal(dropOf([group('B')], group('A', 'mqtt-2')).kind, 'otherInstance');
  });
});
