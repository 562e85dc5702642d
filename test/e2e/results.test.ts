import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { eventually } from '../host/eventually';
import { freePort } from '../host/freePort';
import { Workbench } from '../host/workbench';

const LOG = 'devices.log';
const DEVICES = Array.from({ length: 20 }, (_, at) => `GID_local@@@device-${String(at + 1).padStart(3, '0')}`);
/** Nobody ever saw these. */
const OTHERS = Array.from({ length: 380 }, (_, at) => `GID_field@@@meter-${at + 1}`);
/** Saved at an instance whose key is not there. */
const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-plant', regionId: 'cn-hangzhou', credential: 'nobody' };
const PUMPS = ['GID_pump@@@1', 'GID_pump@@@2', '<b>GID_pump@3</b>'];

/** The log, line by line, with every ID twice. */
function logText(): string {
  const ids = [...DEVICES, ...OTHERS, ...PUMPS];
  return [...ids, ...ids].map((id, at) => `12:00:${String(at % 60).padStart(2, '0')} session of ${id} kept\n`).join('');
}

/** What a test needs of a workbench with a table of results. */
class Table {
  readonly frame: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.frame = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  row(label: RegExp): Locator {
    return this.frame.getByRole('row', { name: label });
  }

  async ids(count: number): Promise<string[]> {
    return (await this.frame.locator('tbody td.id').allTextContents()).slice(0, count);
  }

  /** Shows the tab of the log, which is open. */
  async showLog(): Promise<void> {
    const { page } = this.workbench;
    await page.getByRole('tab', { name: /^devices\.log/ }).click();
    await page.locator('.editor-instance .view-line').first().click();
  }

  /** Opens the log by the mouse: while a window starts, views take the focus from a quick pick. */
  async openLog(): Promise<void> {
    const { page } = this.workbench;
    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await page.getByRole('treeitem', { name: LOG }).dblclick();
    await page.locator('.editor-instance .view-line').first().click();
  }
}

async function openWorkbench(folder: string, language = 'en', settings: object = {}): Promise<Workbench> {
  const local = { name: 'Local instance', instanceId: 'mqtt-cn-local00001', credential: 'local', groups: [] };
  const apiPort = await freePort();
  return Workbench.open(
    {
      'apsaramqMqtt.localInstance.apiPort': apiPort,
      'apsaramqMqtt.localInstance.startWithWindow': true,
      'apsaramqMqtt.localInstance.simulatedClients': 20,
      ...settings,
    },
    {
      language,
      folder,
      inventory: {
        instances: [
          { ...local, endpoint: `127.0.0.1:${apiPort}` },
          { ...PLANT, groups: [{ name: 'Pumps', clientIds: PUMPS }] },
        ],
      },
    },
  );
}

