import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../host/eventually';
import { ForwardingProxy } from '../host/forwardingProxy';
import { command, LOCAL, LocalDevices } from './localDevices';

interface Result {
  clientId: string;
  status: string;
  error?: { code: string; message: string };
}
const GATE = 'GID_team@@@gate-1';
const LATER = 'GID_team@@@gate-2';
const TEAM = { name: 'Team', instanceId: 'mqtt-cn-team', regionId: 'cn-hangzhou', credential: 'prod' };
const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder');
const path = (): string => join(folder(), '.vscode', 'apsaramq-mqtt.json');
const saved = async () =>
  JSON.parse(await readFile(path(), 'utf8')) as { instances: { groups?: object[]; [key: string]: unknown }[] };
const codes = (results: Result[]) => results.map(({ clientId, error }) => [clientId, error?.code]);

/** Writes the team's file as a pull would, and waits until the window has it. */
async function share(...instances: object[]): Promise<void> {
  await mkdir(dirname(path()), { recursive: true });
  await writeFile(path(), JSON.stringify({ instances }, undefined, 2));
}
async function knows(argument: object): Promise<void> {
  await eventually(
    'the window knows',
    async () => !/There is no instance/.test(await endOf('unbindCredential', argument)),
    10_000,
  );
}
/** Whether a command ends well, or how it fails. */
const endOf = async (name: string, argument: object): Promise<string> => {
  try {
    await command(name, argument);
    return '';
  } catch (error) {
    return String(error);
  }
};

async function ownInventory(): Promise<{
  instances: { instanceId: string; groups: { name: string; clientIds: string[] }[] }[];
}> {
  await command('openInventory', {});
  return JSON.parse(await openedText()) as Awaited<ReturnType<typeof ownInventory>>;
}
/** How a watch ends, which never asks a person anything. */
async function watched(instance: string, group = 'Gates'): Promise<string> {
  const { outcome, message } = await command<{ outcome: string; message: string }>('watch', {
    instance,
    group,
    minutes: 1,
  });
  return `${outcome}: ${message}`;
}
async function openedText(): Promise<string> {
  const { document } = vscode.window.activeTextEditor ?? assert.fail('nothing is open');
  const text = await readFile(document.uri.fsPath, 'utf8');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return text;
}

