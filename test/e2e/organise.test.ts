import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { LOCAL_INSTANCE_ID } from '../../src/emulator/localKeys';
import type { Instance } from '../../src/model/inventory/inventory';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

const idOf = (at: number): string => `GID_plant@@@dev-${at}`;
const idsOf = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => idOf(from + at));
// What runs in the page knows these.
declare const DataTransfer: new () => { setData(type: string, text: string): void };
declare const DragEvent: new (type: string, init: object) => object;
interface Row {
  getBoundingClientRect(): { readonly x: number; readonly y: number };
  dispatchEvent(event: object): void;
}

/** What another program drops on a row; it runs in the page. */
function dropInPage(row: Row, entries: Record<string, string>): void {
  const dataTransfer = new DataTransfer();
  for (const [type, text] of Object.entries(entries)) dataTransfer.setData(type, text);
  const { x, y } = row.getBoundingClientRect();
  const place = { dataTransfer, bubbles: true, cancelable: true, clientX: x + 60, clientY: y + 11 };
  for (const type of ['dragenter', 'dragover', 'drop']) row.dispatchEvent(new DragEvent(type, place));
}

describe('a person who puts saved clients in order', () => {
  let workbench: Workbench;

  before(async () => {
    const instance = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: '127.0.0.1:9', credential: 'local' };
    const groups = [
      { name: 'Pumps', groupId: 'GID_plant', clientIds: idsOf(1, 4) },
      { name: 'Valves', groupId: 'GID_plant', clientIds: idsOf(4, 6) },
      { name: 'Spares', groupId: 'GID_plant', clientIds: [] },
    ];
    const other = { name: 'Other', instanceId: 'post-cn-other', regionId: 'cn-hangzhou', credential: 'none' };
    const elsewhere = [{ name: 'Elsewhere', groupId: 'GID_plant', clientIds: ['GID_plant@@@far-1'] }];
    workbench = await Workbench.open(
      {},
      {
        inventory: {
          instances: [
            { ...instance, groups },
            { ...other, groups: elsewhere },
          ],
        },
      },
    );
    await workbench.openView();
    await workbench.row(/dev-1, not checked/).waitFor();
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-organise-${this.currentTest.title.length}`);
  });

  /** What the rows are called, from the top down. */
  const rows = async (): Promise<string[]> =>
    (await workbench.rowLabels()).map((label) => (label.split(',')[0] ?? '').replace('GID_plant@@@', ''));
  const rowsAre = async (...names: string[]): Promise<void> => {
    for (let attempt = 0; attempt < 40 && (await rows()).join() !== names.join(); attempt++)
      await workbench.page.waitForTimeout(100);
    assert.deepEqual(await rows(), names);
  };
  /** Where two rows stand, once the rows have stopped moving. */
  async function atRest(from: Locator, to: Locator): Promise<{ start: Box; end: Box }> {
    for (let seen = ''; ;) {
      const [start, end] = [await from.boundingBox(), await to.boundingBox()];
      const now = JSON.stringify([start, end]);
      if (start !== null && end !== null && now === seen) return { start, end };
      seen = now;
      await workbench.page.waitForTimeout(250);
    }
  }
  /** With the mouse, slowly enough that VS Code sees where it is. */
  async function drag(from: Locator, to: Locator, picture?: string): Promise<void> {
    const { mouse } = workbench.page;
    const { start, end } = await atRest(from, to);
    await mouse.move(start.x + 60, start.y + 11);
    await mouse.down();
    await mouse.move(start.x + 70, start.y + 15, { steps: 4 });
    await mouse.move(end.x + 70, end.y + 11, { steps: 10 });
    await mouse.move(end.x + 74, end.y + 12, { steps: 3 });
    if (picture !== undefined) await workbench.picture(picture);
    await mouse.up();
    await mouse.move(900, 400);
  }

  it('drags several clients to another group; one that is there already only leaves its old group', async () => {
    await workbench.row(/dev-3,/).click();
    await workbench
      .row(/dev-4,/)
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
    await drag(workbench.row(/dev-3,/), workbench.row(/^Group Valves/), 'o1-drag');
    await workbench.page
      .getByText(/1 client was moved to "Valves"\. 1 client is in "Valves" already/)
      .first()
      .waitFor();
    await workbench.picture('o2-moved');
    await workbench.page.keyboard.press('Escape');
    await rowsAre(
      ...['Instance Plant', 'Group Pumps', 'dev-1', 'dev-2', 'Group Valves', 'dev-4', 'dev-5', 'dev-6', 'dev-3'],
      ...['Group Spares', 'Instance Other', 'Group Elsewhere', 'far-1'],
    );
  });

  it('drags a group to another place', async () => {
    await drag(workbench.row(/^Group Spares/), workbench.row(/^Group Pumps/));
    await rowsAre(
      ...['Instance Plant', 'Group Spares', 'Group Pumps', 'dev-1', 'dev-2', 'Group Valves', 'dev-4', 'dev-5'],
      ...['dev-6', 'dev-3', 'Instance Other', 'Group Elsewhere', 'far-1'],
    );
  });

  it('is told why nothing is moved to another instance', async () => {
    await drag(workbench.row(/far-1,/), workbench.row(/^Group Spares/));
    await workbench.page
      .getByText(/Clients and groups belong to their instance/)
      .first()
      .waitFor();
    await workbench.picture('o3-other-instance');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('does all of it by keyboard: several clients to a group, a group up and down', async () => {
    const { page } = workbench;
    await workbench.row(/dev-1,/).click();
    await page.keyboard.press('Shift+ArrowDown');
    await workbench.runCommand('ApsaraMQ MQTT: Move to Group');
    await page.getByText('Move 2 clients to').first().waitFor();
    await workbench.picture('o4-move-to');
    await page.getByRole('option', { name: /Spares/ }).click();
    await page.locator('[role=treeitem].focused[aria-label*="dev-1"]').waitFor();
    await workbench.row(/^Group Spares/).click();
    await workbench.row(/dev-1,/).waitFor({ state: 'detached' });
    await workbench.row(/^Group Spares/).click();
    await workbench.runCommand('ApsaraMQ MQTT: Move Group Down');
    await rowsAre(
      ...['Instance Plant', 'Group Pumps', 'Group Spares', 'dev-1', 'dev-2', 'Group Valves', 'dev-4', 'dev-5'],
      ...['dev-6', 'dev-3', 'Instance Other', 'Group Elsewhere', 'far-1'],
    );
    await workbench.runCommand('ApsaraMQ MQTT: Move Group Up');
    await rowsAre(
      ...['Instance Plant', 'Group Spares', 'dev-1', 'dev-2', 'Group Pumps', 'Group Valves', 'dev-4', 'dev-5'],
      ...['dev-6', 'dev-3', 'Instance Other', 'Group Elsewhere', 'far-1'],
    );
  });

  it('drops a list of client IDs from elsewhere into a group, but no file', async () => {
    const drop = (data: Record<string, string>): Promise<void> =>
      workbench.row(/^Group Pumps/).evaluate(dropInPage, data);
    await drop({ 'text/plain': 'new-1\nnew-2\n' });
    await workbench.row(/new-2, not checked/).waitFor();
    await drop({ 'text/plain': '/etc/hosts', 'text/uri-list': 'file:///etc/hosts' });
    await workbench.page
      .getByText(/A file cannot be dropped here/)
      .first()
      .waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('gives a client an alias and a note: the row still says which client it is', async () => {
    const { page } = workbench;
    await workbench.row(/dev-5,/).click();
    await workbench.runCommand('ApsaraMQ MQTT: Set Alias');
    await workbench.answer(/A name to show in place of the device ID/, 'Main inlet');
    await workbench.row(/^Main inlet, GID_plant@@@dev-5, not checked/).waitFor();
    await workbench.row(/^Main inlet/).click();
    await workbench.runCommand('ApsaraMQ MQTT: Edit Note');
    await workbench.answer(/A note for the tooltip/, 'leaks [x](command:a)');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.hoverUntil(workbench.row(/^Main inlet/), 'leaks [x](command:a)');
    await workbench.picture('o5-alias');
    await page.mouse.move(900, 400);
    await workbench.runCommand('ApsaraMQ MQTT: Find Saved Client');
    await page.locator('.quick-input-widget input[type=text]').first().fill('inlet');
    await page.locator('.quick-input-list .monaco-list-row').first().getByText('GID_plant@@@dev-5').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=treeitem].focused[aria-label^="Main inlet"]').waitFor();
  });

  it('renames with F2 and removes with Delete, whatever kind of row is selected', async () => {
    const { page } = workbench;
    /** VS Code learns of what is selected a moment after the click, and of what a key means then. */
    const press = async (key: string, asks: RegExp): Promise<void> => {
      const question = page.locator('.quick-input-widget, [role=dialog]').filter({ hasText: asks }).first();
      await eventually(
        `${key} asks ${String(asks)}`,
        async () => {
          await page.keyboard.press(key);
          const isAsked = await question.waitFor({ timeout: 1000 }).then(
            () => true,
            () => false,
          );
          if (!isAsked) await page.keyboard.press('Escape');
          return isAsked;
        },
        15_000,
      );
    };
    await workbench.row(/^Main inlet/).click();
    await press('F2', /A name to show in place of the device ID/);
    await workbench.answer(/A name to show in place of the device ID/, 'Outlet');
    await workbench.row(/^Outlet, GID_plant@@@dev-5/).waitFor();
    await workbench.row(/^Group Pumps/).click();
    await press('F2', /Name of the group/);
    await workbench.answer(/Name of the group/, 'Motors');
    await workbench.row(/^Group Motors/).waitFor();
    await workbench.row(/^Outlet,/).click();
    await workbench.row(/dev-6,/).click({ modifiers: ['ControlOrMeta'] });
    await press('Delete', /Remove 2 clients from their group\?/);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await workbench.row(/dev-6,/).waitFor({ state: 'detached' });
    await workbench.row(/far-1,/).click();
    await workbench.row(/^Group Elsewhere/).click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Delete');
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

describe('a person who looks for some clients among many', () => {
  let workbench: Workbench;
  const device = (at: number): string => `GID_local@@@device-${String(at).padStart(3, '0')}`;

  before(async () => {
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.simulatedClients': 20, 'apsaramqMqtt.verifyChanges': false },
      { inventory: { instances: [plantOf(device)] } },
    );
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/^Group Fleet, 12\/20 online/).waitFor();
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-arranged-${this.currentTest.title.length}`);
  });

  it('filters by state and text in one step: groups without a match go, and the view says so', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Filter Clients');
    await page.getByPlaceholder(/Tick states/).fill('device-0');
    await page
      .getByRole('checkbox', { name: /^offline/ })
      .first()
      .click();
    await workbench.picture('p1-filter');
    await page.keyboard.press('Enter');
    await page.getByText('Filter: offline, "device-0" - 8 of 21 clients match').waitFor();
    await workbench.row(/^Group Fleet, 12\/20 online · 8 of 20 match/).waitFor();
    assert.equal(await workbench.row(/^Group Other/).count(), 0);
    assert.deepEqual(
      (await workbench.rowLabels()).filter((name) => name.includes('device-') && !/offline/.test(name)),
      [],
    );
    await workbench.picture('p2-filtered');
  });

  it('finds the filter again after a reload, and sees a client leave it once it is online', async () => {
    const { page } = workbench;
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await workbench.openView();
    await page.getByText(/Filter: offline, "device-0" - \d of 21 clients match/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await page.getByText('Filter: offline, "device-0" - 8 of 21 clients match').waitFor();
    await workbench.row(/device-002, offline/).click();
    await workbench.runCommand('ApsaraMQ MQTT: Simulate Client');
    await page.getByRole('option', { name: /^Connect/ }).click();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    for (let attempt = 0; attempt < 10 && (await workbench.row(/device-002,/).count()) > 0; attempt++) {
      await workbench.runCommand('ApsaraMQ MQTT: Check All Clients');
      await page.waitForTimeout(1500); // the service's cache, and the moment in which a check settles
    }
    await page.getByText('Filter: offline, "device-0" - 7 of 21 clients match').waitFor();
  });

  it('clears the filter with the button that stands there meanwhile', async () => {
    await workbench.page.getByRole('button', { name: 'Clear Filter' }).click();
    await workbench.row(/^Group Other/).waitFor();
    await workbench.page.getByText(/^Filter:/).waitFor({ state: 'detached' });
    assert.equal(await workbench.page.getByRole('button', { name: 'Clear Filter' }).count(), 0);
  });

  it('sorts by state: what needs a person stands first', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Sort By');
    await workbench.picture('p3-sort-by');
    await page.getByRole('option', { name: /State/ }).click();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.row(/device-002, online/).waitFor();
    await page.waitForTimeout(300); // the rows change places
    const states = (await workbench.rowLabels())
      .flatMap((name) => /device-\d+, (online|offline)/.exec(name)?.[1] ?? [])
      .slice(0, 20);
    assert.deepEqual(states, [...states].sort());
    assert.ok(states.includes('offline') && states.includes('online'));
    await workbench.picture('p4-sorted');
  });

  it('has a list without groups, in which each client stands once with the names of its groups', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: View as List');
    await workbench.row(/^Group Fleet/).waitFor({ state: 'detached' });
    assert.equal(await workbench.row(/device-003,/).count(), 1);
    await workbench.row(/device-003, .*Fleet, Other/).waitFor();
    await workbench.picture('p5-list');
    await workbench.runCommand('ApsaraMQ MQTT: View as Tree');
    await workbench.row(/^Group Fleet/).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await workbench.row(/device-003,/).count(), 2);
  });

  it('does to several rows what the menu of one of them offers', async () => {
    const { page } = workbench;
    await workbench.row(/device-004,/).click();
    await workbench.row(/device-006,/).click({ modifiers: ['ControlOrMeta'] });
    await workbench.row(/device-006,/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Move to Group…' }).waitFor();
    await page.getByRole('menuitem', { name: 'Pin to Status Bar', exact: true }).hover();
    await workbench.picture('p6-menu-of-two');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /2 pinned|pinned/ })
      .first()
      .waitFor();
  });
});

