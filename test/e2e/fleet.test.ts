import assert from 'node:assert/strict';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import { Workbench } from '../host/workbench';

const FLEET = 1300;
const clientIds = Array.from({ length: FLEET }, (_, at) => `GID_local@@@device-${String(at + 1).padStart(3, '0')}`);

describe('a fleet of more clients than a page holds', () => {
  let workbench: Workbench;

  before(async () => {
    const instance = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: '127.0.0.1:9', credential: 'local' };
    const groups = [
      { name: 'Fleet', groupId: 'GID_local', clientIds },
      { name: 'Bench', clientIds: ['GID_local@@@device-001', 'GID_bench@@@board-1'] },
    ];
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.simulatedClients': 20, 'apsaramqMqtt.maxCallsPerSecond': 100 },
      { inventory: { instances: [{ ...instance, groups }] } },
    );
    await workbench.openView();
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-fleet-${this.currentTest.title.length}`);
  });

  /** Rows are drawn only where one looks: scrolls the tree to its end. */
  const toEnd = async (): Promise<void> => {
    await workbench.row(/^Instance Plant/).click();
    await workbench.page.keyboard.press('End');
  };

  it('stands folded, counted whole, until it is opened', async () => {
    await workbench.row(/^Group Fleet, 1,300 not checked/).waitFor();
    await workbench.row(/GID_bench@@@board-1, not checked/).waitFor();
    assert.equal(await workbench.row(/device-002/).count(), 0);
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/^Instance Plant, 12\/1,301 online/).waitFor();
    await workbench.row(/^Group Fleet, 12\/1,300 online/).waitFor();
  });

  it('comes in pages whose last row says how many are shown, and goes on by keyboard', async () => {
    const { page } = workbench;
    await workbench.row(/^Group Bench/).click();
    await workbench.row(/^Group Fleet/).click();
    await workbench.row(/device-001, online/).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await workbench.row(/^Show more \(500 of 1,300 shown\), Group Fleet/).waitFor();
    await page.keyboard.press('Enter');
    await workbench.row(/device-501, offline/).waitFor();
    assert.match((await page.locator('[role=treeitem].focused').getAttribute('aria-label')) ?? '', /device-501/);
    await workbench.picture('f1-second-page');
    await toEnd();
    await page.keyboard.press('ArrowUp');
    await workbench.row(/^Show more \(1,000 of 1,300 shown\)/).waitFor();
    await page.keyboard.press('Enter');
    await workbench.row(/device-1001, offline/).waitFor();
    await toEnd();
    await page.keyboard.press('ArrowUp');
    await workbench.row(/device-1300, offline/).waitFor();
    assert.equal(await workbench.row(/^Show more/).count(), 0);
  });

  it("is searched by typing in the tree's own find", async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('device-777');
    await workbench.row(/device-777, offline/).waitFor();
    await workbench.picture('f2-find');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('is estimated from a sample on request, and says how sure that is', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Estimate Group from a Sample of 200 (20 Calls)');
    await workbench.answerPick(/Choose a group|^$/, 'Fleet');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.keyboard.press('Home');
    await workbench.row(/^Group Fleet, ≈ \d% online, ± \d(\.\d)?, from 200 of 1,300 · just now/).waitFor();
    await workbench.page.mouse.move(900, 400);
    await workbench.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
    await workbench.picture('f3-estimate');
  });
});

describe('a client beyond the page shown', () => {
  let workbench: Workbench;
  before(async () => {
    const instance = { name: 'Plant', instanceId: 'post-cn-plant', regionId: 'cn-hangzhou', credential: 'work' };
    workbench = await Workbench.open(
      {},
      { inventory: { instances: [{ ...instance, groups: [{ name: 'Fleet', clientIds }] }] } },
    );
    await workbench.openView();
    await workbench.row(/^Group Fleet/).waitFor();
  });
  after(() => workbench.dispose());

  it('is found by name, and its row is shown and selected', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Find Saved Client');
    const { page } = workbench;
    await page.getByText('Find a client of "Plant" (100 of 1,300: type to narrow)').first().waitFor();
    await page.locator('.quick-input-widget input[type=text]').first().fill('device-1234');
    await page.locator('.quick-input-list .monaco-list-row').first().getByText('GID_local@@@device-1234').waitFor();
    await workbench.picture('f4-find-saved');
    await page.keyboard.press('Enter');
    await workbench.row(/device-1234, not checked/).waitFor();
    assert.equal(await workbench.row(/device-1234/).getAttribute('aria-selected'), 'true');
  });
});
