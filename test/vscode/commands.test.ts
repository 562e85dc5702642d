import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

interface Result {
  clientId: string;
  status: string;
  verified: boolean;
  checkedAt: string;
  error?: { code: string; message: string; requestId?: string };
}
const command = <T = unknown>(name: string, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(`apsaramqMqtt.${name}`, argument);
const LOCAL = 'mqtt-cn-local00001';
const INSTANCE = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const lookUp = (clientIds: string[], more: object = {}) =>
  command<Result[]>('lookUpClients', { instance: LOCAL, clientIds, ...more });
const brief = (results: Result[]) => results.map(({ clientId, status }) => [clientId, status]);

async function inventoryPath(): Promise<string> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return path;
}
const saved = async () =>
  JSON.parse(await readFile(await inventoryPath(), 'utf8')) as {
    instances: { name: string; groups: { name: string; clientIds: string[] }[] }[];
  };

describe('the extension in a real VS Code', () => {
  it('registers every command that package.json names', async () => {
    const extension = vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt');
    await extension?.activate();
    const { contributes } = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.filter(({ command: id }) => !known.has(id)),
      [],
    );
  });

  for (const name of [
    'checkAll',
    'checkInstance',
    'checkGroup',
    'checkClient',
    'verifyClient',
    'addGroup',
    'addClients',
    'renameGroup',
    'removeGroup',
    'removeClients',
    'editInstance',
    'removeInstance',
    'lookUpClients',
    'expectOnline',
    'expectOffline',
    'expectNothing',
    'pin',
    'unpin',
  ]) {
    it(`says a sentence when ${name} finds an empty inventory`, async () => {
      await assert.rejects(
        async () =>
          command(name, {
            clientId: 'x',
            name: 'x',
            group: 'x',
            ...(name === 'editInstance' ? { instance: 'x' } : {}),
          }),
        /No instance is saved yet|There is no instance "x"/,
      );
    });
  }

  it('saves instances, groups and clients, and refuses what is wrong with a sentence', async () => {
    await command('addInstance', INSTANCE);
    await command('addGroup', { instance: 'Plant', name: 'Pumps', groupId: 'GID_pump' });
    await command('addClients', { instance: 'mqtt-cn-1', group: 'Pumps', clientIds: ['1', '2', '2', 'x'.repeat(65)] });
    await command('renameGroup', { instance: 'Plant', group: 'Pumps', name: 'Big pumps' });
    await command('removeClients', { instance: 'Plant', group: 'Big pumps', clientIds: ['GID_pump@@@1'] });
    assert.deepEqual((await saved()).instances[0]?.groups, [
      { name: 'Big pumps', groupId: 'GID_pump', clientIds: ['GID_pump@@@2'] },
    ]);
    await assert.rejects(async () => command('addInstance', INSTANCE), /There is an instance named "Plant" already/);
    await assert.rejects(
      async () => command('addInstance', { ...INSTANCE, name: 'B', instanceId: 'b', endpoint: 'https://x/' }),
      /Leave out the scheme/,
    );
    await assert.rejects(
      async () => command('addInstance', { ...INSTANCE, name: 'B', instanceId: 'post-cn 1' }),
      /holds no blanks/,
    );
    await assert.rejects(async () => command('addInstance', { name: 'B' }), /"instanceId"/);
  });

  it('says that the key is missing, and keeps the instance', async () => {
    const [result] = await command<Result[]>('checkInstance', { instance: 'Plant' });
    assert.deepEqual([result?.status, result?.error?.code], ['unknown', 'MissingCredential']);
    assert.equal((await saved()).instances.length, 1);
  });

  it('refuses a key with a line break inside', async () => {
    await assert.rejects(
      async () => command('setCredential', { name: 'work', accessKeyId: 'id', accessKeySecret: 'a\nb' }),
      /line breaks/,
    );
  });

  it('never overwrites a document that does not parse, and shows what it knew', async () => {
    const path = await inventoryPath();
    const good = await readFile(path, 'utf8');
    await writeFile(path, '{ "instances": [ // half');
    await assert.rejects(
      async () => command('addGroup', { instance: 'Plant', name: 'New' }),
      /inventory\.json is broken/,
    );
    assert.equal(await readFile(path, 'utf8'), '{ "instances": [ // half');
    await writeFile(path, good);
    await command('removeInstance', { instance: 'Plant' });
    assert.deepEqual((await saved()).instances, []);
  });

  it('starts a local instance and sees simulated clients come and go', async () => {
    await command('startLocalInstance');
    assert.deepEqual(
      (await saved()).instances.map(({ name, groups }) => [name, groups[0]?.clientIds.length]),
      [['Local instance', 20]],
    );
    const all = await command<Result[]>('checkAll');
    assert.deepEqual(
      all.filter(({ error }) => error !== undefined),
      [],
    );
    assert.deepEqual([all.length, all.filter(({ status }) => status === 'online').length], [20, 12]);
    await command('simulateClient', { clientId: 'GID_local@@@new', online: true });
    assert.deepEqual(brief(await lookUp(['GID_local@@@new', 'never-seen'], { verify: true })), [
      ['GID_local@@@new', 'online'],
      ['never-seen', 'offline'],
    ]);
    await command('simulateClient', { clientId: 'GID_local@@@new', online: false });
    const [gone] = await command<Result[]>('verifyClient', { instance: LOCAL, clientId: 'GID_local@@@new' });
    assert.deepEqual(
      [gone?.status, gone?.verified, Number.isNaN(Date.parse(gone?.checkedAt ?? ''))],
      ['offline', true, false],
    );
  });

  it('switches timers on and off for a group, an instance and all, and refuses one that would ask too often', async () => {
    type Plan = { scope: { instanceId?: string; group?: string }; intervalSeconds: number; endsAt: number };
    const group = 'Simulated clients';
    await assert.rejects(async () => command('startAutoRefresh', { intervalSeconds: 5 }));
    await assert.rejects(async () => command('startAutoRefresh', { instance: LOCAL, group: 'x', intervalSeconds: 60 }));
    await command('startAutoRefresh', { intervalSeconds: 3600 });
    const plans = await command<Plan[]>('startAutoRefresh', { instance: LOCAL, group, intervalSeconds: 60 });
    assert.deepEqual(
      plans.map(({ scope, intervalSeconds }) => [scope, intervalSeconds]),
      [
        [{}, 3600],
        [{ instanceId: LOCAL, group }, 60],
      ],
    );
    const minutes = ((plans[0]?.endsAt ?? 0) - Date.now()) / 60_000;
    assert.ok(minutes > 59 && minutes <= 60, `${minutes} minutes`);
    assert.equal((await command<Plan[]>('stopAutoRefresh', { instance: LOCAL, group })).length, 1);
    assert.deepEqual(await command('stopAutoRefresh'), []);
  });

  it('answers in the order asked, with one error for the one bad ID', async () => {
    const results = await lookUp(['GID_local@@@device-002', '设备', 'GID_local@@@device-001']);
    assert.deepEqual(
      results.map(({ clientId, error }) => [clientId, error?.code]),
      [
        ['GID_local@@@device-002', undefined],
        ['设备', 'InvalidClientId'],
        ['GID_local@@@device-001', undefined],
      ],
    );
  });

  it('says that a wrong secret is wrong, with a request ID and without the secret', async () => {
    await command('setCredential', {
      name: 'local',
      accessKeyId: 'local-access-key-id',
      accessKeySecret: 'planted-secret',
    });
    const [result] = await lookUp(['GID_local@@@device-001']);
    assert.equal(result?.error?.code, 'SignatureDoesNotMatch');
    assert.ok(result.error.requestId !== undefined && result.error.message.includes(result.error.requestId));
    assert.equal(JSON.stringify(result).includes('planted-secret'), false);
    await command('setCredential', {
      name: 'local',
      accessKeyId: ' local-access-key-id ',
      accessKeySecret: 'local-access-key-secret\n',
    });
    assert.equal((await lookUp(['GID_local@@@device-001']))[0]?.error, undefined);
  });

  it('says that the server is gone once the local instance has stopped, and keeps it saved', async () => {
    await command('stopLocalInstance');
    const [result] = await lookUp(['GID_local@@@device-001']);
    assert.equal(result?.error?.code, 'ECONNREFUSED');
    await assert.rejects(
      async () => command('simulateClient', { clientId: 'a', online: true }),
      /does not run in this window/,
    );
    assert.equal((await saved()).instances.length, 1);
  });
});
