import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { ForwardingProxy } from '../host/forwardingProxy';
import { Workbench } from '../host/workbench';

const GATE = 'GID_gate@@@north';
const TEAM = { name: 'Plant', instanceId: 'mqtt-cn-plant', regionId: 'cn-hangzhou', credential: 'prod' };
const PLANTED = { name: 'Planted', instanceId: 'mqtt-cn-planted', credential: 'prod' };
const PATH = ['.vscode', 'apsaramq-mqtt.json'] as const;

async function folderWith(root: string, name: string, instances: readonly object[]): Promise<string> {
  await mkdir(join(root, name, '.vscode'), { recursive: true });
  await writeFile(join(root, name, ...PATH), JSON.stringify({ instances }, undefined, 2));
  return join(root, name);
}

describe('a person in a folder with the team’s inventory', () => {
  let root: string;
  let folder: string;
  let proxy: ForwardingProxy;
  let workbench: Workbench;
  let mqttPort: number;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'team-'));
    folder = await folderWith(root, 'gateway-app', [
      { ...TEAM, groups: [{ name: 'Valves', groupId: 'GID_valve', clientIds: ['GID_valve@@@1', 'GID_valve@@@2'] }] },
      {
        ...{ name: 'Local', instanceId: LOCAL_INSTANCE_ID, endpoint: 'localhost', credential: 'local' },
        groups: [{ name: 'Gates', groupId: 'GID_gate', clientIds: [GATE], expected: 'online' }],
      },
      { ...PLANTED, endpoint: 'onsmqtt.cn-hangzhou.aliyuncs.com.evil.com', groups: [{ name: 'X', clientIds: ['x'] }] },
    ]);
    proxy = await ForwardingProxy.start();
    mqttPort = await freePort();
    workbench = await Workbench.open(
      {
        'http.proxy': proxy.url,
        'apsaramqMqtt.localInstance.mqttPort': mqttPort,
        'apsaramqMqtt.localInstance.simulatedClients': 3,
      },
      { folder },
    );
    await workbench.openView();
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await rm(root, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });
  /** VS Code asks for extensions of its own. */
  const reached = (): string[] => [...new Set(proxy.hosts)].filter((host) => !host.startsWith('open-vsx.org'));
  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const teamFile = () => readFile(join(folder, ...PATH), 'utf8');

  it('sees what the team shares beside the own, marked, with what is missing and what is refused', async () => {
    await workbench.row(/Instance Plant, no key bound yet · 2 not checked · workspace/).waitFor();
    await workbench.row(/Instance Planted, refused: a workspace may name the vendor's endpoints alone/).waitFor();
    await workbench.row(/Instance Local, a local instance: start yours to ask it/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/Instance Local instance, 2\/4 online · 1 not checked/).waitFor();
    await workbench.row(/^Group Gates, 1 not checked · workspace/).waitFor();
    assert.equal(await dialog().count(), 0);
    await workbench.picture('team-1-tree');
  });

  it('is asked before a key goes anywhere, and no is no', async () => {
    await workbench.chooseFor(/Instance Plant,/, 'Check Instance');
    await dialog()
      .getByText('The folder "gateway-app" names the instance "Plant". Ask it with a key of yours?')
      .waitFor();
    await dialog()
      .getByText(/Calls signed with it go to onsmqtt\.cn-hangzhou\.aliyuncs\.com over https and nowhere else/)
      .waitFor();
    await workbench.picture('team-2-question');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await workbench.row(/Instance Plant, no key bound yet · 2 not checked/).waitFor();
    assert.deepEqual(reached(), []);
  });

  it('binds a key of the own, with which the vendor alone is asked', async () => {
    await workbench.chooseFor(/Instance Plant,/, 'Check Instance');
    await dialog().getByRole('button', { name: 'Enter a New Key…' }).click();
    await workbench.answer(/A name of your choice for the key/, 'my plant');
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await workbench.answer(/AccessKey ID/, 'made-up-id');
    await workbench.answer(/AccessKey secret/, 'made-up-secret');
    await workbench.answer(/STS token/, '');
    await workbench.choose(/^Save and check that the key fits "Plant"/);
    await dialog().getByText('The check of "Plant" failed. Nothing is saved yet.').waitFor({ timeout: 30_000 });
    await workbench.picture('team-3-unfit');
    await dialog().getByRole('button', { name: 'Save Anyway' }).click();
    await workbench.row(/Instance Plant, 2 failed · workspace/).waitFor({ timeout: 30_000 });
    assert.deepEqual(reached(), ['onsmqtt.cn-hangzhou.aliyuncs.com:443']);
    assert.equal((await teamFile()).includes('my plant'), false);
    await workbench.chooseFor(/Instance Plant,/, 'Check Instance');
    await workbench.row(/Instance Plant, 2 failed · workspace/).waitFor();
    assert.equal(await dialog().count(), 0);
    await workbench.hoverUntil(workbench.row(/Instance Plant,/), /apsaramq-mqtt\.json of the folder/);
    await workbench.picture('team-3-bound');
  });

  it('binds another key by the menu of the row, after a check or without, and nothing before that', async () => {
    const { page } = workbench;
    await workbench.chooseFor(/Instance Plant,/, 'Bind a Key…');
    await dialog().getByRole('button', { name: 'Use One of My Keys…' }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'my plant' }).click();
    await page.getByPlaceholder('Bind "my plant"').waitFor();
    await workbench.picture('team-3-bind');
    await workbench.choose(/^Bind and check that the key fits "Plant"/);
    await dialog().getByText('The check of "Plant" failed. Nothing is bound yet.').waitFor({ timeout: 30_000 });
    await dialog().getByRole('button', { name: 'Go Back and Change' }).click();
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'my plant' }).waitFor();
    await page.keyboard.press('Enter');
    await workbench.choose(/^Bind without checking/);
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.row(/Instance Plant, .* · workspace/).waitFor();
    assert.deepEqual(reached(), ['onsmqtt.cn-hangzhou.aliyuncs.com:443']);
  });

  it('is asked once before the own instance answers about the team’s clients', async () => {
    const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
      clientId: GATE,
      ...signIn(GATE),
      reconnectPeriod: 0,
    });
    await workbench.chooseFor(/^Group Gates/, 'Check Group');
    await dialog()
      .getByText(/names a client for the instance "Local instance"\. Ask about it with your key\?/)
      .waitFor();
    await workbench.picture('team-4-clients');
    await dialog().getByRole('button', { name: 'Ask', exact: true }).click();
    await workbench.row(/^Group Gates, 1\/1 online · workspace/).waitFor();
    await device.endAsync();
    await workbench.checkUntil(/^Group Gates, 0\/1 online · 1 not as expected · workspace/);
    await workbench.picture('team-5-checked');
  });

  it('is asked before a client of the own moves into the file that others read, and no is no', async () => {
    const { page } = workbench;
    await workbench.row(/device-003, online/).click();
    await workbench.runCommand('ApsaraMQ MQTT: Move to Group');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Gates' }).click();
    await dialog()
      .getByText(/Move 1 client to .*gateway-app/)
      .waitFor();
    await workbench.picture('team-10-move');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal((await teamFile()).includes('device-003'), false);
    await workbench.row(/^Group Simulated clients, 2\/3 online/).waitFor();
  });

  it('hands a group of the own to the team, told what others will read', async () => {
    await workbench.chooseFor(/^Group Simulated clients/, 'Copy Group to Workspace…');
    await dialog()
      .getByText(/Copy the group "Simulated clients" with its 3 clients to/)
      .waitFor();
    await dialog()
      .getByText(/No key is in it\./)
      .waitFor();
    await workbench.picture('team-6-copy');
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await workbench.row(/^Group Simulated clients \(gateway-app\), .*workspace/).waitFor();
    assert.match(await teamFile(), /"name": "Simulated clients"/);
    assert.equal((await teamFile()).includes('local-access-key'), false);
  });

  it('opens either inventory, and is told where the team’s breaks while all else is still there', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Open Inventory File');
    await page.locator('.quick-input-list').getByText('My inventory').waitFor();
    await workbench.picture('team-7-which');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'gateway-app' }).click();
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('?');
    await page.keyboard.press('Control+s');
    await page
      .getByText(/apsaramq-mqtt\.json of the folder "gateway-app" is no valid JSON at line 1, column 1/)
      .first()
      .waitFor();
    await workbench.row(/Instance Plant,/).waitFor();
    await workbench.picture('team-8-broken');
  });

  it('with two folders sees both, each with its name where they share one', async () => {
    const { page, server } = workbench;
    const one = await folderWith(root, 'one', [{ ...TEAM, groups: [{ name: 'Pumps', clientIds: ['p-1'] }] }]);
    const two = await folderWith(root, 'two', [
      { ...TEAM, groups: [{ name: 'Pumps', clientIds: ['p-2'] }] },
      { ...TEAM, name: 'PLANT', instanceId: 'mqtt-cn-other', groups: [] },
    ]);
    const file = join(root, 'both.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: one }, { path: two }] }));
    // On a busy machine VS Code in a browser now and then takes a workspace file for an empty one, until it is opened again.
    for (let attempt = 0; attempt < 3; attempt++) {
      await page.goto(server.urlOf().replace('ew=true', `workspace=${file}`));
      await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
      await page
        .getByRole('tab', { name: /^Explorer/ })
        .first()
        .click();
      const isOpen = page.getByRole('treeitem', { name: 'two' }).waitFor({ timeout: 10_000 });
      if (
        await isOpen.then(
          () => true,
          () => false,
        )
      )
        break;
    }
    await workbench.openView();
    await workbench.row(/Instance Plant, .*workspace/).waitFor({ timeout: 30_000 });
    await workbench.row(/^Group Pumps, .*workspace/).waitFor();
    await workbench.row(/^Group Pumps \(two\), .*workspace/).waitFor();
    await workbench.row(/Instance PLANT \(two\), .*workspace/).waitFor();
    await workbench.picture('team-9-two-folders');
  });
});
