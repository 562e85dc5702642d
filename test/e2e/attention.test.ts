import assert from 'node:assert/strict';
import { connectAsync, type MqttClient } from 'mqtt';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const idOf = (board: number): string => `GID_bench@@@board-${board}`;

describe('a person who wants some clients online', () => {
  let workbench: Workbench;
  let mqttPort: number;
  const devices = new Map<number, MqttClient>();

  before(async () => {
    mqttPort = await freePort();
    const instance = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: '127.0.0.1:9', credential: 'local' };
    const groups = [
      { name: 'Bench', groupId: 'GID_bench', clientIds: [idOf(1), idOf(2), idOf(3)] },
      { name: 'Spares', groupId: 'GID_bench', clientIds: [idOf(4), idOf(5)] },
    ];
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.mqttPort': mqttPort, 'apsaramqMqtt.localInstance.simulatedClients': 0 },
      { inventory: { instances: [{ ...instance, groups }] } },
    );
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/^Group Bench, 0\/3 online/).waitFor();
    for (const board of [1, 2, 3]) await connect(board);
  });
  after(async () => {
    for (const device of devices.values()) await device.endAsync(true);
    await workbench.dispose();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-wanted-${this.currentTest.title.length}`);
  });

  /** A device of its own, outside of VS Code. */
  async function connect(board: number): Promise<void> {
    const clientId = idOf(board);
    const url = `mqtt://127.0.0.1:${mqttPort}`;
    devices.set(board, await connectAsync(url, { clientId, ...signIn(clientId), reconnectPeriod: 0 }));
  }

  async function disconnect(board: number): Promise<void> {
    await devices.get(board)?.endAsync();
    devices.delete(board);
  }

  const tab = () => workbench.page.getByRole('tab', { name: /^ApsaraMQ for MQTT/ }).first();
  const badge = () => workbench.page.locator('.activitybar .badge-content').filter({ hasText: /\d/ });
  const status = (label: RegExp) => workbench.page.locator('.statusbar').getByRole('button', { name: label });
  /** True while the item stands on the background that warns. */
  const isWarning = async (): Promise<boolean> => {
    const item = workbench.page.locator('.statusbar .statusbar-item').filter({ hasText: /MQTT \d/ });
    return ((await item.getAttribute('class')) ?? '').includes('warning-kind');
  };

  it('sees no badge for clients that are offline, while nothing is expected of them', async () => {
    await workbench.checkUntil(/^Group Bench, 3\/3 online/);
    await workbench.row(/board-4, offline · /).waitFor();
    assert.equal(await badge().count(), 0);
    assert.equal(await status(/pinned clients/).count(), 0);
  });

  it('pins a group and expects it online from its menu, and reads how many are', async () => {
    await workbench.chooseFor(/^Group Bench/, 'Pin to Status Bar');
    await status(/^MQTT: 3 of 3 pinned clients online$/).waitFor();
    assert.equal(await isWarning(), false);
    await workbench.chooseFor(/^Group Bench/, 'Expect Online');
    // Nothing on the row tells that all is as expected: its tooltip does.
    await workbench.hoverUntil(workbench.row(/^Group Bench/), /Expected\sonline/);
    await workbench.row(/^Group Bench/).click({ button: 'right' });
    const menu = workbench.page.getByRole('menuitem');
    await menu.getByText('Expect Nothing').waitFor();
    const offered = (await menu.allInnerTexts())
      .map((text) => text.trim())
      .filter((text) => /Expect|Pin|pin/.test(text));
    assert.deepEqual(offered, ['Expect Offline', 'Expect Nothing', 'Unpin']);
    await workbench.picture('w1-menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('sees at once which one drops: on its row, its group, the view and the status bar', async () => {
    await disconnect(1);
    await workbench.checkUntil(/board-1, offline, expected online · /);
    await workbench.row(/^Group Bench, 2\/3 online · 1 not as expected/).waitFor();
    await workbench.row(/^Instance Plant, 2\/5 online · 1 not as expected/).waitFor();
    await badge().getByText('1', { exact: true }).waitFor();
    await status(/^MQTT: 2 of 3 pinned clients online, 1 expected online but offline$/).waitFor();
    assert.equal(await isWarning(), true);
    await workbench.hoverUntil(status(/^MQTT: 2 of 3/), /Expected\sonline,\sbut\soffline/);
    await workbench.picture('w2-dropped');
    await workbench.page.mouse.move(700, 300);
    await workbench.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
    await workbench.picture('w2b-warning');
    await workbench.hoverUntil(tab(), /1 not as expected: GID_bench@@@board-1/);
    await workbench.picture('w3-badge');
    await workbench.page.mouse.move(700, 300);
  });

  it('acknowledges it: the badge goes, what is so stays to be read', async () => {
    await workbench.row(/^Instance Plant/).hover();
    await workbench.page.getByRole('button', { name: 'Acknowledge' }).click();
    await badge().waitFor({ state: 'detached' });
    await workbench.page.getByRole('button', { name: 'Acknowledge' }).waitFor({ state: 'detached' });
    await workbench.checkUntil(/board-1, offline, expected online · just now/);
    assert.equal(await badge().count(), 0);
    await status(/1 expected online but offline/).waitFor();
    await workbench.page.mouse.move(700, 300);
    await workbench.picture('w4-acknowledged');
  });

  it('is told again when it came back and dropped again', async () => {
    await connect(1);
    await workbench.checkUntil(/board-1, online/);
    await status(/^MQTT: 3 of 3 pinned clients online$/).waitFor();
    assert.equal(await isWarning(), false);
    assert.equal(await badge().count(), 0);
    await disconnect(1);
    await workbench.checkUntil(/board-1, offline, expected online · /);
    await badge().getByText('1', { exact: true }).waitFor();
  });

  it('expects something of several rows at once, from the menu of one', async () => {
    await workbench.row(/board-4/).click();
    await workbench.row(/board-5/).click({ modifiers: ['Control'] });
    await workbench.chooseFor(/board-5/, 'Expect Online');
    await badge().getByText('3', { exact: true }).waitFor();
    await workbench.row(/board-4, offline, expected online/).waitFor();
    await workbench.row(/board-5, offline, expected online/).waitFor();
    await workbench.picture('w5-several');
  });

  it('finds it acknowledged still after the window was loaded anew, and hears of the others alone', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Acknowledge');
    await badge().waitFor({ state: 'detached' });
    for (const board of [2, 3]) await disconnect(board);
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor();
    await workbench.openView();
    await status(/^MQTT: 0 of 3 pinned clients online, 3 not known$/).waitFor();
    await workbench.row(/^Group Bench, 3 not checked/).waitFor();
    await workbench.picture('w6-not-known');
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/^Group Spares, 0\/2 online · 2 not as expected/).waitFor();
    await workbench.row(/^Group Bench, 0\/3 online · 3 not as expected/).waitFor();
    await badge().getByText('2', { exact: true }).waitFor();
    await workbench.picture('w7-reloaded');
  });

  it('unpins the group, and the status bar says nothing of it any more', async () => {
    await workbench.chooseFor(/^Group Bench/, 'Unpin');
    await status(/pinned clients/).waitFor({ state: 'detached' });
  });

  it('pins one client from the palette, and gets to the view with a click on it', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Pin to Status Bar');
    await workbench.answer(/Choose a group or a client/, 'One client');
    await page.getByText('Choose a client').first().waitFor();
    await page.locator('.quick-input-widget input[type=text]').first().fill('board-4');
    await page.locator('.quick-input-list .monaco-list-row').first().getByText('GID_bench@@@board-4').waitFor();
    await workbench.picture('w9-pick');
    await page.keyboard.press('Enter');
    await status(/^MQTT: 0 of 1 pinned clients online, 1 expected online but offline$/).waitFor();
    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await workbench.row(/^Group Bench/).waitFor({ state: 'hidden' });
    await status(/pinned clients/).click();
    await workbench.row(/^Group Bench/).waitFor();
  });
});