function plantOf(device: (at: number) => string): Instance {
  const fleet = Array.from({ length: 20 }, (_, at) => device(at + 1));
  return {
    name: 'Plant',
    instanceId: LOCAL_INSTANCE_ID,
    endpoint: '127.0.0.1:9',
    credential: 'local',
    groups: [
      { name: 'Fleet', groupId: 'GID_local', clientIds: fleet },
      { name: 'Other', clientIds: [device(3), 'GID_bench@@@board-1'] },
    ],
    clients: { [device(5)]: { alias: 'Main inlet', note: 'by the door' } },
  };
}

describe('a person whose VS Code speaks Chinese and who arranges the view', () => {
  let workbench: Workbench;
  before(async () => {
    const device = (at: number): string => `GID_local@@@device-${String(at).padStart(3, '0')}`;
    workbench = await Workbench.open(
      { 'apsaramqMqtt.localInstance.simulatedClients': 20 },
      { language: 'zh-cn', inventory: { instances: [plantOf(device)] } },
    );
    await workbench.page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
    await workbench.runCommand('ApsaraMQ MQTT: 启动本地实例');
    await workbench.row(/Fleet，12\/20 在线/).waitFor();
  });
  after(() => workbench.dispose());

  it('reads all of it in Chinese', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: 筛选客户端');
    await page.getByPlaceholder(/勾选状态/).fill('device-0');
    for (const key of ['ArrowDown', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    await page
      .getByRole('checkbox', { name: /^频繁上下线/ })
      .first()
      .click();
    await workbench.picture('p7-chinese-filter');
    await page.keyboard.press('Enter');
    await page.getByText('筛选：离线或频繁上下线，“device-0” - 8 个客户端匹配，共 21 个').waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: 以列表形式查看');
    await workbench.row(/分组 Fleet/).waitFor({ state: 'detached' });
    await workbench.row(/device-002/).hover();
    await workbench.picture('p8-chinese-list');
  });
});
