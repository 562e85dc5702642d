import assert from 'node:assert/strict';
import { copyGroup } from '../../../../src/model/inventory/copyGroup';
import { editInventory, type InventoryEdit, InventoryEditError } from '../../../../src/model/inventory/editInventory';
import { detailsOf, type Inventory } from '../../../../src/model/inventory/inventory';
import { isOrderWithinFiles } from '../../../../src/model/inventory/homes';
import { mergeInventories } from '../../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import { clientMarkKey, groupMarkKey, NOTHING_PERSONAL } from '../../../../src/model/inventory/personal';
import { routeEdit } from '../../../../src/model/inventory/routeEdit';
import { fileToldBy } from '../../../../src/model/inventory/routeMove';

const PLANT = { name: 'Plant', instanceId: 'mqtt-1', regionId: 'cn-hangzhou', credential: 'prod' };
const APP = 'file:///app';
const OWN: Inventory = { instances: [{ ...PLANT, groups: [{ name: 'Pumps', clientIds: ['a'] }] }] };
const TEAM_TEXT = `{
  // ours, all of us
  "instances": [
    { "name": "Plant", "instanceId": "mqtt-1", "regionId": "cn-hangzhou", "credential": "prod", "groups": [
      { "name": "Pumps", "clientIds": ["b"] } // the same name as mine
    ] },
    { "name": "Plant", "instanceId": "mqtt-2", "regionId": "cn-shanghai", "credential": "prod" }
  ]
}
`.replace('"name": "Plant", "instanceId": "mqtt-2"', '"name": "plant", "instanceId": "mqtt-2"');
const inventoryOf = (text: string): Inventory => {
  const parsed = parseInventory(text);
  return parsed.kind === 'ok' ? parsed.inventory : assert.fail(text);
};
const MERGED = mergeInventories(
  OWN,
  [{ file: APP, folder: 'app', inventory: inventoryOf(TEAM_TEXT) }],
  NOTHING_PERSONAL,
).inventory;
const files = (edit: InventoryEdit) => routeEdit(MERGED, edit).files.map(({ file, edit: sent }) => [file, sent]);
const TEAM = { instanceId: 'mqtt-1', group: 'Pumps (app)' };

