import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { mergeInventories } from '../../../../src/model/inventory/mergeInventories';
import { mergeInventory, newsOf } from '../../../../src/model/inventory/mergeInventory';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import { NOTHING_PERSONAL } from '../../../../src/model/inventory/personal';
import { routeMerge, savedInventory } from '../../../../src/model/inventory/routeMerge';

const PLANT = { name: 'Plant', instanceId: 'i1', regionId: 'cn-hangzhou', credential: 'prod' };
const plant = (groups: Record<string, string[]>): Inventory => ({
  instances: [{ ...PLANT, groups: Object.entries(groups).map(([name, clientIds]) => ({ name, clientIds })) }],
});

describe('what an import into a team’s instance would add', () => {
  const own: Inventory = { instances: [] };
  const files = new Map([
    ['file:///app', plant({ 'Pumps\u200b': ['a'] })],
    ['file:///lib', plant({ Valves: ['v', 'w'], Pumps: ['b'] })],
  ]);
  const workspaces = [...files].map(([file, inventory]) => ({ file, folder: file.slice(8), inventory }));
  const merged = mergeInventories(own, workspaces, NOTHING_PERSONAL).inventory;
  const imported = plant({ 'Pumps\u200b': ['a', 'c'], Valves: ['v', 'w'] });

  it('is counted against the file that it goes into, under the names there', () => {
    const [news, ...more] = newsOf(savedInventory(own, merged, files), imported);
    assert.deepEqual(more, []);
    assert.deepEqual([news?.isNew, news?.newGroups, news?.newClients, news?.knownClients], [false, 1, 3, 1]);
    assert.equal(news?.instance.origin?.folder, 'app');
  });

  it('is what comes to stand in that file', () => {
    const [{ file, edit } = assert.fail(), ...more] = routeMerge(merged, imported);
    assert.deepEqual([file, more], ['file:///app', []]);
    const before = files.get('file:///app') ?? assert.fail();
    assert.ok(edit.kind === 'merge');
    const after = parseInventory(mergeInventory(JSON.stringify(before), before, edit.inventory));
    assert.ok(after.kind === 'ok');
    assert.deepEqual(
      after.inventory.instances[0]?.groups.map(({ name, clientIds }) => [name, clientIds]),
      [
        ['Pumps\u200b', ['a', 'c']],
        ['Valves', ['v', 'w']],
      ],
    );
  });
});
