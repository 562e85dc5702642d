import assert from 'node:assert/strict';
import { type EditableFile, editFiles } from '../../../../src/model/inventory/editFiles';
import { editInventory, type InventoryEdit, InventoryEditError } from '../../../../src/model/inventory/editInventory';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { mergeInventories } from '../../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import { NOTHING_PERSONAL } from '../../../../src/model/inventory/personal';
import { routeEdit } from '../../../../src/model/inventory/routeEdit';

const PLANT = { name: 'Plant', instanceId: 'mqtt-1', regionId: 'cn-hangzhou', credential: 'prod' };
const { instanceId } = PLANT;
const CLIENTS = Array.from({ length: 1000 }, (_, at) => `GID_a@@@${at}`);
const NO_EDIT: InventoryEdit = { kind: 'removeInstance', instanceId };

class TestFile implements EditableFile {
  readonly writes: number[] = [];
  constructor(public text: string) {}

  edit = (...changes: readonly InventoryEdit[]): Promise<void> => {
    this.writes.push(changes.length);
    this.text = changes.reduce(editInventory, this.text);
    return Promise.resolve();
  };

  get inventory(): Inventory {
    const parsed = parseInventory(this.text);
    return parsed.kind === 'ok' ? parsed.inventory : assert.fail();
  }
}

describe('edits of several files', () => {
  it('write each file once, though a thousand clients with words of their own move', async () => {
    const clients = Object.fromEntries(CLIENTS.map((each) => [each, { alias: 'Pump', expected: 'online' }]));
    const own = new TestFile(
      JSON.stringify({ instances: [{ ...PLANT, groups: [{ name: 'Mine', clientIds: CLIENTS }], clients }] }),
    );
    const app = new TestFile(JSON.stringify({ instances: [{ ...PLANT, groups: [{ name: 'Ours', clientIds: [] }] }] }));
    const saved = [{ file: 'app', folder: 'app', inventory: app.inventory }];
    const { inventory } = mergeInventories(own.inventory, saved, NOTHING_PERSONAL);
    const from = [{ group: 'Mine', clientIds: CLIENTS }];
    const { files } = routeEdit(inventory, { kind: 'moveClients', instanceId, from, to: 'Ours' }, saved);
    await editFiles(
      files.map(({ file, edit }) =>
        file === 'app' ? { file: app, name: 'app', edit } : { file: own, name: '', edit },
      ),
    );
    assert.deepEqual([app.writes, own.writes], [[3], [3]]);
    assert.deepEqual(app.inventory.instances[0]?.clients, clients);
    assert.deepEqual(own.inventory.instances[0]?.groups[0]?.clientIds, []);
  });

  it('say what was saved where a later file could not be, and nothing of the kind where the first could not', async () => {
    const good: EditableFile = { edit: () => Promise.resolve() };
    const busy: EditableFile = { edit: () => Promise.reject(new InventoryEditError('busy', 'b.json')) };
    const reject = (...files: EditableFile[]) =>
      editFiles(files.map((file) => ({ file, name: file === good ? 'a.json' : 'b.json', edit: NO_EDIT })));
    await assert.rejects(reject(good, busy), (error) => {
      assert.ok(error instanceof InventoryEditError);
      assert.deepEqual([error.reason, error.about, error.saved], ['partly', 'b.json', ['a.json']]);
      return true;
    });
    await assert.rejects(reject(busy, good), { reason: 'busy' });
  });
});
