import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportInventory } from '../../../../src/model/inventory/exportInventory';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { mergeInventories } from '../../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import { bindingKey, NOTHING_PERSONAL, type Personal } from '../../../../src/model/inventory/personal';

const PLANT = { name: 'Plant', instanceId: 'i1', regionId: 'cn-hangzhou', credential: 'prod', groups: [] };
const parsed = (text: string): Inventory => {
  const read = parseInventory(text);
  return read.kind === 'ok' ? read.inventory : assert.fail(`${read.problem.kind} ${read.problem.path}: ${text}`);
};
const merged = (own: Inventory, teams: readonly Inventory[], personal: Personal = NOTHING_PERSONAL): Inventory => {
  const files = teams.map((inventory, at) => ({ file: `file:///${at}`, folder: 'app', inventory }));
  return mergeInventories(own, files, personal).inventory;
};

describe('an inventory that is written out', () => {
  it('names a team’s instance as it is shown, so that no two have one name', () => {
    const both = merged({ instances: [PLANT] }, [{ instances: [{ ...PLANT, instanceId: 'i2' }] }]);
    const { instances } = parsed(exportInventory(both, 'json'));
    assert.deepEqual(
      instances.map(({ name, instanceId }) => [name, instanceId]),
      [
        ['Plant', 'i1'],
        ['Plant (app)', 'i2'],
      ],
    );
  });

  it('names the key that the person bound to a team’s instance, or else what the file calls it', () => {
    const team = { instances: [PLANT] };
    const key = bindingKey({ file: 'file:///0', instanceId: 'i1', regionId: 'cn-hangzhou', credentialName: 'prod' });
    const bindings = { [key]: { credential: 'mine', clients: 1 } };
    const exported = (personal: Partial<Personal>): unknown => {
      const all = merged({ instances: [] }, [team], { ...NOTHING_PERSONAL, ...personal });
      return parsed(exportInventory(all, 'json')).instances[0]?.credential;
    };
    assert.deepEqual([exported({ bindings }), exported({})], ['mine', 'prod']);
  });

  it('can always be read again, with the same groups', () => {
    const name = fc.oneof(
      fc.constantFrom('Plant', 'plant', 'Plant (app)', 'Pl\u200bant', 'i1', '__proto__'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    const group = fc.record({ name, clientIds: fc.uniqueArray(name, { maxLength: 3 }) });
    const groups = fc.uniqueArray(group, { selector: (each) => each.name, maxLength: 3 });
    const instance = fc.record({
      name,
      instanceId: fc.constantFrom('i1', 'i2', 'i3', 'Plant'),
      regionId: fc.constantFrom('cn-hangzhou', 'cn-shanghai', 'x/y'),
      credential: fc.constantFrom('prod', 'work'),
      groups,
    });
    const file = fc
      .uniqueArray(instance, { selector: (each) => each.instanceId, maxLength: 3 })
      .map((instances) => parseInventory(JSON.stringify({ instances })))
      .filter((read) => read.kind === 'ok');
    const groupsOf = ({ instances }: Inventory) =>
      instances.map((each) => [
        each.instanceId,
        each.name,
        each.groups.map(({ name: called, clientIds }) => [called, clientIds]),
      ]);
    fc.assert(
      fc.property(fc.tuple(file, file, file), ([own, ...teams]) => {
        const all = merged(
          own.inventory,
          teams.map(({ inventory }) => inventory),
        );
        const asked = { instances: all.instances.filter(({ origin }) => origin?.refused === undefined) };
        assert.deepEqual(groupsOf(parsed(exportInventory(all, 'json'))), groupsOf(asked));
      }),
    );
  });
});