describe('an edit of what is shown', () => {
  it('goes to the file that holds the group, under the name it has there', () => {
    for (const kind of ['addClients', 'removeClients'] as const)
      assert.deepEqual(files({ kind, ...TEAM, clientIds: ['x'] }), [
        [APP, { kind, instanceId: 'mqtt-1', group: 'Pumps', clientIds: ['x'] }],
      ]);
    assert.deepEqual(files({ kind: 'removeGroup', ...TEAM }), [
      [APP, { kind: 'removeGroup', instanceId: 'mqtt-1', group: 'Pumps' }],
    ]);
    const mine = { kind: 'removeGroup', instanceId: 'mqtt-1', group: 'Pumps' } as const;
    assert.deepEqual(files(mine), [[undefined, mine]]);
  });

  it('keeps the comments of the team’s file', () => {
    const [routed] = routeEdit(MERGED, { kind: 'addClients', ...TEAM, clientIds: ['c'] }).files;
    assert.ok(routed !== undefined);
    const text = editInventory(TEAM_TEXT, routed.edit);
    assert.match(text, /\/\/ ours, all of us/);
    assert.match(text, /\/\/ the same name as mine/);
    assert.deepEqual(inventoryOf(text).instances[0]?.groups[0]?.clientIds, ['b', 'c']);
  });

  it('takes a person’s marks along to the new name of a group', () => {
    const { files: sent, moved } = routeEdit(MERGED, { kind: 'renameGroup', ...TEAM, name: 'Big pumps' });
    assert.deepEqual(
      sent.map(({ file, edit }) => [file, edit]),
      [[APP, { kind: 'renameGroup', instanceId: 'mqtt-1', group: 'Pumps', name: 'Big pumps' }]],
    );
    const key = (name: string): string => groupMarkKey(APP, 'mqtt-1', name);
    assert.deepEqual(moved, { from: key('Pumps'), to: key('Big pumps') });
    assert.deepEqual(files({ kind: 'renameGroup', ...TEAM, name: TEAM.group }), [
      [APP, { kind: 'renameGroup', instanceId: 'mqtt-1', group: 'Pumps', name: 'Pumps' }],
    ]);
  });

  it('leaves a person’s marks where they are when a group keeps its name', () => {
    for (const name of [TEAM.group, 'Pumps'])
      assert.equal(routeEdit(MERGED, { kind: 'renameGroup', ...TEAM, name }).moved, undefined);
  });

  it('of an instance that only the team names goes to the team’s file, with the names that stand there', () => {
    assert.deepEqual(files({ kind: 'addGroup', instanceId: 'mqtt-2', name: 'New' }), [
      [APP, { kind: 'addGroup', instanceId: 'mqtt-2', name: 'New' }],
    ]);
    assert.deepEqual(files({ kind: 'removeInstance', instanceId: 'mqtt-2' }), [
      [APP, { kind: 'removeInstance', instanceId: 'mqtt-2' }],
    ]);
    const shown = MERGED.instances[1];
    assert.equal(shown?.name, 'plant (app)');
    const saved = { name: 'plant', instanceId: 'mqtt-2', regionId: 'cn-shanghai', credential: 'prod' };
    assert.deepEqual({ endpoint: undefined, ...saved }, detailsOf(shown));
    assert.deepEqual(
      files({ kind: 'editInstance', instanceId: 'mqtt-2', details: { ...saved, name: 'plant (app)', regionId: 'x' } }),
      [[APP, { kind: 'editInstance', instanceId: 'mqtt-2', details: { ...saved, regionId: 'x' } }]],
    );
  });

  it('writes no place but the vendor’s into a team’s file', () => {
    const details = { ...PLANT, instanceId: 'mqtt-2', endpoint: 'evil.com' };
    assert.throws(
      () => routeEdit(MERGED, { kind: 'editInstance', instanceId: 'mqtt-2', details }),
      (error) => error instanceof InventoryEditError && error.reason === 'notVendor',
    );
  });

  it('of a new instance, of the own one and of one that is nowhere goes to the user’s own file', () => {
    const edits: InventoryEdit[] = [
      { kind: 'addInstance', instance: { ...PLANT, name: 'C', instanceId: 'mqtt-3' } },
      { kind: 'addGroup', instanceId: 'mqtt-1', name: 'New' },
      { kind: 'removeInstance', instanceId: 'mqtt-1' },
      { kind: 'removeInstance', instanceId: 'mqtt-9' },
      { kind: 'addClients', instanceId: 'mqtt-1', group: 'no such', clientIds: [] },
    ];
    for (const edit of edits) assert.deepEqual(files(edit), [[undefined, edit]]);
  });

  it('tells the team what is expected, and keeps to the person what is pinned and muted', () => {
    const attention = { expected: 'online', pinned: true, muted: false } as const;
    const ofGroup = routeEdit(MERGED, {
      kind: 'setAttention',
      instanceId: 'mqtt-1',
      of: { group: TEAM.group },
      attention,
    });
    const sent = { kind: 'setAttention', instanceId: 'mqtt-1', attention: { expected: 'online' } };
    assert.deepEqual(ofGroup.files, [{ file: APP, edit: { ...sent, of: { group: 'Pumps' } } }]);
    assert.deepEqual([...ofGroup.marks], [[groupMarkKey(APP, 'mqtt-1', 'Pumps'), { pinned: true, muted: false }]]);
    const ofClients = routeEdit(MERGED, {
      kind: 'setAttention',
      instanceId: 'mqtt-1',
      of: { clientIds: ['a', 'b', 'z'] },
      attention,
    });
    assert.deepEqual(ofClients.files, [
      { file: undefined, edit: { ...sent, attention, of: { clientIds: ['a', 'z'] } } },
      { file: APP, edit: { ...sent, of: { clientIds: ['b'] } } },
    ]);
    assert.deepEqual(Object.fromEntries(ofClients.marks), {
      [clientMarkKey('mqtt-1', 'a')]: { pinned: false, muted: false },
      [clientMarkKey('mqtt-1', 'z')]: { pinned: false, muted: false },
      [clientMarkKey('mqtt-1', 'b')]: { pinned: true, muted: false },
    });
  });

  it('takes an expectation back in the team’s file, and writes nothing there for a pin', () => {
    const set = (attention: object) =>
      files({ kind: 'setAttention', instanceId: 'mqtt-1', of: { group: TEAM.group }, attention });
    assert.equal(set({ expected: undefined }).length, 1);
    assert.deepEqual(set({ pinned: true }), []);
  });
});

