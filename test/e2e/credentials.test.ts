import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_INSTANCE_ID, LOCAL_KEY, LOCAL_STS_KEY } from '../../src/emulator/localKeys';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { Workbench } from '../host/workbench';

const AK = { mode: 'AK', access_key_id: LOCAL_KEY.accessKeyId, access_key_secret: LOCAL_KEY.accessKeySecret };

/** A home with the CLI's file. */
class CliHome {
  private constructor(readonly folder: string) {}

  static async make(): Promise<CliHome> {
    return new CliHome(await mkdtemp(join(tmpdir(), 'creds-e2e-')));
  }

  async write(...profiles: readonly object[]): Promise<void> {
    const path = join(this.folder, '.aliyun', 'config.json');
    await mkdir(join(this.folder, '.aliyun'), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify({ current: 'default', profiles }));
    await rename(`${path}.new`, path);
  }

  /** A program that notes that it ran, and prints a key. */
  async program(): Promise<string> {
    const file = join(this.folder, 'key.js');
    const { accessKeyId: access_key_id, accessKeySecret: access_key_secret, securityToken: sts_token } = LOCAL_STS_KEY;
    const answer = JSON.stringify({ mode: 'StsToken', access_key_id, access_key_secret, sts_token });
    const note = `require('fs').appendFileSync(${JSON.stringify(this.ran)}, 'x');`;
    await writeFile(file, `${note}\nprocess.stdout.write(${JSON.stringify(answer)});\n`);
    return `"${process.execPath}" "${file}"`;
  }

