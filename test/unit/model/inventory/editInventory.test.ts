import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editInventory, type InventoryEdit, InventoryEditError } from '../../../../src/model/inventory/editInventory';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';

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

  it('sets what is wanted of a group and of a client, and takes out what is wanted no more', () => {
    const about = { kind: 'setAttention', instanceId: 'mqtt-cn-1' } as const;
    const pinned = editInventory(TEXT, { ...about, of: { group: 'Valves' }, attention: { pinned: true } });
    assert.ok(pinned.includes('// the big one'));
    const both = editInventory(pinned, { ...about, of: { clientIds: ['x'] }, attention: { expected: 'online' } });
    const muted = editInventory(both, { ...about, of: { clientIds: ['x'] }, attention: { muted: true } });
    const [saved] = inventoryOf(muted).instances;
    assert.equal(saved?.groups[1]?.pinned, true);
    assert.deepEqual(saved.clients, { x: { expected: 'online', muted: true } });
    const off = editInventory(muted, { ...about, of: { group: 'Valves' }, attention: { pinned: false } });
    const none = { expected: undefined, muted: false };
    const gone = inventoryOf(editInventory(off, { ...about, of: { clientIds: ['x'] }, attention: none })).instances[0];
    assert.deepEqual([gone?.groups[1]?.pinned, gone?.clients], [undefined, {}]);
    assert.throws(
      () => editInventory(TEXT, { ...about, of: { group: 'Nothing' }, attention: { pinned: true } }),
      InventoryEditError,
    );
  });

  it('sets what is wanted of many clients in one edit, as each by itself would, and keeps every comment', () => {
    const about = { kind: 'setAttention', instanceId: 'mqtt-cn-1' } as const;
    const text = TEXT.replace(
      '"groups": [',
      '"clients": {\n        // the spare\n        "b": { "muted": true /* noisy */ },\n        "a": { "expected": "online", "remark": 1 } // last\n      },\n      "groups": [',
    );
    const all = editInventory(text, { ...about, of: { clientIds: ['a', 'b', 'c'] }, attention: { pinned: true } });
    const each = ['a', 'b', 'c'].reduce(
      (done, clientId) => editInventory(done, { ...about, of: { clientIds: [clientId] }, attention: { pinned: true } }),
      text,
    );
    assert.equal(all, each);
    const none = { pinned: false, expected: undefined, muted: undefined };
    const gone = editInventory(all, { ...about, of: { clientIds: ['a', 'b', 'c', 'd'] }, attention: none });
    assert.deepEqual(Object.keys(inventoryOf(gone).instances[0]?.clients ?? {}), ['b', 'a']);
    for (const comment of ['// the spare', '/* noisy */', '// last', '"remark": 1', '// the big one'])
      assert.ok(all.includes(comment) && gone.includes(comment), comment);
  });

  it("takes what is wanted of a group out, and leaves its neighbour's comment", () => {
    const text = TEXT.replace('"name": "Valves" }', '"name": "Valves", // twelve of them\n"expected": "online" }');
    const of = { group: 'Valves' };
    const gone = editInventory(text, {
      kind: 'setAttention',
      instanceId: 'mqtt-cn-1',
      of,
      attention: { expected: undefined },
    });
    assert.ok(gone.includes('// twelve of them'));
    assert.equal(inventoryOf(gone).instances[0]?.groups[1]?.expected, undefined);
    const about = { kind: 'setAttention', instanceId: 'mqtt-cn-1', of: { clientIds: ['x'] } } as const;
    assert.equal(editInventory(gone, { ...about, attention: { pinned: false } }), gone);
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

const LINES = `{
  "instances": [{
    "name": "Plant", "instanceId": "mqtt-cn-1", "regionId": "cn-hangzhou", "credential": "work",
    "groups": [
      // hall 3
      { "name": "A", "clientIds": ["1", "2" /* spare */] }, // first
      // hall 4
      { "name": "B", "clientIds": ["2"] },
      {
        "name": "C", // the last
        "clientIds": []
      }
    ],
    "clients": { "1": { "alias": "Pump 1", "note": "leaks", "pinned": true, "expected": "online" } }
  }]
}
`;
const groupsOf = (text: string) =>
  inventoryOf(text)
    .instances[0]?.groups.map(({ name }) => name)
    .join('');

describe('moving groups in inventory.json', () => {
  const move = (text: string, group: string, to: number) =>
    editInventory(text, { kind: 'moveGroup', instanceId: 'mqtt-cn-1', group, to });

  it('takes the comments before a group, behind it and in it along', () => {
    const text = move(LINES, 'A', 2);
    assert.equal(groupsOf(text), 'BCA');
    assert.match(text, /"groups": \[\n +\/\/ hall 4\n.*"B".*,\n +\{\n +"name": "C", \/\/ the last\n/);
    assert.match(text, /\},\n +\/\/ hall 3\n.*"A".*\/\* spare \*\/\] \} \/\/ first\n +\],/);
  });

  it('leaves every character where nothing moves, and comes back to the same text', () => {
    assert.equal(move(LINES, 'B', 1), LINES);
    assert.equal(move(LINES, 'C', 99), LINES);
    for (const group of ['A', 'B', 'C'])
      assert.equal(move(move(LINES, group, 1), group, 'ABC'.indexOf(group)), LINES, group);
  });

  it('exchanges groups that share a line, and those with a comment over several lines', () => {
    const shared = LINES.replace('},\n      {\n        "name": "C"', '}, { "name": "C"');
    const long = LINES.replace('// first', '/* first\n { */');
    for (const text of [
      shared,
      long,
      LINES.replaceAll('\n', '\r\n'),
      LINES.replaceAll('\n', ' ').replaceAll(/\/\/ \w+ ?\w*/g, ''),
    ]) {
      assert.equal(groupsOf(move(text, 'C', 0)), 'CAB', text);
      assert.equal(groupsOf(move(text, 'A', 2)), 'BCA', text);
      assert.equal(move(text, 'C', 0).length >= text.length - 1, true, 'nothing is lost');
    }
  });

  it('ends in the order of a list, whatever was moved, with and without a trailing comma', () => {
    const step = fc.record({ group: fc.constantFrom('A', 'B', 'C'), to: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.boolean(), (steps, hasComma) => {
        let text = hasComma ? LINES.replace('      }\n    ],', '      },\n    ],') : LINES;
        const [order, words] = [['A', 'B', 'C'], text.split(/[\s,]+/).sort()];
        for (const { group, to } of steps) {
          text = move(text, group, to);
          order.splice(order.indexOf(group), 1);
          order.splice(to, 0, group);
        }
        assert.equal(groupsOf(text), order.join(''));
        assert.deepEqual(text.split(/[\s,]+/).sort(), words);
      }),
    );
  });

  it('refuses a group that is not there', () => assert.throws(() => move(LINES, 'X', 0), { reason: 'noSuchGroup' }));
});