describe('a copy of a group', () => {
  const copied = (text: string, ...copies: Parameters<typeof copyGroup>[]): string =>
    copies.reduce((done, copy) => editInventory(done, copyGroup(...copy)), text);
  const group = { name: 'Pumps', groupId: 'GID_pump', clientIds: ['b', 'c'], expected: 'online', muted: true } as const;

  it('brings its instance along, and leaves what is a person’s own behind', () => {
    const text = copied('', [PLANT, group]);
    const { muted, ...shared } = group;
    assert.equal(muted, true);
    assert.deepEqual(inventoryOf(text), { instances: [{ ...PLANT, groups: [shared] }] });
  });

  it('adds what a group of that name lacks, once, and says nothing new of it', () => {
    const twice = copied(TEAM_TEXT, [PLANT, group], [PLANT, group]);
    assert.deepEqual(inventoryOf(twice).instances[0]?.groups, [{ name: 'Pumps', clientIds: ['b', 'c'] }]);
    assert.match(twice, /\/\/ ours, all of us/);
  });

  it('of a team’s group has the name that stands in its file', () => {
    const theirs = MERGED.instances[0]?.groups[1];
    assert.ok(theirs !== undefined);
    const text = copied('', [PLANT, theirs]);
    assert.deepEqual(inventoryOf(text).instances[0]?.groups, [{ name: 'Pumps', clientIds: ['b'] }]);
  });

  it('takes along what is said of its clients, but what is a person’s own', () => {
    const clients = {
      b: { alias: 'Main', note: 'by the door', pinned: true },
      c: { muted: true },
      x: { alias: 'Other' },
    };
    const { instances } = inventoryOf(copied('', [PLANT, group, clients]));
    assert.deepEqual(instances[0]?.clients, { b: { alias: 'Main', note: 'by the door' } });
  });
});

