import assert from 'node:assert/strict';
import { LOCAL_INSTANCE_ID, LOCAL_KEY, LOCAL_LIMITED_KEY } from '../../src/emulator/localKeys';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { Workbench } from '../host/workbench';

const GROUPS = [{ name: 'Bench', clientIds: ['GID_bench@@@board-1'] }];
const inventoryAt = (endpoint: string) => ({
  instances: [{ name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint, credential: 'work', groups: GROUPS }],
});

describe('a person who asks why an instance cannot be asked', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    workbench = await Workbench.open({}, { inventory: inventoryAt(emulator.info.apiEndpoint) });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openView();
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-doctor-${this.currentTest.title.slice(0, 20).replaceAll(' ', '-')}`);
  });

  /** Diagnoses from the row's menu; resolves with the report once it has ended. */
  async function diagnose(end: RegExp): Promise<void> {
    const { page } = workbench;
    await workbench.chooseFor(/^Instance Plant/, 'Diagnose Instance… (up to 2 Calls)');
    await page.getByText(/At most 3 requests go to 127\.0\.0\.1:\d+: one without a key/).waitFor();
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();
    await page.locator('.notification-list-item').filter({ hasText: end }).waitFor();
  }
  /** The clipboard of the browser, which is VS Code's here. */
  const copiedText = (): Promise<string> => workbench.page.evaluate<string>('navigator.clipboard.readText()');
  const dismiss = () => workbench.runCommand('Notifications: Clear All Notifications');

  it('sees every step pass where the key may do all', async () => {
    await workbench.setCredential('work', LOCAL_KEY);
    await diagnose(/"Plant": every step passed\./);
    const said = await workbench.shownText(/in real time: ✔ passed/);
    for (const step of ['Address', 'Clock', 'Key', 'Permission to ask in real time'])
      assert.ok(said.includes(`${step}: ✔ passed`), `${step} in ${said}`);
    assert.ok(said.includes('TLS: – not needed'));
    // What the calls said of the saved client was paid for: its row says it too.
    await workbench.row(/board-1, offline.*verified/).waitFor();
    await workbench.picture('d1-passed');
    await dismiss();
  });

  it('is told that the secret is wrong, and offered to enter it again', async () => {
    await workbench.setCredential('work', { ...LOCAL_KEY, accessKeySecret: 'wrong-secret' });
    await diagnose(/the AccessKey secret is most likely wrong/);
    await workbench.shownText(/Key: ✘ failed\n +The signature does not match[^]*real time: – not reached/);
    await workbench.picture('d2-wrong-secret');
    await workbench.page.locator('.notification-list-item').getByRole('button', { name: 'Set Credential' }).click();
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await workbench.answer(/AccessKey ID/, LOCAL_LIMITED_KEY.accessKeyId);
    await workbench.answer(/AccessKey secret/, LOCAL_LIMITED_KEY.accessKeySecret);
    await workbench.answer(/STS token/, '');
    await workbench.choose(/^Save without checking/);
  });

  it('is told which action the policy lacks, and copies a policy that has it', async () => {
    const { page } = workbench;
    await diagnose(/Allow mq:MqttInstanceAccess on this instance/);
    await workbench.shownText(/\(batch\): ✔ passed[^]*real time: ✘ failed\n +A RAM policy denies this call/);
    await workbench.picture('d3-limited');
    await page.locator('.notification-list-item').getByRole('button', { name: 'Copy RAM Policy' }).click();
    await page.getByPlaceholder('What the key may be used for').waitFor();
    await workbench.picture('d4-features');
    await page.keyboard.press('Enter');
    await page
      .getByText(/The policy was copied/)
      .first()
      .waitFor();
    await workbench.picture('d5-policy');
    const policy = JSON.parse(await copiedText()) as {
      Statement: { Action: string[] }[];
    };
    assert.deepEqual(policy.Statement[0]?.Action, ['mq:BatchQuerySessionByClientIds', 'mq:MqttInstanceAccess']);
    await dismiss();
  });

  it('copies the report, which holds no key', async () => {
    const { page } = workbench;
    await diagnose(/Allow mq:MqttInstanceAccess/);
    await page.locator('.notification-list-item').getByRole('button', { name: 'Copy Report' }).click();
    await page.getByText('The report was copied.').first().waitFor();
    const copied = await copiedText();
    assert.match(copied, /^Diagnosis of Plant \(mqtt-cn-local00001\)\nEndpoint: http:\/\/127\.0\.0\.1/);
    assert.match(copied, /code Forbidden\.RAM; request [\w-]{36}; QuerySessionByClientId, 127/);
    for (const secret of [LOCAL_LIMITED_KEY.accessKeyId, LOCAL_LIMITED_KEY.accessKeySecret, 'board-1'])
      assert.equal(copied.includes(secret), false);
    await dismiss();
  });

  it('is told once, above the rows, what keeps everything from being checked, and on the row what to do', async () => {
    const { page } = workbench;
    await workbench.setCredential('work', { ...LOCAL_KEY, accessKeySecret: 'wrong-secret' });
    await workbench.checkUntil(/board-1, check failed/);
    await page.getByText(/^What was asked about cannot be checked\. The signature does not match/).waitFor();
    await workbench.hoverUntil(workbench.row(/board-1, check failed/), 'Copy Request ID');
    await workbench.picture('d6-row');
    await page.mouse.move(900, 400);
    await workbench.setCredential('work', LOCAL_KEY);
    await workbench.checkUntil(/board-1, offline/);
    await page.getByText(/^What was asked about cannot be checked/).waitFor({ state: 'detached' });
  });
});

describe('a person whose VS Code speaks Chinese, with a clock that is wrong', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--clock-ahead-seconds', '1260');
    workbench = await Workbench.open({}, { language: 'zh-cn', inventory: inventoryAt(emulator.info.apiEndpoint) });
    await workbench.page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
  });

  it('reads by how many seconds', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: 设置凭据');
    await workbench.answerPick(/选择凭据/, 'work');
    await workbench.answerPick(/密钥的来源/, 'AccessKey，由 VS Code 保存');
    await workbench.answer(/AccessKey ID/, LOCAL_KEY.accessKeyId);
    await workbench.answer(/AccessKey secret|AccessKey Secret/, LOCAL_KEY.accessKeySecret);
    await workbench.answer(/STS/, '');
    await workbench.choose(/^保存，不检查/);
    await workbench.chooseFor(/实例 Plant/, '诊断实例…（最多 2 次调用）');
    await page.getByRole('button', { name: '诊断', exact: true }).click();
    await page.locator('.notification-list-item').filter({ hasText: '本机时钟误差超过 15 分钟' }).waitFor();
    await page
      .getByText(/本机时钟比服务器慢.1,2[56]\d.秒。/)
      .first()
      .waitFor();
    await workbench.picture('d7-chinese-clock');
  });
});
