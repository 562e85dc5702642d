import assert from 'node:assert/strict';
import { connectAsync, type MqttClient } from 'mqtt';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const INTERVAL_MS = 10_000;

describe('auto refresh, as a person sees it', () => {
  let workbench: Workbench;
  let device: MqttClient | undefined;
  let mqttPort: number;

  before(async () => {
    mqttPort = await freePort();
    workbench = await Workbench.open({
      'apsaramqMqtt.localInstance.mqttPort': mqttPort,
      'apsaramqMqtt.localInstance.simulatedClients': 5,
      'apsaramqMqtt.verifyChanges': false,
    });
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/Instance Local instance, 3\/5 online/).waitFor();
  });
  after(async () => {
    await device?.endAsync();
    await workbench.dispose();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-refresh-${this.currentTest.title.length}`);
  });

  const calls = async (): Promise<number> => {
    const item = workbench.page.getByRole('button', { name: /MQTT calls today: \d+/ });
    return Number(/today: (\d+)/.exec((await item.getAttribute('aria-label')) ?? '')?.[1]);
  };
  const callsAfterAnInterval = async (): Promise<number> => {
    await workbench.page.waitForTimeout(1500); // a round under way, and its count on its way to the status bar
    const before = await calls();
    await workbench.page.waitForTimeout(INTERVAL_MS + 2500); // that nothing happens shows only by waiting
    return (await calls()) - before;
  };

  it('says what it costs, then when it asks next, and turns a row green with no further click', async () => {
    const { page } = workbench;
    await workbench.chooseFor(/^Group Simulated clients/, 'Start Auto Refresh…');
    await page.getByText('Start Auto Refresh of Simulated clients: while the view is visible').first().waitFor();
    await page
      .locator('.quick-input-list')
      .getByText(/5 clients ≈ 360 calls\/h/)
      .waitFor();
    await workbench.picture('r1-cost');
    await page.getByRole('option', { name: /Every 10 seconds/ }).click();
    await page.getByText(/Auto refresh: next in \d+ seconds?/).waitFor();
    await workbench.row(/^Group Simulated clients, .* · auto refresh$/).waitFor();
    await workbench.picture('r2-next');
    await workbench.row(/device-002, offline/).waitFor();
    const clientId = 'GID_local@@@device-002';
    device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId, ...signIn(clientId), reconnectPeriod: 0 });
    await workbench.row(/device-002, online/).waitFor({ timeout: 3 * INTERVAL_MS });
    await workbench.picture('r3-online');
  });

  it('asks nothing while its group is folded, or another view is shown, and at once when it is back', async () => {
    await workbench.row(/^Group Simulated clients/).click();
    await workbench.row(/device-001/).waitFor({ state: 'detached' });
    await workbench.page.mouse.move(900, 400); // else a tooltip lies over the row
    assert.equal(await callsAfterAnInterval(), 0, 'folded');
    await workbench.page.getByText('Auto refresh: no client in sight to ask about').waitFor();
    await workbench.row(/^Group Simulated clients/).click();
    await workbench.row(/device-001/).waitFor();
    await workbench.page.keyboard.press('Control+Shift+E');
    await workbench.row(/device-001/).waitFor({ state: 'detached' });
    assert.equal(await callsAfterAnInterval(), 0, 'another view');
    await workbench.openView();
    await workbench.row(/device-001, online · just now/).waitFor({ timeout: INTERVAL_MS / 2 });
  });

  it('pauses and goes on by a button of the view', async () => {
    const { page } = workbench;
    await page.getByRole('button', { name: 'Pause Auto Refresh' }).click();
    await page.getByText('Auto refresh is paused.').waitFor();
    await workbench.row(/^Group Simulated clients, .* · auto refresh paused$/).waitFor();
    await workbench.picture('r4-paused');
    await page.getByRole('button', { name: 'Resume Auto Refresh' }).click();
    await page.getByText(/Auto refresh: next in \d+ second/).waitFor();
  });
});