  get ran(): string {
    return join(this.folder, 'ran');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function openPlant(emulator: EmulatorProcess, home: CliHome, language = 'en'): Promise<Workbench> {
  const plant = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: emulator.info.apiEndpoint };
  const groups = [{ name: 'Bench', clientIds: ['GID_bench@@@board-1'] }];
  const inventory = { instances: [{ ...plant, credential: 'plant', groups }] };
  const workbench = await Workbench.open({}, { inventory, language, env: { HOME: home.folder } });
  return workbench;
}

describe('a credential that stands for a CLI profile', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;
  let home: CliHome;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    home = await CliHome.make();
    workbench = await openPlant(emulator, home);
    await workbench.openView();
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
    await home.remove();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-credentials-${this.currentTest.title.length}`);
  });

  const option = (name: RegExp) =>
    workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name });
  const dialog = () => workbench.page.getByRole('dialog').filter({ hasText: 'Run this command' });
  async function chooseKind(kind: string): Promise<void> {
    await workbench.runCommand('ApsaraMQ MQTT: Set Credential');
    await workbench.answerPick(/Choose a credential/, 'plant');
    await workbench.answerPick(/Where the key comes from/, kind);
  }

  it('is one of four kinds to choose from, and without a file it is said where that is looked for', async () => {
    const { page } = workbench;
    await workbench.row(/Instance Plant, no key for credential "plant"/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: Set Credential');
    await workbench.answerPick(/Choose a credential/, 'plant');
    await page.getByPlaceholder(/Where the key comes from/).waitFor();
    for (const kind of [
      /kept by VS Code/,
      /for this session only/,
      /Alibaba Cloud CLI profile/,
      /Environment variables.*not set/,
    ])
      await option(kind).waitFor();
    await workbench.picture('c1-kinds');
    await workbench.answerPick(/Where the key comes from/, 'Alibaba Cloud CLI profile');
    await page
      .getByText(`It is looked for at ${join(home.folder, '.aliyun', 'config.json')}`)
      .first()
      .waitFor();
    await workbench.picture('c2-no-file');
    await page.keyboard.press('Escape');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('is chosen from the profiles that there are; one that is not supported says why, and cannot be chosen', async () => {
    const { page } = workbench;
    await home.write({ name: 'default', ...AK }, { name: 'sso', mode: 'CloudSSO' }, { name: 'bare', mode: 'AK' });
    await chooseKind('Alibaba Cloud CLI profile');
    await option(/The current profile, whichever it is.*default/).waitFor();
    await option(/sso.*CloudSSO.*not supported/).waitFor();
    await option(/bare.*access_key_id is missing/).waitFor();
    await workbench.picture('c3-profiles');
    const input = page.getByPlaceholder(/Choose a profile of/);
    await input.fill('sso');
    await page.keyboard.press('Enter');
    await input.fill('AK, current');
    await option(/default.*AK, current/).waitFor();
    await page.keyboard.press('Enter');
    await workbench.choose(/^Save and check that the key fits "Plant"/);
    await page.getByText('The key "plant" is saved, and it fits "Plant".').first().waitFor();
    await workbench.checkUntil(/board-1, offline/);
  });

  it('is followed by itself: the row says that the profile is gone, and that it is there again', async () => {
    await home.write({ name: 'other', ...AK });
    await workbench.row(/Instance Plant, no CLI profile "default" for credential "plant"/).waitFor({ timeout: 20_000 });
    await workbench.picture('c4-gone');
    await home.write({ name: 'default', ...AK });
    await workbench.row(/Instance Plant, 1 not checked/).waitFor({ timeout: 20_000 });
    await workbench.checkUntil(/board-1, offline/);
  });

  it('runs a command after it was shown whole and agreed to, and asks again when it changes', async () => {
    const { page } = workbench;
    const command = await home.program();
    await home.write({ name: 'default', mode: 'External', process_command: command });
    await workbench
      .row(/Instance Plant, the command of the CLI profile is not allowed yet/)
      .waitFor({ timeout: 20_000 });
    await workbench.runCommand('ApsaraMQ MQTT: Check All Clients');
    await dialog().getByText(command).waitFor();
    await workbench.picture('c5-command');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal(existsSync(home.ran), false);
    await workbench.runCommand('ApsaraMQ MQTT: Check All Clients');
    await dialog().getByRole('button', { name: 'Run the Command' }).click();
    await workbench.row(/board-1, offline/).waitFor();
    assert.equal(existsSync(home.ran), true);
    await home.write({ name: 'default', mode: 'External', process_command: `${command} ` });
    await workbench
      .row(/Instance Plant, the command of the CLI profile is not allowed yet/)
      .waitFor({ timeout: 20_000 });
    await page.mouse.move(900, 400);
  });

  it('gives way to a key of this session, which is gone after a reload', async () => {
    const { page } = workbench;
    await chooseKind('AccessKey, for this session only');
    await workbench.answer(/AccessKey ID/, LOCAL_KEY.accessKeyId);
    await workbench.answer(
      /AccessKey secret\. It is gone when the window is closed or reloaded/,
      LOCAL_KEY.accessKeySecret,
    );
    await workbench.answer(/STS token/, '');
    await workbench.choose(/^Save without checking/);
    await workbench.checkUntil(/board-1, offline/);
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await workbench.openView();
    await workbench.row(/Instance Plant, no key for credential "plant"/).waitFor();
  });

  it('is tried before it is saved: no command runs without a yes, and a profile that does not fit stays out', async () => {
    const { page } = workbench;
    const command = `${await home.program()} again`;
    await rm(home.ran, { force: true });
    await home.write(
      { name: 'default', mode: 'External', process_command: command },
      { name: 'wrong', ...AK, access_key_secret: 'not-the-secret' },
    );
    await chooseKind('Alibaba Cloud CLI profile');
    await workbench.answerPick(/Choose a profile of/, 'External');
    await workbench.choose(/^Save and check that the key fits "Plant"/);
    await dialog().getByText(command).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    // Nothing was asked: the person chooses another.
    await workbench.answerPick(/Choose a profile of/, 'wrong');
    await workbench.choose(/^Save and check that the key fits "Plant"/);
    const failed = page.getByRole('dialog').filter({ hasText: 'The check of "Plant" failed. Nothing is saved yet.' });
    await failed.getByText(/the AccessKey secret is most likely wrong/).waitFor();
    await failed.getByRole('button', { name: 'Cancel' }).click();
    await workbench.row(/Instance Plant, no key for credential "plant"/).waitFor();
    assert.equal(existsSync(home.ran), false);
  });

  it('is what a new instance asks with, chosen as it is added', async () => {
    const { page } = workbench;
    await home.write({ name: 'default', ...AK });
    await workbench.runCommand('ApsaraMQ MQTT: Add Instance');
    await workbench.answerPick(/Choose a region/, emulator.info.apiEndpoint);
    await workbench.answerPick(/Choose a credential/, 'from-cli');
    await page.getByPlaceholder(/Where the key comes from/).waitFor();
    await option(/Enter the key later/).waitFor();
    await workbench.picture('c7-add-kinds');
    await workbench.answerPick(/Where the key comes from/, 'Alibaba Cloud CLI profile');
    await workbench.answerPick(/Choose a profile of/, 'The current profile');
    await page
      .getByPlaceholder(/Type the instance ID/)
      .first()
      .waitFor();
    await workbench.answerPick(/Type the instance ID/, 'mqtt-cn-another');
    await workbench.answer(/A name of your choice/, 'Another');
    await workbench.choose(/^Save and check that key, region and instance fit/);
    const failed = page.getByRole('dialog').filter({ hasText: 'The check of "Another" failed' });
    await failed.getByRole('button', { name: 'Save Anyway' }).click();
    await workbench.row(/Instance Another, no clients/).waitFor();
    await workbench.chooseFor(/Instance Another/, 'Remove Instance…');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await workbench.row(/Instance Another/).waitFor({ state: 'detached' });
  });

  it('is removed as a key is, and the file of the CLI stays', async () => {
    await home.write({ name: 'default', ...AK });
    await chooseKind('Alibaba Cloud CLI profile');
    await workbench.answerPick(/Choose a profile of/, 'The current profile');
    await workbench.choose(/^Save without checking/);
    await workbench.checkUntil(/board-1, offline/);
    await workbench.runCommand('ApsaraMQ MQTT: Remove Credential');
    await option(/plant.*current CLI profile, default \(AK\)/).waitFor();
    await workbench.picture('c6-remove');
    await option(/plant.*current CLI profile/).click();
    await workbench.row(/Instance Plant, no key for credential "plant"/).waitFor();
    assert.equal(existsSync(join(home.folder, '.aliyun', 'config.json')), true);
  });
});

describe('a person whose VS Code speaks Chinese, and whose keys are in the CLI', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;
  let home: CliHome;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    home = await CliHome.make();
    workbench = await openPlant(emulator, home, 'zh-cn');
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
    await home.remove();
  });

  it('chooses the source of a key in Chinese, and is asked about its command', async () => {
    const { page } = workbench;
    const command = await home.program();
    await home.write(
      { name: 'default', mode: 'External', process_command: command },
      { name: 'sso', mode: 'CloudSSO' },
    );
    await page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
    await workbench.row(/凭据“plant”没有密钥/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: 设置凭据');
    await workbench.answerPick(/选择凭据/, 'plant');
    await page.getByPlaceholder(/密钥的来源/).waitFor();
    await workbench.picture('c7-kinds-chinese');
    await workbench.answerPick(/密钥的来源/, '阿里云 CLI 配置');
    await page.getByText('不支持 CloudSSO 模式的 CLI 配置').first().waitFor();
    await workbench.picture('c8-profiles-chinese');
    await workbench.answerPick(/选择 .* 中的配置/, '当前配置');
    await workbench.choose(/^保存，并检查密钥是否适用于“Plant”/);
    const dialog = page.getByRole('dialog').filter({ hasText: '运行此命令以获取凭据“plant”的密钥？' });
    await dialog.getByText(command).waitFor();
    await workbench.picture('c9-command-chinese');
    await dialog.getByRole('button', { name: '运行命令' }).click();
    await page.getByText('密钥“plant”已保存，且适用于“Plant”。').first().waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: 检查所有客户端');
    await workbench.row(/board-1，离线/).waitFor();
    await workbench.hoverUntil(workbench.row(/实例.*Plant/), /当前 CLI 配置 default（External），.*后续期/);
    await workbench.picture('c10-tooltip-chinese');
  });
});
