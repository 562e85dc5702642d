import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Socket } from 'node:net';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { eventually } from '../host/eventually';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const SHARED = 'GID_local@@@device-002';

describe('a person who wants to know why a device is offline', () => {
  let workbench: Workbench;
  let mqttUrl: string;
  const devices: MqttClient[] = [];

  async function open(language?: string): Promise<void> {
    const port = await freePort();
    mqttUrl = `mqtt://127.0.0.1:${port}`;
    const settings = {
      'apsaramqMqtt.localInstance.simulatedClients': 5,
      'apsaramqMqtt.localInstance.mqttPort': port,
    };
    workbench = await Workbench.open(settings, language === undefined ? {} : { language });
  }
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-why-${this.currentTest.title.length}`);
    await Promise.all(devices.splice(0).map((device) => device.endAsync(true)));
    await workbench.dispose();
  });

  /** A real device; one that is put out does not come back by itself. */
  async function connect(clientId: string): Promise<MqttClient> {
    const device = await connectAsync(mqttUrl, { clientId, ...signIn(clientId), reconnectPeriod: 0 });
    device.on('error', () => undefined);
    devices.push(device);
    return device;
  }
  const closed = (device: MqttClient) => new Promise<void>((resolve) => device.once('close', () => resolve()));

  /** Two devices with one client ID put each other out, until one of them loses its network. */
  async function contest(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      const before = devices.at(-1);
      const isOut = before === undefined ? Promise.resolve() : closed(before);
      await connect(SHARED);
      await isOut;
    }
    const last = devices.at(-1);
    if (last !== undefined) {
      const isOut = closed(last);
      (last.stream as Socket).resetAndDestroy();
      await isOut;
    }
  }
  /** A sentence may be folded anywhere, and with it the words that are looked for. */
  const reads = (...sentences: string[]): Promise<string> =>
    workbench.shownText(
      new RegExp(sentences.map((words) => words.replace(/\s/g, '').replace(/./gu, '$&\\s*')).join('[^]*')),
    );

  it('is told by the menu of its row: the conflict, the broken network, and what usually helps', async () => {
    await open();
    const { page } = workbench;
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/Instance Local instance, 3\/5 online/).waitFor();
    await contest();
    const before = await calls();
    await workbench.chooseFor(/device-002/, 'Why Offline? (Connection History)…');
    await page.getByRole('option', { name: /Last 1 hour, 1 call/ }).waitFor();
    await workbench.picture('w1-cost');
    assert.equal(await calls(), before);
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /connection-history-GID_local@@@device-002/ }).waitFor();
    await reads(
      'The last thing the service recorded: Network broke',
      '3 times in a row one connection with this client ID ended another',
    );
    await page.getByRole('button', { name: new RegExp(`MQTT calls today: ${before + 1}`) }).waitFor();
    await page.getByText('Save as…').waitFor();
    await workbench.picture('w2-why-offline');
    await keep();
    await page.getByText('Show as a page').click();
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: /Connection history of/ }).waitFor();
    await preview.getByText('Client ID conflict').first().waitFor();
    await workbench.picture('w3-page');
  });

  it('is told the same in Chinese', async () => {
    await open('zh-cn');
    const { page } = workbench;
    await page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
    await page.getByRole('button', { name: '启动本地实例' }).click();
    await workbench.row(/本地实例，3\/5 在线/).waitFor();
    await contest();
    await workbench.chooseFor(/device-002/, '为什么离线？（连接记录）…');
    await page.getByRole('option', { name: /最近 1小时/ }).click();
    await reads('服务最后记录的事件：网络中断', '连续 3 次互相挤下线');
    await workbench.picture('w4-why-offline-chinese');
  });

  async function calls(): Promise<number> {
    const item = workbench.page.getByRole('button', { name: /MQTT calls today: \d+/ });
    return Number(/today: (\d+)/.exec((await item.getAttribute('aria-label')) ?? '')?.[1]);
  }

  /** Saves the document by VS Code's own dialog, to a file that then says what the document does. */
  async function keep(): Promise<void> {
    const { page } = workbench;
    const path = join(tmpdir(), `trace-e2e-${process.pid}.md`);
    await page.getByText('Save as…').click();
    const input = page.locator('.quick-input-widget input[type=text]').first();
    await eventually('the dialog', async () => (await input.inputValue()).endsWith('device-002.md'), 10_000);
    await input.fill(path);
    const ok = page.locator('.quick-input-widget').getByRole('button', { name: 'OK' });
    const said = page.getByText(/Saved to .*: 8 events\./).first();
    // The dialog takes no answer while it still lists the folder.
    await eventually(
      'the file is saved',
      async () => {
        if (await ok.isVisible()) await ok.click({ timeout: 1000 }).catch(() => undefined);
        return said.isVisible();
      },
      30_000,
    );
    assert.match(
      await readFile(path, 'utf8'),
      /^# Connection history of `GID_local@@@device-002`\n\n\*\*The last thing/,
    );
    await rm(path);
  }
});
