import assert from 'node:assert/strict';
import { connectAsync } from 'mqtt';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

describe('a person in VS Code, with the packaged extension', () => {
  let workbench: Workbench;
  let mqttPort: number;

  before(async () => {
    mqttPort = await freePort();
    workbench = await Workbench.open({
      'apsaramqMqtt.localInstance.mqttPort': mqttPort,
      'apsaramqMqtt.localInstance.simulatedClients': 5,
    });
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });

  it('is offered a local instance where nothing is saved, and starts it with one click', async () => {
    await workbench.openView();
    const start = workbench.page.getByRole('button', { name: 'Start Local Instance' });
    await start.waitFor();
    await workbench.picture('1-welcome');
    await start.click();
    await workbench.row(/Local instance/).waitFor();
    await workbench.row(/Instance Local instance, 3\/5 online/).waitFor();
    await workbench.page.getByRole('button', { name: /MQTT calls today: 1/ }).waitFor();
    await workbench.picture('2-local-instance');
  });

  it('adds a group and a client, and sees its row turn online and offline with a device outside', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Add Group');
    await workbench.answerPick(/Type a group ID/, 'Bench');
    await workbench.answer(/Group ID \(GID_…\)/, 'GID_bench');
    await workbench.row(/^Group Bench/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: Add Clients');
    await workbench.answer(/Choose a group/, 'Bench');
    await workbench.answer(/Add Clients to/, 'board-1');
    await workbench.row(/^Group Bench, 1 not checked/).waitFor();
    await workbench.row(/GID_bench@@@board-1, not checked/).waitFor();
    const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
      clientId: 'GID_bench@@@board-1',
      ...signIn('GID_bench@@@board-1'),
      reconnectPeriod: 0,
    });
    await workbench.checkUntil(/GID_bench@@@board-1, online/);
    await workbench.row(/Instance Local instance, 4\/6 online$/).waitFor();
    await workbench.picture('3-online', 'screenshot.png');
    await device.endAsync();
    await workbench.checkUntil(/GID_bench@@@board-1, offline/);
    await workbench.picture('4-offline');
  });

  it('keeps what is folded and what is selected through a refresh', async () => {
    await workbench.row(/^Group Simulated clients/).click();
    await workbench.row(/device-001/).waitFor({ state: 'detached' });
    await workbench.row(/board-1/).click();
    await workbench.checkUntil(/board-1, offline · just now/);
    assert.equal(await workbench.row(/device-001/).count(), 0);
    assert.equal(await workbench.row(/board-1/).getAttribute('aria-selected'), 'true');
    await workbench.row(/^Group Simulated clients/).click();
  });

  it('sees the same in a second window, which says that its key is missing, joins the local instance that runs, and tells the first what it finds', async () => {
    const second = await workbench.secondWindow();
    await second.openView();
    await second.row(/Instance Local instance, no key for credential "local"/).waitFor();
    await second.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await second.row(/Instance Local instance, 3\/6 online/).waitFor();
    await second.runCommand('ApsaraMQ MQTT: Add Group');
    await second.answerPick(/Type a group ID/, 'From the second window');
    await second.answer(/Group ID \(GID_…\)/, '');
    await workbench.row(/^Group From the second window/).waitFor();
    const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
      clientId: 'GID_bench@@@board-1',
      ...signIn('GID_bench@@@board-1'),
      reconnectPeriod: 0,
    });
    await second.runCommand('ApsaraMQ MQTT: Check All Clients');
    await second.row(/GID_bench@@@board-1, online/).waitFor();
    await workbench.row(/GID_bench@@@board-1, online/).waitFor();
    await device.endAsync();
    await second.page.context().close();
  });

  it('looks a client up from the palette and reads the answer in the pick list', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Look Up Clients');
    await workbench.answer(/Look Up Clients of/, 'GID_local@@@device-001');
    await workbench.page.getByRole('option', { name: /device-001, online · just now · cached/ }).waitFor();
    await workbench.picture('5-look-up');
    await workbench.page.keyboard.press('Escape');
  });

  it('reads what a timer will cost before it is switched on', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Start Auto Refresh');
    await workbench.page
      .locator('.quick-input-list')
      .getByText(/6 clients ≈ 360 calls\/h/)
      .first()
      .waitFor();
    await workbench.picture('5b-cost');
    await workbench.page.keyboard.press('Escape');
  });

  it('adds an instance in steps, goes back, is told what is wrong as it types, and leaves nothing half saved', async () => {
    const { page } = workbench;
    const id = page.getByPlaceholder(/Type the instance ID/);
    const toInstance = async (): Promise<void> => {
      await workbench.runCommand('ApsaraMQ MQTT: Add Instance');
      await workbench.answerPick(/Choose a region/, 'cn-hangzhou');
      await workbench.answerPick(/Choose a credential/, 'work');
      await page.locator('.quick-input-widget').getByText('Set Credential "work"').waitFor();
      await workbench.answerPick(/Where the key comes from/, 'Enter the key later');
      await id.waitFor();
    };
    await toInstance();
    await id.fill('mqtt-cn-local00001');
    await page.getByText('There is an instance with the ID "mqtt-cn-local00001" already.').first().waitFor();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'Back' }).click();
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Enter the key later' }).waitFor();
    await page.keyboard.press('Enter');
    await workbench.answerPick(/Type the instance ID/, 'post-cn-plant');
    await page.locator('.quick-input-widget').getByText('A name of your choice').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(await workbench.row(/Plant/).count(), 0);

    await toInstance();
    await workbench.answerPick(/Type the instance ID/, 'post-cn-plant');
    await workbench.answer(/A name of your choice/, 'Plant in Hangzhou');
    await workbench.row(/Instance Plant in Hangzhou, no key for credential "work"/).waitFor();
    await workbench.picture('6-key-missing');
  });

  it('is told where a broken inventory breaks, and goes on seeing what was known', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Open Inventory File');
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('?');
    await page.keyboard.press('Control+s');
    await page
      .getByText(/inventory.json is no valid JSON at line 1, column 1/)
      .first()
      .waitFor();
    await workbench.row(/Plant in Hangzhou/).waitFor();
    await workbench.picture('7-broken');
  });
});
