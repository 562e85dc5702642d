import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const BOARD = 'GID_bench@@@board-1';

describe('a person who waits for a device', () => {
  let workbench: Workbench;
  let mqttPort: number;
  let folder: string;

  before(async () => {
    mqttPort = await freePort();
    const instance = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: '127.0.0.1:9', credential: 'local' };
    const groups = [{ name: 'Bench', groupId: 'GID_bench', clientIds: [BOARD, 'GID_bench@@@board-2'] }];
    workbench = await Workbench.open(
      {
        'apsaramqMqtt.localInstance.mqttPort': mqttPort,
        'apsaramqMqtt.localInstance.simulatedClients': 0,
        'terminal.integrated.gpuAcceleration': 'off',
      },
      { inventory: { instances: [{ ...instance, groups }] } },
    );
    // VS Code offers tasks only where a folder is open.
    folder = await mkdtemp(join(tmpdir(), 'folder-'));
    await workbench.page.goto(workbench.server.urlOf(folder));
    await workbench.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/board-1, offline/).waitFor();
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-watch-${this.currentTest.title.length}`);
  });

  const device = (clientId = BOARD) =>
    connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId, ...signIn(clientId), reconnectPeriod: 0 });
  const toast = (text: RegExp) => workbench.page.locator('.notification-toast').filter({ hasText: text });

  it('watches a client from its row, sees that it is watched, and is told once when it is online', async () => {
    const { page } = workbench;
    await workbench.row(/board-1/).hover();
    await workbench
      .row(/board-1/)
      .getByRole('button', { name: /Watch Until/ })
      .click();
    await page.locator('.quick-input-list').getByText('Until online').waitFor();
    await workbench.picture('w1-until');
    await page.keyboard.press('Enter');
    await toast(/Watching GID_bench@@@board-1 until online/).waitFor();
    await workbench.row(/board-1, offline .* watching/).waitFor();
    await workbench
      .row(/board-1/)
      .getByRole('button', { name: 'Stop Watching' })
      .waitFor();
    await workbench.picture('w2-watching');
    const board = await device();
    await toast(/GID_bench@@@board-1: online, seen at .*\(verified\)/).waitFor();
    await workbench.row(/board-1, online · just now · verified$/).waitFor();
    await workbench.picture('w3-online');
    assert.equal(await toast(/board-1/).count(), 1);
    await board.endAsync();
  });

  it('is shown what a task of a group waits for, line by line, and its end', async () => {
    const { page } = workbench;
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input[type=text]').first().fill('>Tasks: Run Task');
    await page.locator('.quick-input-list .monaco-list-row').getByText('Tasks: Run Task', { exact: true }).click();
    await page.locator('.quick-input-list').getByText('apsaramq-mqtt').first().click();
    await page.locator('.quick-input-list').getByText('wait until Bench is online').first().click();
    await page.locator('.terminal-wrapper.active .xterm-screen').waitFor();
    const boards = [await device(), await device('GID_bench@@@board-2')];
    await workbench.row(/board-2, online/).waitFor({ timeout: 20_000 });
    await page
      .locator('.xterm-rows')
      .getByText(/"Bench" \(2 clients\): all online, seen at .* \(verified\)/)
      .waitFor();
    await workbench.picture('w4-task');
    for (const board of boards) await board.endAsync();
  });

  it('finds its watch going on after a reload of the window', async () => {
    const { page } = workbench;
    const group = workbench.row(/^Group Bench/);
    // A device that was seen online a moment ago would end the watch when it is seen to have left.
    await group.hover();
    await group.getByRole('button', { name: 'Check Group' }).click();
    for (const board of [/board-1, offline/, /board-2, offline/]) await workbench.row(board).waitFor();
    await group.hover();
    await group.getByRole('button', { name: /Watch Until/ }).click();
    await page.locator('.quick-input-list').getByText('Until any changed').first().click();
    await toast(/Watching "Bench" \(2 clients\) until any changed/).waitFor();
    await workbench.row(/^Group Bench, .* watching/).waitFor();
    await group.hover();
    await group.getByRole('button', { name: 'Stop Watching' }).waitFor();
    await workbench.picture('w5-group');
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await toast(/Watching "Bench" \(2 clients\) until any changed/).waitFor({ timeout: 30_000 });
    await workbench.picture('w6-reloaded');
  });
});
