import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

const command = <T = unknown>(name: string, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(`apsaramqMqtt.${name}`, argument);
const LOCAL = 'mqtt-cn-local00001';
const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };

interface Wanted {
  expected?: string;
  pinned?: boolean;
}
interface Saved {
  groups: (Wanted & { name: string })[];
  clients?: Record<string, Wanted>;
}

async function inventoryPath(): Promise<string> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return path;
}

describe('what is wanted of groups and clients, in a real VS Code', () => {
  let path: string;
  const text = () => readFile(path, 'utf8');
  /** The one instance as it stands in the file, without the comments that the test put there. */
  const saved = async (): Promise<Saved | undefined> => {
    const json = (await text()).replaceAll(/\/\/ \w+ comment$/gm, '');
    return (JSON.parse(json) as { instances: Saved[] }).instances[0];
  };

  before(async () => {
    path = await inventoryPath();
    await command('addInstance', PLANT);
    await command('addGroup', { instance: 'Plant', name: 'Pumps' });
    await command('addClients', { instance: 'Plant', group: 'Pumps', clientIds: ['a', 'b'] });
  });

  it('is written into the inventory and taken out again, and every comment stays', async () => {
    const before = (await text())
      .replace('"a",', '"a", // first comment')
      .replace('"Pumps",', '"Pumps", // group comment');
    await writeFile(path, before);
    await command('expectOnline', { instance: 'Plant', group: 'Pumps' });
    await command('pin', { instance: 'mqtt-cn-1', group: 'Pumps' });
    await assert.rejects(
      async () => command('expectNothing', { instance: 'Plant', clientId: 'b' }),
      /What is expected of "b" comes from its group/,
    );
    await command('expectOffline', { instance: 'Plant', clientId: 'a' });
    await command('pin', { instance: 'Plant', clientId: 'a' });
    const wanted = await saved();
    assert.deepEqual([wanted?.groups[0]?.expected, wanted?.groups[0]?.pinned], ['online', true]);
    assert.deepEqual(wanted?.clients, { a: { expected: 'offline', pinned: true } });
    await command('unpin', { instance: 'Plant', group: 'Pumps' });
    await command('expectNothing', { instance: 'Plant', group: 'Pumps' });
    await command('expectNothing', { instance: 'Plant', clientId: 'a' });
    await command('unpin', { instance: 'Plant', clientId: 'a' });
    const left = await saved();
    assert.deepEqual([left?.groups[0]?.expected, left?.groups[0]?.pinned, left?.clients], [undefined, undefined, {}]);
    for (const comment of ['// first comment', '// group comment'])
      assert.ok((await text()).includes(comment), comment);
  });

  for (const name of ['expectOnline', 'expectOffline', 'expectNothing', 'pin', 'unpin']) {
    it(`is refused with a sentence by ${name} where there is no such thing, and nothing is written`, async () => {
      const before = await text();
      await assert.rejects(
        async () => command(name, { instance: 'Plant', clientId: 'x' }),
        /"x" is in no group of "Plant"/,
      );
      await assert.rejects(async () => command(name, { instance: 'Plant', group: 'x' }), /There is no group "x"/);
      await assert.rejects(async () => command(name, { instance: 'x', clientId: 'a' }), /There is no instance "x"/);
      await assert.rejects(async () => command(name, { instance: 'Plant' }), /"group"/);
      await assert.rejects(async () => command(name, { instance: 'Plant', clientId: 1 }), /"clientId"/);
      assert.equal(await text(), before);
    });
  }

  it('is refused while the inventory is broken', async () => {
    const good = await text();
    await writeFile(path, '{ "instances": [ // half');
    await assert.rejects(
      async () => command('pin', { instance: 'Plant', group: 'Pumps' }),
      /inventory\.json is broken/,
    );
    assert.equal(await text(), '{ "instances": [ // half');
    await writeFile(path, good);
    await command('removeInstance', { instance: 'Plant' });
  });

  it('is acknowledged once for each time that it breaks', async () => {
    assert.equal(await command('acknowledge'), 0);
    await command('startLocalInstance');
    await command('expectOnline', { instance: LOCAL, group: 'Simulated clients' });
    const all = await command<{ status: string }[]>('checkAll');
    const offline = all.filter(({ status }) => status === 'offline').length;
    assert.equal(offline, 8);
    assert.deepEqual([await command('acknowledge'), await command('acknowledge')], [8, 0]);
    const clientId = 'GID_local@@@device-001';
    const become = async (online: boolean) => {
      await command('simulateClient', { clientId, online });
      await command('verifyClient', { instance: LOCAL, clientId });
    };
    await become(false);
    assert.deepEqual([await command('acknowledge'), await command('acknowledge')], [1, 0]);
    await command('verifyClient', { instance: LOCAL, clientId });
    assert.equal(await command('acknowledge'), 0);
    await become(true);
    assert.equal(await command('acknowledge'), 0);
    await become(false);
    assert.equal(await command('acknowledge'), 1);
  });

  after(async () => {
    await command('stopLocalInstance');
    await command('removeInstance', { instance: LOCAL });
  });
});