describe('what moves between files', () => {
  const withWords: Inventory = {
    instances: [
      {
        ...PLANT,
        groups: [
          { name: 'Pumps', clientIds: ['a', 'd'] },
          { name: 'Spares', clientIds: [] },
        ],
        clients: { a: { alias: 'Inlet', pinned: true, expected: 'online' } },
      },
    ],
  };
  const merged = mergeInventories(
    withWords,
    [{ file: APP, folder: 'app', inventory: inventoryOf(TEAM_TEXT) }],
    NOTHING_PERSONAL,
  ).inventory;
  const routed = (edit: InventoryEdit) => routeEdit(merged, edit).files.map(({ file, edit: sent }) => [file, sent]);
  const instanceId = 'mqtt-1';

  it('stands in the other file before it is taken out of the first, with all that is the team’s', () => {
    const from = [{ group: 'Pumps', clientIds: ['a'] }];
    assert.deepEqual(routed({ kind: 'moveClients', instanceId, from, to: 'Pumps (app)' }), [
      [APP, { kind: 'addClients', instanceId, group: 'Pumps', clientIds: ['a'] }],
      [APP, { kind: 'describe', instanceId, of: { clientIds: ['a'] }, words: { alias: 'Inlet', note: undefined } }],
      [APP, { kind: 'setAttention', instanceId, of: { clientIds: ['a'] }, attention: { expected: 'online' } }],
      [undefined, { kind: 'removeClients', instanceId, group: 'Pumps', clientIds: ['a'] }],
      [
        undefined,
        { kind: 'describe', instanceId, of: { clientIds: ['a'] }, words: { alias: undefined, note: undefined } },
      ],
      [
        undefined,
        {
          kind: 'setAttention',
          instanceId,
          of: { clientIds: ['a'] },
          attention: { expected: undefined, pinned: undefined, muted: undefined },
        },
      ],
    ]);
    const { marks } = routeEdit(merged, { kind: 'moveClients', instanceId, from, to: 'Pumps (app)' });
    assert.deepEqual([...marks], [[clientMarkKey(instanceId, 'a'), { pinned: true, muted: false }]]);
  });

  it('is one edit where both groups stand in one file, under the names they have there', () => {
    const from = [{ group: 'Pumps', clientIds: ['d'] }];
    assert.deepEqual(routed({ kind: 'moveClients', instanceId, from, to: 'Spares' }), [
      [undefined, { kind: 'moveClients', instanceId, from, to: 'Spares' }],
    ]);
  });

  it('tells a workspace’s file something where a client comes from another file, and no other file', () => {
    const told = (group: string, to: string) =>
      fileToldBy(merged.instances[0], { from: [{ group, clientIds: ['d'] }], to });
    assert.equal(told('Pumps', 'Pumps (app)'), APP);
    assert.equal(told('Pumps (app)', 'Pumps (app)'), undefined);
    assert.equal(told('Pumps (app)', 'Pumps'), undefined);
    assert.equal(told('Pumps', 'Spares'), undefined);
  });

  it('changes no file where groups change places with those of other files alone', () => {
    const [plant] = merged.instances;
    assert.ok(plant !== undefined);
    const isKept = (...order: string[]) => isOrderWithinFiles(plant, order);
    assert.equal(isKept('Pumps', 'Spares', 'Pumps (app)'), true);
    assert.equal(isKept('Pumps', 'Pumps (app)', 'Spares'), true);
    assert.equal(isKept('Pumps (app)', 'Pumps', 'Spares'), true);
    assert.equal(isKept('Spares', 'Pumps', 'Pumps (app)'), false);
    assert.equal(isKept('Spares', 'Pumps (app)', 'Pumps'), false);
  });

  it('keeps a group in its file: its place there follows from its place among all', () => {
    assert.deepEqual(routed({ kind: 'moveGroup', instanceId, group: 'Pumps', to: 2 }), [
      [undefined, { kind: 'moveGroup', instanceId, group: 'Pumps', to: 1 }],
    ]);
    assert.deepEqual(routed({ kind: 'moveGroup', instanceId, group: 'Pumps (app)', to: 0 }), [
      [APP, { kind: 'moveGroup', instanceId, group: 'Pumps', to: 0 }],
    ]);
  });

  it('says of a client what it says in the file that has it', () => {
    const words = { alias: 'x' };
    assert.deepEqual(routed({ kind: 'describe', instanceId, of: { clientIds: ['d', 'b'] }, words }), [
      [undefined, { kind: 'describe', instanceId, of: { clientIds: ['d'] }, words }],
      [APP, { kind: 'describe', instanceId, of: { clientIds: ['b'] }, words }],
    ]);
  });

  it('is imported into the file that has the instance, and a person’s marks stay out of a team’s', () => {
    const groups = [{ name: 'New', clientIds: ['n'], pinned: true }];
    const inventory: Inventory = {
      instances: [
        { ...PLANT, groups },
        { ...PLANT, instanceId: 'mqtt-2', groups, clients: { n: { muted: true, alias: 'N' } } },
      ],
    };
    const sent = routeEdit(merged, { kind: 'merge', inventory }).files;
    assert.deepEqual(
      sent.map(({ file, edit }) => [file, edit.kind === 'merge' ? edit.inventory.instances : []]),
      [
        [undefined, [{ ...PLANT, groups }]],
        [
          APP,
          [
            {
              ...PLANT,
              instanceId: 'mqtt-2',
              groups: [{ name: 'New', clientIds: ['n'] }],
              clients: { n: { alias: 'N' } },
            },
          ],
        ],
      ],
    );
  });
});
