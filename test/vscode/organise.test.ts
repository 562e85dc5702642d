import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { command } from './localDevices';

const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const GROUPS = { Pumps: ['a', 'b', 'c'], Valves: ['c', 'd'], Spares: ['e'] };

interface Saved {
  readonly groups: readonly { readonly name: string; readonly clientIds: readonly string[]; readonly note?: string }[];
  readonly clients?: unknown;
}

async function savedPlant(): Promise<Saved> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { instances } = JSON.parse(await readFile(path, 'utf8')) as { instances: (Saved & { name: string })[] };
  const plant = instances.find(({ name }) => name === 'Plant');
  assert.ok(plant !== undefined);
  return plant;
}
const idsSaved = async () =>
  Object.fromEntries((await savedPlant()).groups.map(({ name, clientIds }) => [name, clientIds.join('')]));

describe('saved clients put in order', () => {
  beforeEach(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    await command('addInstance', PLANT);
    for (const [group, clientIds] of Object.entries(GROUPS)) {
      await command('addGroup', { instance: 'Plant', name: group });
      await command('addClients', { instance: 'Plant', group, clientIds });
    }
  });
  afterEach(() => command('removeInstance', { instance: 'Plant' }));

  it('move to another group with all that is said and wanted of them', async () => {
    await command('setAlias', { instance: 'Plant', clientId: 'a', alias: ' Main inlet ' });
    await command('editNote', { instance: 'Plant', clientId: 'a', note: 'leaks' });
    await command('pin', { instance: 'Plant', clientId: 'a' });
    const moved = await command('moveToGroup', {
      instance: 'Plant',
      clientIds: ['a', 'c'],
      group: 'Pumps',
      to: 'Valves',
    });
    assert.deepEqual(moved, { moved: 1, alreadyThere: 1 });
    assert.deepEqual(await idsSaved(), { Pumps: 'b', Valves: 'cda', Spares: 'e' });
    assert.deepEqual((await savedPlant()).clients, { a: { pinned: true, alias: 'Main inlet', note: 'leaks' } });
    await command('setAlias', { instance: 'Plant', clientId: 'a', alias: ' ' });
    await command('editNote', { instance: 'Plant', clientId: 'a', note: '' });
    assert.deepEqual((await savedPlant()).clients, { a: { pinned: true } });
  });

  it('leave every group that holds them where none is named', async () => {
    await command('moveToGroup', { instance: 'Plant', clientIds: ['c'], to: 'Spares' });
    assert.deepEqual(await idsSaved(), { Pumps: 'ab', Valves: 'd', Spares: 'ec' });
  });

  it('stay where they are, with a sentence, when the move makes no sense', async () => {
    const move = async (more: object) =>
      command('moveToGroup', { instance: 'Plant', clientIds: ['a'], to: 'Valves', ...more });
    await assert.rejects(() => move({ clientIds: ['a', 'x'] }), /"x" is in no group of "Plant"/);
    await assert.rejects(() => move({ group: 'Valves' }), /"a" is in no group of "Valves"/);
    await assert.rejects(() => move({ to: 'Nothing' }), /There is no group "Nothing"/);
    await assert.rejects(() => move({ clientIds: 'a' }), /"clientIds"/);
    assert.deepEqual(await idsSaved(), { Pumps: 'abc', Valves: 'cd', Spares: 'e' });
  });

  it('have groups that move up and down, no further than the ends', async () => {
    const order = async () => Object.keys(await idsSaved()).join(' ');
    await command('moveGroupDown', { instance: 'Plant', group: 'Pumps' });
    assert.equal(await order(), 'Valves Pumps Spares');
    await command('moveGroupDown', { instance: 'Plant', group: 'Spares' });
    await command('moveGroupUp', { instance: 'Plant', group: 'Spares' });
    assert.equal(await order(), 'Valves Spares Pumps');
    await command('moveGroupUp', { instance: 'Plant', group: 'Valves' });
    assert.equal(await order(), 'Valves Spares Pumps');
  });

  it('are filtered, sorted and shown as a list, and a caller is told how many pass', async () => {
    const filter = async (argument: object) => command('filterClients', argument);
    try {
      const { matching, total } = (await filter({ text: '' })) as { matching: number; total: number };
      assert.equal(matching, total); // other suites leave clients of theirs
      assert.deepEqual(await filter({ text: 'c valves' }), { matching: 1, total });
      assert.deepEqual(await filter({ text: 'valves' }), { matching: 2, total });
      assert.deepEqual(await filter({ text: 'valves', states: ['notChecked'] }), { matching: 2, total });
      const found = await filter({ text: 'valves', states: ['online', 'flapping'], changedInLastHour: true });
      assert.deepEqual(found, { matching: 0, total });
      await assert.rejects(() => filter({ states: ['asleep'] }), /"states.0"/);
      await assert.rejects(async () => command('sortClients', { by: 'size' }), /"by"/);
      for (const by of ['name', 'state', 'change', 'saved']) await command('sortClients', { by });
      await command('viewAsList');
    } finally {
      await command('viewAsTree');
      await command('clearFilter');
    }
  });

  it('have groups with notes', async () => {
    await command('editNote', { instance: 'Plant', group: 'Spares', note: 'by the door' });
    assert.equal((await savedPlant()).groups[2]?.note, 'by the door');
    await assert.rejects(async () => command('editNote', { instance: 'Plant', note: 'x' }), /"group"/);
    await assert.rejects(
      async () => command('setAlias', { instance: 'Plant', clientId: 'x', alias: 'y' }),
      /in no group/,
    );
  });
});