describe('moving clients in inventory.json', () => {
  const move = (from: { group: string; clientIds: string[] }[], to: string) =>
    editInventory(LINES, { kind: 'moveClients', instanceId: 'mqtt-cn-1', from, to });
  const idsOf = (text: string) => inventoryOf(text).instances[0]?.groups.map(({ clientIds }) => clientIds.join(' '));

  it('takes them out of one group and puts them behind the others of the next, with all that is said of them', () => {
    const text = move([{ group: 'A', clientIds: ['1'] }], 'C');
    assert.deepEqual(idsOf(text), ['2', '2', '1']);
    assert.deepEqual(inventoryOf(text).instances[0]?.clients, inventoryOf(LINES).instances[0]?.clients);
    for (const comment of ['// hall 3', '/* spare */', '// first', '// the last']) assert.ok(text.includes(comment));
  });

  it('only takes out what the other group holds already, and moves from several groups at once', () => {
    assert.deepEqual(idsOf(move([{ group: 'A', clientIds: ['2', '1'] }], 'B')), ['', '2 1', '']);
    const both = [
      { group: 'A', clientIds: ['2'] },
      { group: 'B', clientIds: ['2'] },
    ];
    assert.deepEqual(idsOf(move(both, 'C')), ['1', '', '2']);
    assert.deepEqual(idsOf(move(both, 'B')), ['1', '2', '']);
  });

  it('changes nothing where a group is not there', () => {
    assert.throws(() => move([{ group: 'A', clientIds: ['1'] }], 'X'), { reason: 'noSuchGroup' });
    assert.throws(() => move([{ group: 'X', clientIds: ['1'] }], 'A'), { reason: 'noSuchGroup' });
  });
});

describe('describing clients and groups in inventory.json', () => {
  const about = { kind: 'describe', instanceId: 'mqtt-cn-1' } as const;

  it('sets an alias and a note beside what is wanted, and takes them out again', () => {
    const of = { clientIds: ['1'] };
    const named = editInventory(LINES, { ...about, of, words: { alias: 'P "1"' } });
    const [was] = inventoryOf(LINES).instances;
    assert.deepEqual(inventoryOf(named).instances[0]?.clients?.['1'], { ...was?.clients?.['1'], alias: 'P "1"' });
    const bare = editInventory(named, { ...about, of, words: { alias: undefined, note: undefined } });
    assert.deepEqual(inventoryOf(bare).instances[0]?.clients, { '1': { pinned: true, expected: 'online' } });
  });

  it('sets the note of a group', () => {
    const text = editInventory(LINES, { ...about, of: { group: 'C' }, words: { note: 'by the door' } });
    assert.equal(inventoryOf(text).instances[0]?.groups[2]?.note, 'by the door');
    assert.ok(text.includes('// the last'));
  });
});
