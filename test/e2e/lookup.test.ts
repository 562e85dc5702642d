import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import type { Inventory } from '../../src/model/inventory/inventory';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { CountingProxy } from '../host/countingProxy';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const three = (at: number): string => String(at).padStart(3, '0');
const DEVICES = Array.from({ length: 20 }, (_, at) => `GID_local@@@device-${three(at + 1)}`);
const METERS = Array.from({ length: 1214 }, (_, at) => `GID_field@@@meter-${at + 1}`);
const PASTED = Array.from({ length: 300 }, (_, at) => `GID_paste@@@probe-${three(at + 1)}`);
const SECONDS = 5000;

describe('a person who looks up clients', () => {
  let emulator: EmulatorProcess;
  let proxy: CountingProxy;
  let workbench: Workbench;

  function inventory(): Inventory {
    const groups = [
      { name: 'Gateways', groupId: 'GID_local', clientIds: DEVICES },
      { name: 'Meters', clientIds: METERS },
    ];
    const plant = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: proxy.endpoint, credential: 'plant' };
    const depot = { name: 'Depot', instanceId: 'mqtt-cn-depot', endpoint: proxy.endpoint, credential: 'nobody' };
    return {
      instances: [
        { ...depot, groups: [{ name: 'Vans', clientIds: ['GID_van@@@1'] }] },
        { ...plant, groups },
      ],
    };
  }

  before(async () => {
    emulator = await startEmulator('--simulate', '20', '--cache-ms', '0');
    proxy = await CountingProxy.start(emulator.info.apiEndpoint);
    workbench = await Workbench.open({ 'apsaramqMqtt.verifyChanges': false }, { inventory: inventory() });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openView();
    await workbench.row(/Plant/).waitFor();
    await workbench.setCredential('plant', LOCAL_KEY);
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-lookup-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });

  const widget = (): Locator => workbench.page.locator('.quick-input-widget');
  const input = (): Locator => widget().locator('input[type=text]').first();
  /** As a screen reader says it. */
  const row = (says: RegExp): Locator => widget().getByRole('option', { name: says });
  const saying = (clientId: string): RegExp => new RegExp(`^${clientId}, (online|offline) · `);
  const active = (says: RegExp): Locator =>
    widget()
      .locator('.monaco-list-row.focused')
      .and(workbench.page.getByRole('option', { name: says }));
  const press = (key: string) => workbench.page.keyboard.press(key);

  async function open(title: RegExp = /Look Up Clients of "Plant"/): Promise<void> {
    await workbench.runCommand('ApsaraMQ MQTT: Look Up Clients…');
    await widget().filter({ hasText: title }).waitFor();
  }

  async function close(): Promise<void> {
    await press('Escape');
    await widget().waitFor({ state: 'hidden' });
  }

  async function paste(text: string): Promise<void> {
    await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await input().focus();
    await press('Control+V');
  }

  async function callsSettle(count: number): Promise<void> {
    await eventually(
      `${count} calls`,
      () => proxy.calls.filter(({ code }) => code !== undefined).length >= count,
      SECONDS,
    );
    assert.equal(proxy.calls.length, count);
  }

  it('chooses the instance once, and sees its saved clients with how many are not shown', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: Look Up Clients…');
    await widget().filter({ hasText: 'Choose an instance' }).waitFor();
    await row(/^Plant/).click();
    await widget().filter({ hasText: 'Look Up Clients of "Plant"' }).waitFor();
    await active(/device-001, not checked · Gateways, saved clients/).waitFor();
    await input().fill('meter');
    await active(/meter-1, not checked · Meters/).waitFor();
    // VS Code filters the old list by itself until the new one is there.
    const isAtMore = async () => (
      await press('Control+End'),
      active(/^50 of 1,214 saved clients shown, type on/).isVisible()
    );
    await eventually('how many are not shown', isAtMore, SECONDS);
    await workbench.picture('lookup-1-more');
    await close();
    await callsSettle(0);
  });

  it('finds a saved client by some of its letters, and Enter checks it in its row', async () => {
    await open();
    await input().fill('lcl d17');
    await active(/GID_local@@@device-017, not checked · Gateways/).waitFor();
    await workbench.picture('lookup-2-loose');
    await press('Enter');
    await active(/device-017, (online|offline) · just now · cached · Gateways/).waitFor();
    await widget().filter({ hasText: 'Enter on an answer verifies it in real time (1 call)' }).waitFor();
    await workbench.picture('lookup-3-answer');
    await callsSettle(1);
    await press('Enter');
    await active(/device-017, (online|offline) · just now · verified · Gateways/).waitFor();
    await callsSettle(2);
    // What is pasted behind a text that was looked up is another look-up, not the end of one long ID.
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.insertText('GID_local@@@device-018');
    await active(/GID_local@@@device-018/).waitFor();
    assert.equal(await input().inputValue(), 'GID_local@@@device-018');
    await close();
  });

  it('completes a group ID, and looks up a client that is saved nowhere', async () => {
    await open();
    await active(/device-017, .* · verified · Gateways, recent look-ups/).waitFor();
    await workbench.picture('lookup-4-recent');
    await input().fill('GID_lo');
    await active(/GID_local@@@…, 20 saved clients/).waitFor();
    await workbench.picture('lookup-5-group');
    await press('Enter');
    await eventually('the group ID in the box', async () => (await input().inputValue()) === 'GID_local@@@', SECONDS);
    await row(/device-001/).waitFor();
    await workbench.page.keyboard.type('device-1');
    await active(/^GID_local@@@device-1, look up \(1 call\) · not saved/).waitFor();
    await workbench.picture('lookup-6-not-saved');
    await press('Enter');
    await active(/^GID_local@@@device-1, offline · just now · cached · not saved/).waitFor();
    await callsSettle(3);
  });

  it('reaches the buttons by keyboard, adds the client to a group, and is back where it was', async () => {
    const { page } = workbench;
    const focused = () => page.evaluate<string>(`document.activeElement?.getAttribute('aria-label') ?? ''`);
    // Tab goes to the buttons of the row, arrows among them.
    /** A row that is drawn anew under the focus takes no arrow. */
    const arrowTo = async (tooltip: string): Promise<void> => {
      const before = await focused();
      for (let attempt = 0; attempt < 5 && (await focused()) === before; attempt++) {
        await press('ArrowRight');
        await eventually('an arrow', async () => (await focused()) !== before, 1000).catch(() => undefined);
      }
      assert.ok((await focused()).startsWith(tooltip), await focused());
    };
    const toWatch = async (): Promise<void> => {
      for (let step = 0; step < 6 && !(await focused()).startsWith('Verify in real time'); step++) await press('Tab');
      await arrowTo('Watch until…');
    };
    await toWatch();
    await press('Enter');
    await widget().filter({ hasText: 'Watch GID_local@@@device-1' }).waitFor();
    await press('Escape');
    await active(/^GID_local@@@device-1, offline · .* · cached · not saved/).waitFor();
    await close();
    await open();
    await input().fill('GID_local@@@device-1');
    await active(/^GID_local@@@device-1, offline · .* · cached · not saved/).waitFor();
    // A list that is drawn anew takes the focus from a button.
    const groups = widget().filter({ hasText: 'Choose a group' });
    await eventually(
      'the groups',
      async () => {
        await toWatch();
        await arrowTo('Add to a group…');
        await workbench.picture('lookup-7-buttons');
        await press('Enter');
        return groups.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      },
      30_000,
    );
    await row(/^Gateways/).click();
    await active(/^GID_local@@@device-1, offline · .* · cached · Gateways/).waitFor();
    assert.equal(await input().inputValue(), 'GID_local@@@device-1');
    await active(/device-1/)
      .getByRole('button', { name: 'Copy Client ID' })
      .click();
    await eventually(
      'the client ID in the clipboard',
      async () => (await page.evaluate<string>('navigator.clipboard.readText()')) === 'GID_local@@@device-1',
      SECONDS,
    );
    assert.equal(
      await active(/device-1/)
        .getByRole('button', { name: 'Add to a group' })
        .count(),
      0,
    );
    await close();
    await callsSettle(3);
  });

  it('looks up what was typed even where Enter comes before the list', async () => {
    await open();
    await input().fill('GID_local@@@device-9');
    await press('Enter');
    await active(/^GID_local@@@device-9, offline · just now · cached · not saved/).waitFor();
    assert.deepEqual(proxy.calls.at(-1)?.clientIds, ['GID_local@@@device-9']);
    await close();
  });

  it('pastes lines, sees the answers live with the row kept, and verifies one of them', async () => {
    const before = proxy.calls.length;
    await open();
    await paste([...DEVICES, ...PASTED.slice(0, 20), '设备'].join('\r\n'));
    await active(/^Look up 40 client IDs \(4 calls\), 40 accepted, 1 refused, the first is "设备"/).waitFor();
    await workbench.picture('lookup-8-paste');
    await press('Enter');
    await row(/device-001, online · just now · cached · Gateways/).waitFor();
    await press('ArrowDown');
    await press('ArrowDown');
    await active(/device-003/).waitFor();
    await callsSettle(before + 4);
    await workbench.picture('lookup-9-answers', 'lookup.png', 960, 430);
    for (const [at, clientId] of DEVICES.slice(0, 10).entries())
      assert.match((await widget().getByRole('option').nth(at).getAttribute('aria-label')) ?? '', saying(clientId));
    await active(/device-003/)
      .getByRole('button', { name: 'Verify in real time (1 call)' })
      .click();
    await active(/device-003, (online|offline) · just now · verified/).waitFor();
    await callsSettle(before + 5);
    await close();
  });

  it('pastes 300, and finds them in the table with what was refused', async () => {
    const before = proxy.calls.length;
    await open();
    await paste([...PASTED, 'x'.repeat(65)].map((id) => `"${id}"`).join(',\n'));
    await active(/^Look up 300 client IDs in a table \(30 calls\), 300 accepted, 1 refused/).waitFor();
    await workbench.picture('lookup-10-paste-300');
    await press('Enter');
    const table = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await table.getByText('Client IDs: look-up in "Plant"').first().waitFor();
    await table.getByText('300 accepted, 1 refused').waitFor();
    await table.getByRole('row', { name: /probe-001, Plant, offline/ }).waitFor();
    await callsSettle(before + 30);
    await workbench.picture('lookup-11-table');
  });

  it('reads in the row what failed and what to do, in another instance chosen by the button', async () => {
    await open();
    await input().fill('GID_van@@@1');
    await active(/look up \(1 call\) · not saved · saved in "Depot"/).waitFor();
    await widget().getByRole('button', { name: 'Choose another instance' }).click();
    await widget().filter({ hasText: 'Choose an instance' }).waitFor();
    await row(/^Depot/).click();
    await active(/^GID_van@@@1, not checked · Vans/).waitFor();
    await press('Enter');
    await active(/^GID_van@@@1, check failed · Vans, .*AccessKey.*MissingCredential/).waitFor();
    await workbench.picture('lookup-12-failed');
    await close();
  });

  it('finds its instance and its look-ups again after a reload', async () => {
    const { page } = workbench;
    await open(/Look Up Clients of "Depot"/);
    await widget().getByRole('button', { name: 'Choose another instance' }).click();
    await row(/^Plant/).click();
    await widget().filter({ hasText: 'Look Up Clients of "Plant"' }).waitFor();
    await close();
    const before = proxy.calls.length;
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await workbench.openView();
    await workbench.row(/Plant/).waitFor();
    await workbench.setCredential('plant', LOCAL_KEY);
    await open();
    await row(/^GID_local@@@device-9, offline · .* ago · cached · not saved/).waitFor();
    await row(/^GID_local@@@device-017, .* · verified · Gateways/).waitFor();
    await workbench.picture('lookup-13-reloaded');
    await row(/device-9,/).hover();
    await row(/device-9,/)
      .getByRole('button', { name: 'Remove from the recent look-ups' })
      .click();
    await row(/device-9,/).waitFor({ state: 'detached' });
    await row(/Clear the recent look-ups/).click();
    await row(/recent look-ups/)
      .first()
      .waitFor({ state: 'detached' });
    await row(/device-001, .*, saved clients/).waitFor();
    await close();
    assert.equal(proxy.calls.length, before);
  });

  it('is not asked at all which instance where there is one', async () => {
    const { instances } = inventory();
    await workbench.saveInventory({ instances: instances.slice(1) });
    await workbench.row(/Depot/).waitFor({ state: 'detached' });
    await open();
    assert.equal(await widget().getByRole('button', { name: 'Choose another instance' }).count(), 0);
    await close();
  });
});

