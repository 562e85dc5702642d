import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory } from '../../src/model/inventory/inventory';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const CSV = 'devices.csv';
const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-plant', regionId: 'cn-hangzhou', credential: 'nobody' };
const PUMPS = { name: 'Pumps', groupId: 'GID_pump', clientIds: ['GID_pump@@@dev-001', 'GID_pump@@@dev-002'] };
const INVENTORY: Inventory = { instances: [{ ...PLANT, groups: [{ name: 'Valves', clientIds: [] }, PUMPS] }] };

/** A list as a spreadsheet writes it in China: semicolons, quotes, a byte order mark, and three rows that are no devices. */
function csvText(): string {
  const rows = Array.from({ length: 40 }, (_, at) => `${at + 1};"hall; ${at}";dev-${String(at + 1).padStart(3, '0')}`);
  return `\uFEFF编号;Place;Device\r\n${[...rows, '41;yard;设备', `42;yard;${'x'.repeat(70)}`, '43;yard;a b'].join('\r\n')}\r\n`;
}

async function openWorkbench(folder: string, language = 'en'): Promise<Workbench> {
  await writeFile(join(folder, CSV), csvText());
  await writeFile(join(folder, 'app.yaml'), 'clients:\n  - GID_pump@@@dev-001\n  - GID_pump@@@spare-1\n');
  await writeFile(join(folder, 'main.c'), 'connect("GID_pump@@@spare-1");\nconnect("GID_pump@@@spare-2");\n');
  await writeFile(join(folder, 'firmware.bin'), Buffer.from('\0GID_pump@@@never'));
  const workbench = await Workbench.open({}, { folder, language, inventory: INVENTORY });
  await workbench.page
    .getByRole('tab', { name: /ApsaraMQ for MQTT|云消息队列 MQTT 版/ })
    .first()
    .click();
  await workbench.row(/Plant.*(no key|没有密钥)/).waitFor({ timeout: 60_000 });
  return workbench;
}

/**
 * VS Code's own dialog is a quick pick here. It looks at the folder first, puts that into the box, and takes Enter only
 * then; an Enter too many would go to what comes next.
 */
async function chooseFileIn({ page }: Workbench, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]').first();
  const shown = async (): Promise<string> => ((await input.isHidden()) ? '' : input.inputValue());
  await eventually('the dialog', async () => (await shown()).startsWith('/'), 10_000);
  await eventually(
    'the end of the dialog',
    async () => {
      const text = await shown();
      if (text !== '' && text !== path) await input.fill(path);
      await page.waitForTimeout(500);
      if (text !== path || (await shown()) !== path) return text === '';
      await page.keyboard.press('Enter');
      for (let waited = 0; waited < 10 && (await shown()) === path; waited++) await page.waitForTimeout(500);
      return false;
    },
    30_000,
  );
}

