import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editInventory, type InventoryEdit } from '../../../src/model/editInventory';
import type { Inventory } from '../../../src/model/inventory';
import { parseInventory } from '../../../src/model/parseInventory';

const instance = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const TEXT = `{
  // the plant in Hangzhou
  "instances": [
    {
      "name": "Plant", // ours
      "instanceId": "mqtt-cn-1",
      "regionId": "cn-hangzhou",
      "credential": "work",
      "note": "a key of the user's own",
      "groups": [
        { "name": "Pumps", "groupId": "GID_pump", "clientIds": [
          "GID_pump@@@1", // the big one
          /* spare */ "GID_pump@@@2",
          "GID_pump@@@3" // the last
        ] },
        { "name": "Valves" }
      ]
    }
  ]
}
`;
const inventoryOf = (text: string): Inventory => {
  const parsed = parseInventory(text);
  if (parsed.kind === 'broken') assert.fail(text);
  return parsed.inventory;
};
const idsAfter = (edit: InventoryEdit, group = 0) =>
  inventoryOf(editInventory(TEXT, edit)).instances[0]?.groups[group]?.clientIds;

describe('editing inventory.json', () => {
  it('starts a document where there is none', () => {
    const text = editInventory('', { kind: 'addInstance', instance });
    assert.deepEqual(inventoryOf(text), { instances: [{ ...instance, groups: [] }] });
  });

  it('adds clients at the end, each once, and leaves every other character alone', () => {
    const text = editInventory(TEXT, {
      kind: 'addClients',
      instanceId: 'mqtt-cn-1',
      group: 'Pumps',
      clientIds: ['GID_pump@@@3', 'GID_pump@@@4', 'GID_pump@@@4'],
    });
    assert.equal(
      text,
      TEXT.replace('"GID_pump@@@3" // the last\n', '"GID_pump@@@3", // the last\n          "GID_pump@@@4"\n').replace(
        '          "GID_pump@@@4"\n        ]',
        '          "GID_pump@@@4"\n        ]',
      ),
    );
  });

  it('keeps the line ends of Windows, and takes a byte order mark', () => {
    const windows = `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`;
    const text = editInventory(windows, {
      kind: 'addClients',
      instanceId: 'mqtt-cn-1',
      group: 'Pumps',
      clientIds: ['x', 'y'],
    });
    assert.deepEqual(inventoryOf(text).instances[0]?.groups[0]?.clientIds.slice(-2), ['x', 'y']);
    assert.equal(/(^|[^\r])\n/.test(text), false);
  });

  it('adds clients to a group that had no list', () => {
    assert.deepEqual(idsAfter({ kind: 'addClients', instanceId: 'mqtt-cn-1', group: 'Valves', clientIds: ['v'] }, 1), [
      'v',
    ]);
  });

  it('removes clients and keeps the comments', () => {
    const text = editInventory(TEXT, {
      kind: 'removeClients',
      instanceId: 'mqtt-cn-1',
      group: 'Pumps',
      clientIds: ['GID_pump@@@1', 'GID_pump@@@3'],
    });
    assert.deepEqual(inventoryOf(text).instances[0]?.groups[0]?.clientIds, ['GID_pump@@@2']);
    for (const comment of [
      '// the plant',
      '// ours',
      '// the big one',
      '/* spare */',
      '// the last',
      "a key of the user's own",
    ])
      assert.ok(text.includes(comment), comment);
    assert.equal(/,\s*(\/\/[^\n]*\s*)*\]/.test(text), false);
  });

  it('renames and removes a group', () => {
    const renamed = editInventory(TEXT, {
      kind: 'renameGroup',
      instanceId: 'mqtt-cn-1',
      group: 'Pumps',
      name: 'Big pumps',
    });
    assert.equal(renamed, TEXT.replace('"Pumps"', '"Big pumps"'));
    const removed = editInventory(TEXT, { kind: 'removeGroup', instanceId: 'mqtt-cn-1', group: 'Pumps' });
    assert.deepEqual(inventoryOf(removed).instances[0]?.groups, [{ name: 'Valves', clientIds: [] }]);
  });

  it('moves an instance from a region to an endpoint with its groups', () => {
    const details = { ...instance, regionId: undefined, endpoint: '127.0.0.1:1' };
    const edited = inventoryOf(editInventory(TEXT, { kind: 'editInstance', instanceId: 'mqtt-cn-1', details }))
      .instances[0];
    assert.deepEqual([edited?.regionId, edited?.endpoint, edited?.groups.length], [undefined, '127.0.0.1:1', 2]);
  });

  it('removes an instance', () => {
    assert.deepEqual(inventoryOf(editInventory(TEXT, { kind: 'removeInstance', instanceId: 'mqtt-cn-1' })), {
      instances: [],
    });
  });

  const refusals: [InventoryEdit, string][] = [
    [{ kind: 'addInstance', instance }, 'nameTaken'],
    [{ kind: 'addInstance', instance: { ...instance, name: 'Other' } }, 'instanceIdTaken'],
    [{ kind: 'addInstance', instance: { ...instance, name: ' ' } }, 'emptyName'],
    [{ kind: 'removeInstance', instanceId: 'x' }, 'noSuchInstance'],
    [{ kind: 'addGroup', instanceId: 'mqtt-cn-1', name: 'Pumps' }, 'groupNameTaken'],
    [{ kind: 'renameGroup', instanceId: 'mqtt-cn-1', group: 'Pumps', name: 'Valves' }, 'groupNameTaken'],
    [{ kind: 'addClients', instanceId: 'mqtt-cn-1', group: 'x', clientIds: [] }, 'noSuchGroup'],
  ];
  for (const [edit, reason] of refusals) {
    it(`refuses ${edit.kind}: ${reason}`, () =>
      assert.throws(() => editInventory(TEXT, edit), { name: 'InventoryEditError', reason }));
  }

  it('never touches a broken document', () => {
    assert.throws(() => editInventory('{ "instances": [', { kind: 'addInstance', instance }), { reason: 'broken' });
  });

  it('ends with the clients a set would hold, whatever was added and removed', () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.record({ isAdd: fc.boolean(), ids }), { maxLength: 8 }), (steps) => {
        const kept = new Set(['GID_pump@@@1', 'GID_pump@@@2', 'GID_pump@@@3']);
        let text = TEXT;
        for (const step of steps) {
          text = editInventory(text, {
            kind: step.isAdd ? 'addClients' : 'removeClients',
            instanceId: 'mqtt-cn-1',
            group: 'Pumps',
            clientIds: step.ids,
          });
          for (const id of step.ids)
            if (step.isAdd) kept.add(id);
            else kept.delete(id);
        }
        assert.deepEqual(inventoryOf(text).instances[0]?.groups[0]?.clientIds, [...kept]);
      }),
    );
  });
});