describe('pinned clients that nobody asks about any more', () => {
  let workbench: Workbench;

  before(async () => {
    const instance = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: '127.0.0.1:9', credential: 'local' };
    const groups = [{ name: 'Bench', clientIds: [idOf(1), idOf(2)], pinned: true, expected: 'online' as const }];
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.simulatedClients': 0, 'apsaramqMqtt.staleAfterSeconds': 10 },
      { inventory: { instances: [{ ...instance, groups }] } },
    );
  });
  after(() => workbench.dispose());

  it('are said to be stale in the status bar, on the view and in its rows once they are, though nothing happens', async () => {
    const status = workbench.page.locator('.statusbar').getByRole('button', { name: /pinned clients/ });
    await status.getByText('MQTT 0/2 · 2?').waitFor();
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await status.getByText('MQTT 0/2', { exact: true }).waitFor();
    await status.getByText('MQTT 0/2 · stale').waitFor();
    assert.match((await status.getAttribute('aria-label')) ?? '', /2 expected online but offline, stale$/);
    for (const kind of ['Group Bench', 'Instance Plant'])
      await workbench.row(new RegExp(`^${kind}, 0/2 online · 2 not as expected · stale`)).waitFor();
    // VS Code tells what a badge means only on a view that is not open.
    await workbench.page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    const tab = workbench.page.getByRole('tab', { name: /^ApsaraMQ for MQTT/ }).first();
    await workbench.hoverUntil(tab, /2 not as expected: GID_bench@@@board-1 \(stale\), GID_bench@@@board-2 \(stale\)/);
    await workbench.picture('w8-stale');
  });
});