describe('a person who imports clients', () => {
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-'));
    workbench = await openWorkbench(folder);
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-${this.currentTest.title.slice(0, 30).replaceAll(' ', '-')}`);
  });

  const saved = async (group = 'Pumps') => {
    const text = await readFile(join(workbench.storage, 'inventory.json'), 'utf8');
    return (JSON.parse(text) as Inventory).instances[0]?.groups.find(({ name }) => name === group)?.clientIds ?? [];
  };
  const option = (text: string | RegExp) =>
    workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  const toast = (text: string | RegExp) =>
    workbench.page.locator('.notifications-toasts .notification-toast', { hasText: text });

  const chooseFile = (path: string): Promise<void> => chooseFileIn(workbench, path);

  it('chooses a file from the menu of a group, and finds the column of client IDs chosen already', async () => {
    await workbench.chooseFor(/Pumps/, 'Import Clients…');
    await option('From a file').waitFor();
    await workbench.picture('import-1-source');
    await option('From a file').click();
    await chooseFile(join(folder, CSV));
    await workbench.page.getByPlaceholder('Which column holds the client IDs?').waitFor();
    const active = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
    assert.match((await active.textContent()) ?? '', /Device.*dev-001 · dev-002 · dev-003/);
    await workbench.picture('import-2-column');
    await workbench.page.keyboard.press('Enter');
  });

  it('sees what is new, known and refused, and why, before anything is saved', async () => {
    await option('Import 38 clients').waitFor();
    await option(/^设备.*printable ASCII/).waitFor();
    await option(/at most 64 characters/).waitFor();
    await workbench.picture('import-3-preview');
    assert.deepEqual(await saved(), PUMPS.clientIds);
    await workbench.page.keyboard.press('Enter');
    await toast('Imported into "Pumps": 38 new, 2 already in the group, 3 refused').waitFor();
    await eventually('40 clients', async () => (await saved()).length === 40, 5000);
    assert.equal((await saved()).at(-1), 'GID_pump@@@dev-040');
  });

  it('takes exactly that out again', async () => {
    await workbench.picture('import-4-told');
    await toast('Imported into "Pumps"').getByRole('button', { name: 'Undo' }).click();
    await eventually('two clients', async () => (await saved()).length === 2, 5000);
    assert.deepEqual(await saved(), PUMPS.clientIds);
  });

  it('types a range, is told what is wrong with it, and sees what it makes', async () => {
    await workbench.chooseFor(/Pumps/, 'Import Clients…');
    await option('From a range').click();
    const input = workbench.page.getByPlaceholder(/a range such as dev-\{001\.\.200\}/);
    await input.fill('dev-{001..');
    await option('The brace "{001.." is not closed.').waitFor();
    await workbench.page.keyboard.press('Enter');
    await input.fill('dev-{200..001}');
    await option('The range "{200..001}" ends before it begins.').waitFor();
    await workbench.picture('import-5-wrong-range');
    await input.fill('dev-{001..200}');
    await option(/GID_pump@@@dev-003 and 197 more.*198 accepted.*2 there already/).waitFor();
    await workbench.picture('import-6-range');
    await workbench.page.keyboard.press('Enter');
    await toast('198 new, 2 already in the group').waitFor();
    await eventually('200 clients', async () => (await saved()).length === 200, 5000);
  });

  it('ticks what stands in the workspace, of which what is saved is marked', async () => {
    const { page } = workbench;
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.chooseFor(/Valves/, 'Import Clients…');
    await option('From the workspace').click();
    await option(/GID_pump@@@spare-1.*app\.yaml and 1 more file · 2 times/).waitFor();
    await option(/GID_pump@@@dev-001.*saved in "Pumps"/).waitFor();
    await page.getByPlaceholder('Files looked through: 3; left out: binary: 1').waitFor();
    assert.equal(
      await option(/dev-001/)
        .getByRole('checkbox')
        .isChecked(),
      false,
    );
    await workbench.picture('import-7-ticks');
    await page.keyboard.press('Enter');
    await toast('Imported into "Valves": 2 new').waitFor();
    await eventually('the ticked ones', async () => (await saved('Valves')).length === 2, 5000);
    assert.deepEqual(await saved('Valves'), ['GID_pump@@@spare-1', 'GID_pump@@@spare-2']);
  });

  it('exports the inventory to a file and reads it back, with a warning of an endpoint that is not the vendor’s', async () => {
    const path = join(folder, 'inventory.json');
    await workbench.runCommand('ApsaraMQ MQTT: Export Inventory…');
    await option('JSON file').click();
    await chooseFile(path);
    await toast(`Saved to ${path}. No key is in it`).waitFor();
    const exported = JSON.parse(await readFile(path, 'utf8')) as Inventory;
    const evil = { ...PLANT, name: 'Elsewhere', instanceId: 'mqtt-x', endpoint: 'keys.example.com', groups: [] };
    const more = { name: 'New', clientIds: ['GID_pump@@@new'] };
    const [plant] = exported.instances;
    assert.ok(plant);
    await writeFile(path, JSON.stringify({ instances: [{ ...plant, groups: [...plant.groups, more] }, evil] }));
    await workbench.runCommand('ApsaraMQ MQTT: Import Clients…');
    await option('From a file').click();
    await chooseFile(path);
    await option(/Plant.*new groups: 1, new clients: 1, there already: 202/).waitFor();
    await option(/Elsewhere.*The key of "nobody" would go to keys\.example\.com/).waitFor();
    assert.equal(
      await option(/Elsewhere/)
        .getByRole('checkbox')
        .isChecked(),
      false,
    );
    await workbench.picture('import-8-inventory');
    await workbench.page.keyboard.press('Enter');
    await toast('Imported: new instances: 0, new groups: 1, new clients: 1').waitFor();
    assert.deepEqual(await saved('New'), ['GID_pump@@@new']);
  });
});

describe('a person who imports clients in Chinese', () => {
  it('meets no English', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'import-'));
    const workbench = await openWorkbench(folder, 'zh-cn');
    try {
      const { page } = workbench;
      const option = (text: string | RegExp) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
      const said = async (): Promise<string> =>
        (await page.locator('.quick-input-widget').innerText()).replace(
          /GID_\S+|dev-\d+|Pumps|devices\.csv|app\.yaml|main\.c|spare-\d|Place|Device|hall|CSV|JSON|ASCII|ID|x{40,}|a b|OK|Results?|Selected/g,
          '',
        );
      await workbench.chooseFor(/Pumps/, '导入客户端…');
      await option('从文件…').waitFor();
      assert.doesNotMatch(await said(), /[A-Za-z]{2,}/);
      await option('从文件…').click();
      await chooseFileIn(workbench, join(folder, CSV));
      await page.getByPlaceholder('哪一列是客户端 ID？').waitFor();
      assert.doesNotMatch(await said(), /[A-Za-z]{2,}/);
      await workbench.picture('import-9-chinese-column');
      await page.keyboard.press('Enter');
      await option('导入 38 个客户端').waitFor();
      assert.doesNotMatch(await said(), /[A-Za-z]{2,}/);
      await workbench.picture('import-10-chinese-preview');
      await page.keyboard.press('Escape');
      await workbench.chooseFor(/Pumps/, '导入客户端…');
      await option('从工作区').click();
      await option(/spare-1.*及另外 1 个文件 · 2 次/).waitFor();
      assert.doesNotMatch(await said(), /[A-Za-z]{2,}/);
      await workbench.picture('import-11-chinese-ticks');
    } finally {
      await workbench.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
