import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { LOCAL_INSTANCE_ID, LOCAL_KEY, LOCAL_LIMITED_KEY } from '../../src/emulator/localKeys';
import type { Credential } from '../../src/model/credential';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { CountingProxy } from '../host/countingProxy';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const INSTANCE_STEP = /Type the instance ID/;
const GROUP_STEP = /Type a group ID/;

describe('a person who adds an instance and its groups', () => {
  let emulator: EmulatorProcess;
  let proxy: CountingProxy;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0', '--simulate', '3');
    proxy = await CountingProxy.start(emulator.info.apiEndpoint);
    workbench = await Workbench.open({});
    await workbench.openView();
    await workbench.page.getByRole('button', { name: 'Start Local Instance' }).waitFor();
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-pickers-${this.currentTest.title.length}`);
    proxy.calls.length = 0;
  });

  const actions = (): string[] => proxy.calls.map(({ action }) => action);
  const saved = (): Promise<string> => readFile(join(workbench.storage, 'inventory.json'), 'utf8').catch(() => '');
  const list = () => workbench.page.locator('.quick-input-list');
  const toast = (text: RegExp) => workbench.page.locator('.notification-toast').filter({ hasText: text });
  const dialog = (text: RegExp) => workbench.page.getByRole('dialog').filter({ hasText: text });

  /** Enters the place and a new credential with its key: the step of the instance comes next. */
  async function toInstance(credential: string, { accessKeyId, accessKeySecret }: Credential): Promise<void> {
    await workbench.runCommand('ApsaraMQ MQTT: Add Instance');
    await workbench.answerPick(/Choose a region/, proxy.endpoint);
    await workbench.answerPick(/Choose a credential/, credential);
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await workbench.answer(/AccessKey ID/, accessKeyId);
    await workbench.answer(/AccessKey secret/, accessKeySecret);
    await workbench.answer(/STS token/, '');
    await workbench.page.getByPlaceholder(INSTANCE_STEP).waitFor();
  }

  it('types the ID of an instance whose key may list none, is told why in the list, and nobody was asked before', async () => {
    const { page } = workbench;
    await toInstance('narrow', LOCAL_LIMITED_KEY);
    await list().getByText('List the instances of this account').waitFor();
    await list().getByText('1 call', { exact: true }).waitFor();
    await workbench.picture('p1-offered');
    assert.deepEqual(actions(), []);
    await workbench.choose(/List the instances of this account/);
    await list().getByText('A RAM policy denies this key the list of instances.').first().waitFor();
    await list()
      .getByText(/^Type the ID.*Forbidden\.RAM/)
      .first()
      .waitFor();
    await workbench.picture('p2-denied');
    assert.deepEqual(actions(), ['ListInstances']);
    await workbench.answerPick(INSTANCE_STEP, LOCAL_INSTANCE_ID);
    await workbench.answer(/A name of your choice/, 'Narrow');
    await workbench.choose(/^Save and check that key, region and instance fit/);
    await toast(/"Narrow" is saved: key, region and instance fit/).waitFor();
    await workbench.row(/^Instance Narrow/).waitFor();
    assert.deepEqual(actions(), ['ListInstances', 'BatchQuerySessionByClientIds']);
    await page.keyboard.press('Escape');
    await workbench.chooseFor(/^Instance Narrow/, 'Remove Instance…');
    await dialog(/Remove the instance "Narrow"/)
      .getByRole('button', { name: 'Remove' })
      .click();
    await workbench.row(/^Instance Narrow/).waitFor({ state: 'detached' });
  });

  it('is told that the secret is wrong before anything is saved, goes back, leaves, and may save all the same', async () => {
    const { page } = workbench;
    const before = await saved();
    const toCheck = async (): Promise<void> => {
      await workbench.answerPick(INSTANCE_STEP, LOCAL_INSTANCE_ID);
      await workbench.answer(/A name of your choice/, 'Wrong');
      await workbench.choose(/^Save and check that key, region and instance fit/);
      await dialog(/The check of "Wrong" failed\. Nothing is saved yet/).waitFor();
    };
    await toInstance('wrong', { ...LOCAL_KEY, accessKeySecret: 'not-the-secret' });
    await toCheck();
    await dialog(/the AccessKey secret is most likely wrong/).waitFor();
    await workbench.picture('p3-wrong-secret');
    await dialog(/failed/)
      .getByRole('button', { name: 'Go Back and Change' })
      .click();
    const name = page.locator('.quick-input-widget').filter({ hasText: 'A name of your choice' });
    await name.waitFor();
    assert.equal(await name.locator('input').first().inputValue(), 'Wrong');
    await page.keyboard.press('Enter');
    await workbench.choose(/^Save and check/);
    await dialog(/failed/)
      .getByRole('button', { name: 'Cancel' })
      .click();
    await dialog(/failed/).waitFor({ state: 'detached' });
    assert.equal(await saved(), before);
    assert.equal(await workbench.row(/^Instance Wrong/).count(), 0);

    await toInstance('wrong', { ...LOCAL_KEY, accessKeySecret: 'not-the-secret' });
    await toCheck();
    await dialog(/failed/)
      .getByRole('button', { name: 'Save Anyway' })
      .click();
    // The key is there too: else the row would say that it is missing.
    await workbench.row(/^Instance Wrong, no clients/).waitFor();
    assert.deepEqual(
      actions(),
      Array.from({ length: 3 }, () => 'BatchQuerySessionByClientIds'),
    );
  });

  it('sets the key right, and is told that it fits the instance', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Set Credential');
    await workbench.answerPick(/Choose a credential/, 'wrong');
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await workbench.answer(/AccessKey ID/, LOCAL_KEY.accessKeyId);
    await workbench.answer(/AccessKey secret/, LOCAL_KEY.accessKeySecret);
    await workbench.answer(/STS token/, '');
    await workbench.choose(/^Save and check that the key fits "Wrong"/);
    await toast(/The key "wrong" is saved, and it fits "Wrong"/).waitFor();
    assert.deepEqual(actions(), ['BatchQuerySessionByClientIds']);
  });

  it('adds groups of the list, several at once, and finds those marked that are there', async () => {
    const { page } = workbench;
    const devices = await Promise.all(
      ['GID_pumps@@@1', 'GID_valves@@@1'].map((clientId) =>
        connectAsync(emulator.info.mqttUrl, { clientId, ...signIn(clientId), reconnectPeriod: 0 }),
      ),
    );
    const tick = (groupId: string) => list().locator('.monaco-list-row').filter({ hasText: groupId }).click();
    await workbench.runCommand('ApsaraMQ MQTT: Add Group');
    await page.getByPlaceholder(GROUP_STEP).waitFor();
    await list().getByText('List the groups of this instance').waitFor();
    await workbench.picture('p4-groups-offered');
    assert.deepEqual(actions(), []);
    await workbench.choose(/List the groups of this instance/);
    await tick('GID_local');
    await page.keyboard.press('Enter');
    await workbench.answer(/Name of the group/, 'Simulated');
    await workbench.row(/^Group Simulated/).waitFor();
    assert.deepEqual(actions(), ['ListGroupId']);

    await workbench.runCommand('ApsaraMQ MQTT: Add Group');
    await workbench.choose(/List the groups of this instance/);
    await list().getByText('there already as "Simulated"').waitFor();
    for (const groupId of ['GID_local', 'GID_valves', 'GID_pumps']) await tick(groupId);
    await page.locator('.quick-input-widget').getByText('2 Selected').waitFor();
    await workbench.picture('p5-groups');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.row(/^Group GID_pumps/).waitFor();
    await workbench.row(/^Group GID_valves/).waitFor();
    assert.equal(await workbench.row(/^Group /).count(), 3);
    assert.match(await saved(), /"groupId": "GID_pumps"/);
    await Promise.all(devices.map((device) => device.endAsync()));
  });

  it('adds an instance of the list under the name that it has there, while one that is saved is not offered twice', async () => {
    const { page } = workbench;
    await toInstance('work', LOCAL_KEY);
    await workbench.choose(/List the instances of this account/);
    await list().getByText('saved already as "Wrong"').waitFor();
    await workbench.picture('p6-saved');
    await page.keyboard.press('Enter');
    await page.getByPlaceholder(INSTANCE_STEP).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.chooseFor(/^Instance Wrong/, 'Remove Instance…');
    await dialog(/Remove the instance "Wrong"/)
      .getByRole('button', { name: 'Remove' })
      .click();
    await workbench.row(/^Instance Wrong/).waitFor({ state: 'detached' });
    proxy.calls.length = 0;

    await toInstance('work', LOCAL_KEY);
    await workbench.choose(/List the instances of this account/);
    await list().getByText(`${LOCAL_INSTANCE_ID} · local`).waitFor();
    await page.mouse.move(900, 600); // else a tooltip lies over the rows
    await workbench.picture('p7-listed');
    await page.keyboard.press('Enter');
    const name = page.locator('.quick-input-widget').filter({ hasText: 'A name of your choice' });
    await name.waitFor();
    assert.equal(await name.locator('input').first().inputValue(), 'Local instance');
    await page.keyboard.press('Enter');
    await list()
      .getByText(/Asks 127\.0\.0\.1:\d+ about GID_fit@@@check, a client ID made up for this/)
      .waitFor();
    await workbench.picture('p8-save');
    await workbench.choose(/^Save without checking/);
    await workbench.row(/^Instance Local instance/).waitFor();
    assert.deepEqual(actions(), ['ListInstances']);
    assert.doesNotMatch(await saved(), /local-access-key-secret|regionId/);
  });

  it('types on while the list is on its way, and leaves it with Esc', async () => {
    const { page } = workbench;
    const slow = await startEmulator('--latency-ms', '60000');
    const silent = await CountingProxy.start(slow.info.apiEndpoint);
    try {
      await workbench.runCommand('ApsaraMQ MQTT: Add Instance');
      await workbench.answerPick(/Choose a region/, silent.endpoint);
      await workbench.answerPick(/Choose a credential/, 'work');
      await workbench.choose(/List the instances of this account/);
      await list().getByText('The list is on its way').waitFor();
      await workbench.picture('p9-on-its-way');
      await workbench.answerPick(INSTANCE_STEP, 'post-cn-typed');
      await workbench.answer(/A name of your choice/, 'Typed');
      await workbench.choose(/^Save and check/);
      await page.getByPlaceholder(/Checking that key, region and instance fit/).waitFor();
      await eventually('both calls', () => silent.calls.length === 2, 10_000);
      await workbench.picture('p10-checking');
      await page.keyboard.press('Escape');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      assert.equal(await workbench.row(/^Instance Typed/).count(), 0);
      assert.doesNotMatch(await saved(), /Typed/);
    } finally {
      await silent.dispose();
      await slow.end();
    }
  });
});

describe('a person who adds an instance in Chinese', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--simulate', '3');
    workbench = await Workbench.open({}, { language: 'zh-cn' });
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture('failed-pickers-chinese');
  });

  it('reads each step, what it costs, and what is wrong', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
    await page.getByRole('button', { name: '启动本地实例' }).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: 添加实例');
    await workbench.answerPick(/选择地域/, emulator.info.apiEndpoint);
    await workbench.answerPick(/选择凭据/, 'work');
    await page.getByText('以后再输入密钥').waitFor();
    await workbench.picture('pc0-kinds');
    await workbench.answerPick(/密钥的来源/, 'AccessKey，由 VS Code 保存');
    await workbench.answer(/AccessKey ID/, LOCAL_KEY.accessKeyId);
    await workbench.answer(/AccessKey Secret/, 'wrong');
    await workbench.answer(/STS Token/, '');
    await page.getByText('列出此账号的实例').waitFor();
    await workbench.picture('pc1-offered');
    await workbench.choose(/列出此账号的实例/);
    await page.locator('.quick-input-list').getByText('签名不匹配：AccessKey Secret 很可能有误。').waitFor();
    await workbench.picture('pc2-failed');
    await workbench.answerPick(/输入实例 ID/, LOCAL_INSTANCE_ID);
    await workbench.answer(/自定义的实例名称/, '工厂');
    await page.getByText('保存，并检查密钥、地域与实例是否相符').waitFor();
    await workbench.picture('pc3-save');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog').filter({ hasText: '对“工厂”的检查失败。尚未保存任何内容。' });
    await dialog.waitFor();
    await workbench.picture('pc4-wrong');
    await dialog.getByRole('button', { name: '仍然保存' }).click();
    await workbench.row(/工厂/).waitFor();
  });
});