describe('what a team shares in a folder', () => {
  let devices: LocalDevices;
  let proxy: ForwardingProxy;
  /** VS Code asks for extensions of its own. */
  const reached = (): string[] => proxy.hosts.filter((host) => !host.startsWith('open-vsx.org'));

  before(async () => {
    devices = await LocalDevices.start('Mine', ['GID_team@@@mine']);
    await command('setCredential', { name: 'prod', accessKeyId: 'planted-id', accessKeySecret: 'planted-secret' });
    await command('setCredential', { name: 'mine', accessKeyId: 'made-up-id', accessKeySecret: 'made-up-secret' });
    proxy = await ForwardingProxy.start();
    await vscode.workspace.getConfiguration('http').update('proxy', proxy.url, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await rm(dirname(path()), { recursive: true, force: true });
    await vscode.workspace.getConfiguration('http').update('proxy', undefined, vscode.ConfigurationTarget.Global);
    await proxy.dispose();
    for (const name of ['prod', 'mine']) await command('removeCredential', { name });
    await devices.dispose();
  });

  it('is begun with a file that says what it is, and that keys never stand in it', async () => {
    await assert.rejects(async () => command('openInventory', { workspace: 'no such' }), /No folder "no such" is open/);
    await command('openInventory', { workspace: vscode.workspace.workspaceFolders?.[0]?.name });
    const text = await openedText();
    assert.match(text, /^\{\n {2}\/\/ .*\n {2}\/\/ .*Keys never stand in this file\.\n {2}"instances": \[\]\n\}\n$/);
  });

  it('is asked about at the user’s own instance, once the person has said yes', async () => {
    await share({
      ...TEAM,
      name: 'Local',
      instanceId: LOCAL,
      endpoint: 'evil.example.com',
      groups: [
        { name: 'Gates', clientIds: [GATE] },
        { name: 'Later', clientIds: [LATER] },
      ],
    });
    const check = () => command<Result[]>('checkGroup', { instance: LOCAL, group: 'Gates' });
    await eventually(
      'the group',
      async () => (await endOf('findClient', { instance: LOCAL, clientId: GATE })) === '',
      10_000,
    );
    await command('bindCredential', { instance: LOCAL });
    assert.deepEqual(codes(await check()), [[GATE, undefined]]);
    await devices.connect(GATE);
    const [gate] = await command<Result[]>('verifyClient', { instance: LOCAL, clientId: GATE });
    assert.equal(gate?.status, 'online');
    assert.deepEqual(reached(), []);
    await command('unbindCredential', { instance: LOCAL });
    await assert.rejects(async () => command('unbindCredential', { instance: LOCAL }), /No key of yours is bound/);
  });

  it('is not asked about by what asks by itself, before that', async () => {
    assert.match(await watched(LOCAL, 'Later'), /^failed: .*you have not let your key be used for it yet/);
    await command('bindCredential', { instance: LOCAL });
    await devices.connect(LATER);
    assert.match(await watched(LOCAL, 'Later'), /^met: /);
    await command('unbindCredential', { instance: LOCAL });
  });

  it('is asked with the key the person bound, over https to the vendor alone, and not with one of the name it says', async () => {
    await share({ ...TEAM, groups: [{ name: 'Gates', clientIds: [GATE] }] });
    await knows({ instance: TEAM.instanceId });
    await assert.rejects(
      async () => command('unbindCredential', { instance: 'Team' }),
      /No key of yours is bound to "Team"/,
    );
    await assert.rejects(async () => command('bindCredential', { instance: 'Team' }), /"credential"/);
    await assert.rejects(
      async () => command('bindCredential', { instance: 'Team', credential: 'nobody' }),
      /No key is stored under the name "nobody"/,
    );
    assert.match(await watched('Team'), /^failed: .*no key of yours is bound to it yet/);
    assert.deepEqual(reached(), []);
    await command('bindCredential', { instance: 'Team', credential: 'mine' });
    const [gate] = await command<Result[]>('checkGroup', { instance: 'Team', group: 'Gates' });
    assert.equal(gate?.status, 'unknown');
    assert.match(gate.error?.message ?? '', /^The proxy did not connect to onsmqtt\.cn-hangzhou\.aliyuncs\.com\./);
    assert.deepEqual([...new Set(reached())], ['onsmqtt.cn-hangzhou.aliyuncs.com:443']);
  });

  it('is asked no more once it names another place', async () => {
    const before = reached().length;
    await share({ ...TEAM, regionId: 'cn-shanghai', groups: [{ name: 'Gates', clientIds: [GATE] }] });
    await eventually(
      'unbound',
      async () => /No key of yours/.test(await endOf('unbindCredential', { instance: 'Team' })),
      10_000,
    );
    assert.match(await watched('Team'), /^failed: .*no key of yours is bound to it yet/);
    assert.equal(reached().length, before);
  });

  it('is no place but the vendor’s, and says so', async () => {
    await share({ ...TEAM, regionId: undefined, endpoint: 'onsmqtt.cn-hangzhou.aliyuncs.com.evil.com' });
    await eventually(
      'refused',
      async () =>
        /refused: a workspace may name/.test(await endOf('bindCredential', { instance: 'Team', credential: 'mine' })),
      10_000,
    );
    await assert.rejects(
      async () => command('editInstance', { instance: 'Team', endpoint: 'evil.com' }),
      /names a region, or an endpoint of the vendor/,
    );
    await command('editInstance', { instance: 'Team', regionId: 'cn-hangzhou' });
    assert.deepEqual(
      (await saved()).instances,
      [TEAM].map(({ name, instanceId, credential, regionId }) => ({ name, instanceId, credential, regionId })),
    );
  });

  it('is edited where it stands, and removed there', async () => {
    await share(TEAM);
    await knows({ instance: 'Team' });
    await command('addGroup', { instance: 'Team', name: 'Gates', groupId: 'GID_team' });
    await command('addClients', { instance: 'Team', group: 'Gates', clientIds: ['gate-1'] });
    await command('expectOnline', { instance: 'Team', group: 'Gates' });
    await command('pin', { instance: 'Team', group: 'Gates' });
    const group = { name: 'Gates', groupId: 'GID_team', clientIds: [GATE], expected: 'online' };
    assert.deepEqual((await saved()).instances, [{ ...TEAM, groups: [group] }]);
    await command('removeInstance', { instance: 'Team' });
    assert.deepEqual((await saved()).instances, []);
  });

  it('gets a copy of a group with what others need to ask it, and no key', async () => {
    await command('addInstance', {
      name: 'Plant',
      instanceId: 'mqtt-cn-own',
      regionId: 'cn-hangzhou',
      credential: 'mine',
    });
    await command('addGroup', { instance: 'Plant', name: 'Valves' });
    await command('addClients', { instance: 'Plant', group: 'Valves', clientIds: ['v-1'] });
    await command('mute', { instance: 'Plant', group: 'Valves' });
    await command('copyGroupToWorkspace', { instance: 'Plant', group: 'Valves' });
    const valves = { name: 'Valves', clientIds: ['v-1'] };
    const plant = { name: 'Plant', instanceId: 'mqtt-cn-own', regionId: 'cn-hangzhou', credential: 'mine' };
    assert.deepEqual((await saved()).instances, [{ ...plant, groups: [valves] }]);
    await command('copyGroupToWorkspace', { instance: LOCAL, group: 'Mine' });
    const [, local] = (await saved()).instances;
    assert.deepEqual(
      [local?.['instanceId'], local?.['endpoint'], local?.['regionId']],
      [LOCAL, 'localhost', undefined],
    );
    await command('editInstance', { instance: 'Plant', endpoint: 'gateway.example.com' });
    await assert.rejects(
      async () => command('copyGroupToWorkspace', { instance: 'Plant', group: 'Valves' }),
      /not at an endpoint of the vendor/,
    );
    assert.equal((await readFile(path(), 'utf8')).includes('made-up'), false);
  });

  it('is taken over into the own inventory, with the person’s own key', async () => {
    await command('removeInstance', { instance: 'Plant' });
    const copy = { instance: 'mqtt-cn-own', group: 'Valves' };
    await assert.rejects(async () => command('copyGroupToUser', copy), /no key of yours is bound/);
    await command('bindCredential', { instance: 'mqtt-cn-own', credential: 'prod' });
    await command('copyGroupToUser', copy);
    const mine = (await ownInventory()).instances.find(({ instanceId }) => instanceId === 'mqtt-cn-own');
    assert.deepEqual(mine, {
      name: 'Plant',
      instanceId: 'mqtt-cn-own',
      regionId: 'cn-hangzhou',
      credential: 'prod',
      groups: [{ name: 'Valves', clientIds: ['v-1'] }],
    });
    await assert.rejects(async () => command('copyGroupToUser', copy), /in your own inventory already/);
    await command('removeInstance', { instance: 'mqtt-cn-own' });
  });

  it('is gone when the folder of its file goes, as when another branch is checked out', async () => {
    await share({ ...TEAM, groups: [{ name: 'Gates', clientIds: [GATE] }] });
    await knows({ instance: TEAM.instanceId });
    await rm(dirname(path()), { recursive: true });
    await eventually(
      'nobody knows it',
      async () => /There is no instance/.test(await endOf('unbindCredential', { instance: TEAM.instanceId })),
      10_000,
    );
  });
});
