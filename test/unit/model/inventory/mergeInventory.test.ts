import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editInventory } from '../../../../src/model/inventory/editInventory';
import { exportInventory, partOf } from '../../../../src/model/inventory/exportInventory';
import type { Instance, Inventory } from '../../../../src/model/inventory/inventory';
import { gatheredIn, newsOf } from '../../../../src/model/inventory/mergeInventory';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';

const read = (text: string): Inventory => {
  const parsed = parseInventory(text);
  return parsed.kind === 'ok'
    ? parsed.inventory
    : assert.fail(`${parsed.problem.kind} ${parsed.problem.path}\n${text}`);
};
const merge = (text: string, inventory: Inventory): string => editInventory(text, { kind: 'merge', inventory });

const id = fc.stringMatching(/^(GID_a@@@)?[!-~]{1,6}$/);
const attention = fc.record(
  { expected: fc.constantFrom('online' as const, 'offline' as const), pinned: fc.boolean(), muted: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);
const name = fc.stringMatching(/^[A-Za-z设备 "\\/$(){}-]{0,5}[A-Z]$/);
const group = fc
  .tuple(fc.record({ name, clientIds: fc.uniqueArray(id, { maxLength: 5 }) }), attention, fc.option(name))
  .map(([own, wanted, groupId]) => ({ ...own, ...wanted, ...(groupId === null ? {} : { groupId }) }));
const instance = fc
  .record({
    name,
    instanceId: fc.stringMatching(/^mqtt-[a-f]$/),
    credential: name,
    groups: fc.uniqueArray(group, { maxLength: 4, selector: (each) => each.name }),
  })
  .chain((own) =>
    fc
      .tuple(
        fc.constantFrom({ regionId: 'cn-hangzhou' }, { endpoint: '127.0.0.1:80' }),
        fc.option(fc.dictionary(id, attention, { maxKeys: 4, noNullPrototype: true })),
      )
      .map(([where, clients]): Instance => ({ ...own, ...where, ...(clients === null ? {} : { clients }) })),
  );
const inventory = fc
  .uniqueArray(instance, { maxLength: 4, comparator: (a, b) => a.name === b.name || a.instanceId === b.instanceId })
  .map((instances): Inventory => ({ instances }));

/** What is in an inventory, as lines: nothing of it may go missing. */
function facts({ instances }: Inventory): string[] {
  return instances.flatMap(({ instanceId, groups, clients = {} }) => [
    instanceId,
    ...groups.flatMap((each) => [
      `${instanceId} ${each.name}`,
      ...each.clientIds.map((clientId) => `${instanceId} ${each.name} ${clientId}`),
    ]),
    ...Object.keys(clients).map((clientId) => `${instanceId} wanted ${clientId}`),
  ]);
}

describe('an exported inventory', () => {
  it('is read back without loss into an empty one', () => {
    fc.assert(
      fc.property(inventory, (saved) => {
        assert.deepEqual(read(merge('', read(exportInventory(saved, 'json')))), saved);
      }),
    );
  });

  it('holds no key of a person’s own, and so no secret written beside a credential’s name', () => {
    const text = JSON.stringify({
      accessKeySecret: 'planted',
      instances: [
        { name: 'P', instanceId: 'p', regionId: 'r', credential: 'work', accessKeySecret: 'planted', groups: [] },
      ],
    });
    for (const format of ['json', 'csv'] as const)
      assert.equal(exportInventory(read(text), format).includes('planted'), false);
    assert.match(exportInventory(read(text), 'json'), /"credential": "work"/);
  });

  it('may be one instance, or one group with what is wanted of its own clients', () => {
    const a = { name: 'A', clientIds: ['1', '2'] };
    const b = { name: 'B', clientIds: ['3'] };
    const plant = { name: 'P', instanceId: 'p', regionId: 'r', credential: 'c' };
    const clients = { '1': { pinned: true }, '3': { muted: true } };
    const other = { ...plant, name: 'O', instanceId: 'o', groups: [] };
    const all: Inventory = { instances: [{ ...plant, groups: [a, b], clients }, other] };
    assert.deepEqual(partOf(all), all);
    assert.deepEqual(partOf(all, 'o'), { instances: [other] });
    assert.deepEqual(partOf(all, 'p', 'A'), {
      instances: [{ ...plant, groups: [a], clients: { '1': { pinned: true } } }],
    });
  });
});

describe('merging an inventory into what is saved', () => {
  it('loses nothing of either, changes nothing that is saved, and has nothing left to add', () => {
    fc.assert(
      fc.property(inventory, inventory, (saved, other) => {
        const text = exportInventory(saved, 'json');
        const merged = read(merge(text, other));
        const has = new Set(facts(merged));
        assert.deepEqual(
          [...facts(saved), ...facts(other)].filter((fact) => !has.has(fact)),
          [],
        );
        saved.instances.forEach(({ groups, clients, ...details }, at) => {
          const after = merged.instances[at];
          assert.ok(after);
          const { groups: newGroups, clients: newClients = {}, ...newDetails } = after;
          assert.deepEqual(newDetails, details);
          groups.forEach((each, place) => {
            const ids = newGroups[place]?.clientIds.slice(0, each.clientIds.length);
            assert.deepEqual({ ...newGroups[place], clientIds: ids }, each);
          });
          for (const [clientId, wanted] of Object.entries(clients ?? {}))
            assert.deepEqual(newClients[clientId], wanted);
        });
        assert.equal(merge(exportInventory(merged, 'json'), other), exportInventory(merged, 'json'));
      }),
    );
  });

  const plant = { name: 'Plant', instanceId: 'p', regionId: 'r', credential: 'c' };

  it('tells what is new and what is known', () => {
    const saved: Inventory = { instances: [{ ...plant, groups: [{ name: 'A', clientIds: ['1', '2'] }] }] };
    const other: Inventory = {
      instances: [
        {
          ...plant,
          name: 'Other name',
          groups: [
            { name: 'A', clientIds: ['2', '3'] },
            { name: 'B', clientIds: ['1'] },
          ],
        },
        { ...plant, instanceId: 'q', groups: [{ name: 'C', clientIds: ['9'] }] },
      ],
    };
    const [known, fresh] = newsOf(saved, other);
    assert.deepEqual(
      [known?.isNew, known?.instance.name, known?.newGroups, known?.newClients, known?.knownClients],
      [false, 'Plant', 1, 2, 1],
    );
    assert.deepEqual(
      [fresh?.isNew, fresh?.instance.name, fresh?.newGroups, fresh?.newClients, fresh?.knownClients],
      [true, 'Plant (2)', 1, 1, 0],
    );
  });

  it('gathers all groups in one instance, those of one name in one', () => {
    const other: Inventory = {
      instances: [
        {
          ...plant,
          instanceId: 'a',
          groups: [{ name: 'A', clientIds: ['1', '2'] }],
          clients: { '1': { pinned: true } },
        },
        { ...plant, instanceId: 'b', groups: [{ name: 'A', clientIds: ['2', '3'] }], clients: { '1': {}, '3': {} } },
      ],
    };
    assert.deepEqual(gatheredIn({ ...plant, groups: [] }, other), {
      instances: [
        { ...plant, groups: [{ name: 'A', clientIds: ['1', '2', '3'] }], clients: { '1': { pinned: true }, '3': {} } },
      ],
    });
  });

  it('keeps comments and what a person left out', () => {
    const text = `{
  // ours
  "instances": [
    { "name": "Plant", "instanceId": "p", "regionId": "r", "credential": "c",
      "groups": [{ "name": "A" /* no list */ }], "clients": { "1": { "mine": 1 } } },
    { "name": "Q", "instanceId": "q", "regionId": "r", "credential": "c" }
  ]
}`;
    const other: Inventory = {
      instances: [
        {
          ...plant,
          groups: [{ name: 'A', clientIds: ['1'] }],
          clients: { '1': { pinned: true }, '2': { muted: true } },
        },
        { ...plant, instanceId: 'q', groups: [{ name: 'B', clientIds: ['2'] }] },
      ],
    };
    const merged = merge(text, other);
    assert.match(merged, /\/\/ ours\n/);
    assert.match(merged, /\/\* no list \*\//);
    assert.match(merged, /"1": \{\s*"mine": 1\s*\}/);
    assert.deepEqual(read(merged), {
      instances: [
        { ...plant, groups: [{ name: 'A', clientIds: ['1'] }], clients: { '1': {}, '2': { muted: true } } },
        { ...plant, name: 'Q', instanceId: 'q', groups: [{ name: 'B', clientIds: ['2'] }] },
      ],
    });
  });

  it('is quick for 1,000 groups and 100,000 clients', () => {
    const fleet = (from: number): Inventory => ({
      instances: [
        {
          ...plant,
          groups: Array.from({ length: 1000 }, (_, at) => ({
            name: `Group ${at}`,
            clientIds: Array.from({ length: 50 }, (__, place) => `GID_fleet@@@device-${at}-${from + place}`),
          })),
        },
      ],
    });
    const text = exportInventory(fleet(0), 'json');
    const start = performance.now();
    const merged = merge(text, fleet(50));
    assert.ok(performance.now() - start < 10_000);
    assert.equal(read(merged).instances[0]?.groups.flatMap(({ clientIds }) => clientIds).length, 100_000);
  });
});