describe('a person who looks up clients in Chinese', () => {
  it('meets no English', async () => {
    const groups = [{ name: '网关', groupId: 'GID_local', clientIds: [...DEVICES, ...METERS] }];
    const instance = { name: '工厂', instanceId: LOCAL_INSTANCE_ID, regionId: 'cn-hangzhou', credential: 'nobody' };
    const workbench = await Workbench.open(
      {},
      { language: 'zh-cn', inventory: { instances: [{ ...instance, groups }] } },
    );
    try {
      await workbench.page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
      await workbench.row(/工厂/).waitFor();
      await workbench.runCommand('ApsaraMQ MQTT: 查询客户端');
      const widget = workbench.page.locator('.quick-input-widget');
      const input = widget.locator('input[type=text]').first();
      await widget.filter({ hasText: '查询“工厂”的客户端' }).waitFor();
      await input.fill('GID_new@@@1');
      await widget.getByText('查询（1 次调用，状态有变化时为 2 次） · 未保存').waitFor();
      await workbench.page.keyboard.press('Enter');
      await widget.getByText('检查失败 · 未保存').waitFor();
      await input.fill('GID');
      await widget.getByText('20 个已保存的客户端').waitFor();
      await workbench.picture('lookup-14-chinese');
      await input.fill('');
      await widget.getByText('清空最近查询').waitFor();
      await workbench.picture('lookup-15-chinese-recent');
      const said = await widget.innerText();
      // "Results" is VS Code's own count for screen readers.
      const english = said.replace(/GID_\S+|GID|MissingCredential|AccessKey|Enter|ID|Results/g, '');
      assert.equal(/[A-Za-z]{2,}/.exec(english), null, english);
    } finally {
      await workbench.dispose();
    }
  });
});