describe('a person with a log full of client IDs', () => {
  let folder: string;
  let workbench: Workbench;
  let table: Table;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'logs-'));
    await writeFile(join(folder, LOG), logText());
    workbench = await openWorkbench(folder);
    table = new Table(workbench);
    await workbench.row(/Local instance/).waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });

  const clipboard = () => workbench.page.evaluate<string>('navigator.clipboard.readText()');

  it('is asked where to ask, told what it costs, and sees the answers in a table', async () => {
    const { page } = workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await table.openLog();
    await workbench.runCommand('ApsaraMQ MQTT: Check Client IDs in File');
    await page.locator('.quick-input-widget', { hasText: 'Choose an instance' }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Check 403 client IDs in 41 calls?').waitFor();
    await workbench.picture('results-1-cost');
    await dialog.getByRole('button', { name: 'Check', exact: true }).click();
    await table.row(/device-001, Local instance, online, (just now|\d+s ago), (cached|verified)/).waitFor();
    await table.frame.getByText('Client IDs: 403').waitFor();
    await table.frame.getByText('The first 300 of 403 rows.').waitFor();
    await workbench.picture('results-2-table', 'results.png', 985, 480);
  });

  it('shows the rest of the rows, which it counted', async () => {
    await table.frame.getByRole('button', { name: /Show 103 More/ }).click();
    await table.row(/GID_pump@@@2, Plant, check failed/).waitFor();
    assert.equal(await table.frame.locator('tbody tr').count(), 403);
    await table.row(/<b>GID_pump@3<\/b>, Plant/).waitFor();
    assert.equal(await table.frame.locator('b').count(), 0);
  });

  it('sorts by a press on a header, and by the keyboard', async () => {
    await table.frame.getByRole('button', { name: 'Status' }).click();
    await table.frame.getByText('Sorted by Status, ascending.').waitFor();
    await eventually('online first', async () => (await table.ids(12)).every((id) => id.includes('device')), 5000);
    await table.frame.getByRole('button', { name: /^Status/ }).press('Enter');
    await eventually('failed first', async () => (await table.ids(1))[0]?.includes('GID_pump') === true, 5000);
    await workbench.picture('results-3-sorted');
    assert.equal(
      await table.frame.getByRole('columnheader', { name: /Status/ }).getAttribute('aria-sort'),
      'descending',
    );
  });

  it('filters by state and by text, and sees how many are filtered out', async () => {
    await table.frame.getByRole('button', { name: /^online 12$/ }).click();
    await table.frame.getByText('Client IDs: 12 of 403 shown, the rest is filtered out').waitFor();
    await table.frame.getByRole('searchbox').fill('DEVICE-00');
    await eventually('fewer rows', async () => (await table.frame.locator('tbody tr').count()) < 12, 5000);
    await workbench.picture('results-4-filtered');
    await table.frame.getByRole('searchbox').fill('no such client');
    await table.frame.getByText('No row passes the filter.').waitFor();
    await table.frame.getByRole('searchbox').fill('');
  });

  it('chooses rows by the keyboard, and copies them as IDs, CSV, Markdown and JSON', async () => {
    const { page } = workbench;
    await table.frame.getByRole('button', { name: /^Client ID/ }).click();
    await table.frame.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await table.frame.getByText('Selected: 2').waitFor();
    await page.keyboard.press('Control+c');
    await table.frame.getByText('Copied to the clipboard: 2 client IDs.').waitFor();
    const chosen = await table.ids(2);
    assert.equal(await clipboard(), chosen.map((id) => `${id}\n`).join(''));
    await workbench.picture('results-5-chosen');
    for (const [format, shape] of [
      [
        'csv',
        /^clientId,instance,.*\r\nGID_local@@@device-\d+,Local instance,mqtt-cn-local00001,online,(true|false),20/,
      ],
      ['markdown', /^\| clientId \|.*\n\| --- \|.*\n\| `GID_local@@@device-\d+` \| Local instance \|/],
      ['json', /^\[\n {2}\{\n {4}"clientId": "GID_local/],
    ] as const) {
      await table.frame.getByRole('combobox').selectOption(format);
      await table.frame.getByRole('button', { name: 'Copy' }).click();
      await eventually(`${format} in the clipboard`, async () => shape.test(await clipboard()), 5000);
    }
  });

  it('saves what is shown to a file, through VS Code’s own dialog', async () => {
    const { page } = workbench;
    const path = join(folder, 'out.csv');
    await table.frame.getByRole('combobox').selectOption('csv');
    await table.frame.getByRole('button', { name: 'Save…' }).click();
    const input = page.locator('.quick-input-widget input[type=text]').first();
    await eventually('the dialog', async () => (await input.inputValue()).endsWith('client-status.csv'), 10_000);
    await input.fill(path);
    // The dialog looks at the folder first, and takes Enter only once it has.
    await eventually(
      'the file',
      async () => {
        await page.keyboard.press('Enter');
        return input.isHidden();
      },
      10_000,
    );
    await table.frame.getByText(`Saved to ${path}: 2 client IDs.`).waitFor();
    assert.match(await readFile(path, 'utf8'), /^\uFEFFclientId,instance/);
  });

  it('verifies the rows chosen, at the cost the button says', async () => {
    await table.frame.getByRole('button', { name: 'Verify (2 calls)' }).click();
    await eventually(
      'two verified rows',
      async () => (await table.row(/online, (just now|\d+s ago), verified/).count()) >= 2,
      5000,
    );
    await workbench.page.keyboard.press('Escape');
  });

  it('finds the table as it was after looking at another tab', async () => {
    await table.showLog();
    await workbench.page.getByRole('tab', { name: /Client IDs: devices\.log/ }).click();
    await table.frame.getByText('Client IDs: 12 of 403 shown, the rest is filtered out').waitFor();
  });

  it('sees ages go on by themselves', async () => {
    await table.row(/device-001,/).click();
    await table.frame.getByRole('button', { name: 'Check Again (1 call)' }).press('Enter');
    await table.frame.getByText('The check has ended.').waitFor();
    await table.row(/device-001, Local instance, online, just now/).waitFor();
    await table.row(/device-001, Local instance, online, 5s ago/).waitFor({ timeout: 15_000 });
  });

  it('checks a selection from the editor’s menu, without being asked again where', async () => {
    const { page } = workbench;
    await table.showLog();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Shift+End');
    await page.locator('.editor-instance .view-line').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Check Client IDs in Selection' }).hover();
    await workbench.picture('results-6-menu');
    await page.keyboard.press('Enter');
    await table.frame.getByText('Client IDs: the selection').waitFor();
    await table.frame.getByText('Client IDs: 1', { exact: true }).waitFor();
    await table.frame.getByRole('button', { name: 'Check Again (1 call)' }).waitFor();
  });

  it('has another instance asked about those that are saved nowhere', async () => {
    const { page } = workbench;
    await table.frame.getByRole('button', { name: 'Ask Another Instance…' }).click();
    await page.locator('.quick-input-widget', { hasText: 'Choose an instance' }).waitFor();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Plant' }).click();
    await table.row(/device-001, Plant, check failed/).waitFor();
  });

  it('checks a list from the clipboard, and is told what was left out of it', async () => {
    const text = JSON.stringify(['some-device', 'x'.repeat(65)]);
    await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await workbench.runCommand('ApsaraMQ MQTT: Check Client IDs from Clipboard');
    await table.row(/some-device, Plant, check failed/).waitFor();
    await table.frame.getByText('Left out because no client ID reads so: 1').waitFor();
    await workbench.picture('results-8-clipboard');
  });

  it('is told in a sentence that there is nothing to check', async () => {
    await workbench.page.evaluate("navigator.clipboard.writeText('all is well today')");
    await workbench.runCommand('ApsaraMQ MQTT: Check Client IDs from Clipboard');
    await workbench.page
      .locator('.notifications-toasts')
      .getByText('No client ID was found in the clipboard.')
      .waitFor();
  });
});

describe('a person in high contrast and Chinese', () => {
  it('meets no English in the table, and tells states apart by shape and word', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logs-'));
    await writeFile(join(folder, LOG), [...DEVICES, ...PUMPS, ...OTHERS.slice(0, 60)].join('\n'));
    const workbench = await openWorkbench(folder, 'zh-cn', {
      'workbench.colorTheme': 'Default High Contrast',
      'apsaramqMqtt.maxCallsPerSecond': 1,
    });
    try {
      const table = new Table(workbench);
      await workbench.row(/Local instance|本地实例/).waitFor({ timeout: 60_000 });
      await table.openLog();
      await workbench.runCommand('ApsaraMQ MQTT: 检查文件中的客户端 ID');
      await workbench.page.locator('.quick-input-widget', { hasText: '选择实例' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      // One call a second: some rows have their answer, the others wait until the check is cancelled.
      await table.row(/device-001, .*, 在线, .*, (缓存|已核实)/).waitFor();
      await table.row(/meter-60, .*, 检查中/).waitFor();
      await table.frame.getByText(/等待应答：[1-9]/).waitFor();
      await workbench.picture('results-9-chinese-running');
      await table.frame.getByRole('button', { name: '取消' }).press('Enter');
      await table.frame.getByText('检查已结束。').waitFor();
      await table.row(/meter-60, .*, 未检查/).waitFor();
      assert.equal(await table.frame.getByRole('button', { name: '取消' }).count(), 0);
      await table.row(/GID_pump@@@1, Plant, 检查失败/).waitFor();
      await table.row(/device-002/).click();
      await workbench.picture('results-7-chinese-high-contrast');
      const said = await table.frame.locator('body').innerText();
      const english = said.replace(
        /GID_\S+|mqtt-cn-\w+|Plant|Local instance|devices\.log|MissingCredential|CSV|JSON|Markdown|AccessKey|ID/g,
        '',
      );
      assert.equal(/[A-Za-z]{2,}/.exec(english), null, english);
    } finally {
      await workbench.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
