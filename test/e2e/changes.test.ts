import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

describe('a person who looks for what has changed', () => {
  let workbench: Workbench;
  let mqttPort: number;

  before(async () => {
    mqttPort = await freePort();
    const apiPort = await freePort();
    const group = { name: 'Bench', groupId: 'GID_bench', clientIds: ['GID_bench@@@board-1', 'GID_bench@@@board-2'] };
    const local = { name: 'Local instance', instanceId: 'mqtt-cn-local00001', credential: 'local' };
    workbench = await Workbench.open(
      {
        'apsaramqMqtt.localInstance.mqttPort': mqttPort,
        'apsaramqMqtt.localInstance.apiPort': apiPort,
        'apsaramqMqtt.localInstance.startWithWindow': true,
        'apsaramqMqtt.localInstance.simulatedClients': 0,
        'apsaramqMqtt.notifications.enabled': true,
      },
      { inventory: { instances: [{ ...local, endpoint: `127.0.0.1:${apiPort}`, groups: [group] }] } },
    );
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });

  function connect(clientId: string): Promise<MqttClient> {
    return connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId, ...signIn(clientId), reconnectPeriod: 0 });
  }

  /** Asks in real time, from the palette. */
  async function verify(clientId: string): Promise<void> {
    // With the view before one the row that is selected is meant; else the client is asked for.
    const row = workbench.row(new RegExp(clientId));
    if ((await row.count()) > 0) {
      await row.click();
      await workbench.runCommand('ApsaraMQ MQTT: Verify Client in Real Time');
      return;
    }
    await workbench.runCommand('ApsaraMQ MQTT: Verify Client in Real Time');
    const list = workbench.page.locator('.quick-input-list .monaco-list-row');
    await list.filter({ hasText: clientId }).first().waitFor();
    await workbench.page.locator('.quick-input-widget input[type=text]').first().fill(clientId);
    // The one that is left, and chosen.
    await list.nth(1).waitFor({ state: 'detached' });
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: clientId }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  const name = (label: string) => workbench.row(new RegExp(label)).getByText(label, { exact: true });
  const toasts = () => workbench.page.locator('.notifications-toasts .notification-list-item');

  it('sees a device that comes and goes marked as flapping, and is not told by a notification of what the view shows', async () => {
    await workbench.row(/GID_bench@@@board-1, offline/).waitFor();
    await verify('GID_bench@@@board-1');
    await workbench.row(/GID_bench@@@board-1, offline · just now · verified/).waitFor();
    for (let flap = 0; flap < 2; flap++) {
      const device = await connect('GID_bench@@@board-1');
      await verify('GID_bench@@@board-1');
      await workbench.row(/GID_bench@@@board-1, online/).waitFor();
      await device.endAsync();
      await verify('GID_bench@@@board-1');
      await workbench.row(/GID_bench@@@board-1, offline/).waitFor();
    }
    await workbench.row(/GID_bench@@@board-1, offline · flapping · /).waitFor();
  });

  it('reads in the tooltip the last hour, the last changes and the likely causes', async () => {
    await workbench.hoverUntil(name('board-1'), /two.devices.with.one.client.ID/);
    const hover = workbench.page.locator('.workbench-hover');
    await hover.getByText(/4.changes,/).waitFor();
    await hover.getByText(/▄/).first().waitFor();
    await workbench.picture('changes-1-tooltip');
    await workbench.page.mouse.move(900, 600);
  });

  it('is shown the row of the change chosen from the list', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Show Recent Changes');
    await workbench.page.locator('.quick-input-widget').getByText('Recent changes: 4').waitFor();
    await workbench.picture('changes-2-list');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator('[role=treeitem][aria-selected=true][aria-label*="board-1"]').waitFor();
  });

  it('is told while the view is hidden, mutes the client from the notification, and is told no more', async () => {
    const { page } = workbench;
    await verify('GID_bench@@@board-2');
    await workbench.row(/board-2, offline/).waitFor();
    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await workbench.row(/board-2/).waitFor({ state: 'detached' });
    const device = await connect('GID_bench@@@board-2');
    await verify('GID_bench@@@board-2');
    await toasts().filter({ hasText: 'GID_bench@@@board-2 went online.' }).waitFor();
    await workbench.picture('changes-3-notification');
    await toasts().getByRole('button', { name: 'Mute GID_bench@@@board-2', exact: true }).click();
    await toasts().first().waitFor({ state: 'detached' });
    await device.endAsync();
    await verify('GID_bench@@@board-2');
    await workbench.openView();
    await workbench.row(/board-2, offline/).waitFor();
    await workbench.hoverUntil(name('board-2'), /Muted/);
    await workbench.picture('changes-4-muted');
    await page.mouse.move(900, 600);
  });

  it('is shown the row of a client that flaps from its notification', async () => {
    const { page } = workbench;
    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await workbench.row(/board-1/).waitFor({ state: 'detached' });
    const device = await connect('GID_bench@@@board-1');
    await verify('GID_bench@@@board-1');
    await toasts().filter({ hasText: 'board-1 goes online and offline again and again' }).waitFor();
    await toasts().getByRole('button', { name: 'Show' }).click();
    await page.locator('[role=treeitem][aria-selected=true][aria-label*="board-1, online · flapping"]').waitFor();
    await toasts().first().waitFor({ state: 'detached' });
    await workbench.row(/board-1/).click();
    await device.endAsync();
  });

  it('finds no other notification than those it was told', async () => {
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page.locator('.notifications-center').waitFor();
    assert.deepEqual(
      await workbench.page.locator('.notifications-center .notification-list-item').allTextContents(),
      [],
    );
    await workbench.page.keyboard.press('Escape');
  });

  it('finds the changes again after the window was loaded anew', async () => {
    // Without the answers that windows share, the changes come from their own file alone.
    for (const name of await readdir(workbench.storage))
      if (name.startsWith('statuses-')) await rm(join(workbench.storage, name));
    await workbench.page.reload();
    await workbench.openView();
    await workbench.row(/board-1, offline/).waitFor({ timeout: 60_000 });
    await workbench.runCommand('ApsaraMQ MQTT: Show Recent Changes');
    // Seven that were kept, and one that the first check finds: board-1 was online when the window closed.
    await workbench.page.locator('.quick-input-widget').getByText('Recent changes: 8').waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
