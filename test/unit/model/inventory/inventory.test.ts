import assert from 'node:assert/strict';
import {
  attentionOf,
  expectationsOf,
  type Instance,
  isInstanceId,
  pinnedClientIdsOf,
} from '../../../../src/model/inventory/inventory';

const instance: Instance = {
  name: 'Plant',
  instanceId: 'i',
  credential: 'c',
  groups: [
    { name: 'a', clientIds: ['1', '2'], expected: 'online' },
    { name: 'b', clientIds: ['2', '3'], expected: 'offline' },
    { name: 'c', clientIds: ['4'] },
  ],
  clients: { '1': { expected: 'offline' }, '5': { expected: 'online', muted: true } },
};

describe('what is wanted of clients', () => {
  it('is what their own entry says, else what the first of their groups says', () => {
    assert.deepEqual([...expectationsOf(instance)].sort(), [
      ['1', 'offline'],
      ['2', 'online'],
      ['3', 'offline'],
      ['5', 'online'],
    ]);
  });

  it('pins clients themselves and those of pinned groups, each once, and none that is in no group', () => {
    const [a, b, c] = instance.groups;
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const pinned = { ...instance, groups: [a, { ...b, pinned: true }, { ...c, pinned: false }] };
    const clients = { '3': { pinned: true }, '1': { pinned: true }, '4': { pinned: false }, '5': { pinned: true } };
    assert.deepEqual([...pinnedClientIdsOf({ ...pinned, clients })].sort(), ['1', '2', '3']);
    assert.deepEqual([...pinnedClientIdsOf(instance)], []);
  });

  it('is nothing for a client without an entry, whatever its name', () => {
    assert.deepEqual([attentionOf(instance, '5').muted, attentionOf(instance, 'toString')], [true, {}]);
  });
});

describe('an instance ID', () => {
  it('may be anything that can be seen, without blanks', () => {
    const ids = ['post-cn-abc', 'mqtt-cn-1', '实例-1', 'a b', 'a\tb', 'a\u200bb', 'a\u0000b'];
    assert.deepEqual(ids.filter(isInstanceId), ['post-cn-abc', 'mqtt-cn-1', '实例-1']);
  });
});
