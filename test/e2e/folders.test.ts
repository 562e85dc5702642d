import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const ONLINE = 'GID_local@@@device-001';
const SETTINGS = { 'apsaramqMqtt.localInstance.simulatedClients': 5, 'terminal.integrated.gpuAcceleration': 'off' };

async function startLocal(workbench: Workbench): Promise<void> {
  await workbench.openView();
  await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
  await workbench.row(/Instance Local instance, 3\/5 online/).waitFor();
}

async function runTask(page: Page, name: RegExp): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input[type=text]').first().fill('>Tasks: Run Task');
  await page.getByRole('option', { name: /^Tasks: Run Task/ }).click();
  await page.getByRole('option', { name }).click();
}

/** Saves the table's rows by VS Code's dialog, as far as its path; resolves with that. */
async function pathOffered(page: Page): Promise<string> {
  const table = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await table.getByRole('combobox').selectOption('csv');
  await table.getByRole('button', { name: 'Save…' }).click();
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await eventually('the dialog', async () => (await input.inputValue()).endsWith('.csv'), 10_000);
  const path = await input.inputValue();
  await page.keyboard.press('Escape');
  return path;
}

describe('a window without a folder', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(SETTINGS);
    await startLocal(workbench);
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-empty-${this.currentTest.title.length}`);
  });

  it('finds client IDs in a text that is nowhere saved, and offers the home folder for the results', async () => {
    const { page } = workbench;
    await workbench.runCommand('Create: New Untitled Text File');
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.type(`${ONLINE} `);
    await workbench.runCommand('ApsaraMQ MQTT: Check Client IDs in File');
    const path = await pathOffered(page);
    assert.equal(path, join(homedir(), 'client-status.csv'));
    await workbench.picture('f1-empty');
  });

  it('keeps what was entered of an instance when one goes back, a mistyped endpoint too', async () => {
    const { page } = workbench;
    const back = () => page.locator('.quick-input-widget').getByRole('button', { name: 'Back' }).click();
    const place = page.getByPlaceholder(/Choose a region/);
    await workbench.runCommand('ApsaraMQ MQTT: Add Instance');
    await place.fill('https://mqtt.example.com');
    await page.keyboard.press('Enter');
    await eventually('the endpoint again', async () => (await place.inputValue()) === 'https://mqtt.example.com', 5000);
    // The list that refused the first text may still be closing: what is typed into it is lost.
    await eventually(
      'what was typed is offered',
      async () => {
        await place.fill('mqtt.example.con');
        return page.locator('.quick-input-list').getByText('mqtt.example.con').first().isVisible();
      },
      15_000,
    );
    await page.keyboard.press('Enter');
    await workbench.answerPick(/Choose a credential/, 'work');
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, for this session only');
    await workbench.answer(/AccessKey ID/, 'an-id');
    await workbench.answer(/AccessKey secret/, 'a-secret');
    await workbench.answer(/STS token/, '');
    const instanceId = page.getByPlaceholder(/Type the instance ID/);
    await instanceId.fill('post-cn 1');
    await page
      .getByText(/holds no blanks and nothing invisible/)
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await instanceId.fill('post-cn-1');
    await page.getByText('instance ID, as typed').first().waitFor();
    await page.keyboard.press('Enter');
    const name = page.locator('.quick-input-widget').filter({ hasText: 'A name of your choice' });
    await name.waitFor();
    assert.equal(await name.locator('input[type=text]').first().inputValue(), 'post-cn-1');
    await back();
    await instanceId.waitFor();
    assert.equal(await instanceId.inputValue(), 'post-cn-1');
    await workbench.picture('f5-back');
    await back();
    const holds = async (prompt: string, value: string): Promise<void> => {
      const asked = page.locator('.quick-input-widget').filter({ hasText: prompt });
      await asked.waitFor();
      assert.equal(await asked.locator('input').first().inputValue(), value);
    };
    await holds('STS token', '');
    await back();
    await holds('AccessKey secret', 'a-secret');
    await back();
    await holds('AccessKey ID', 'an-id');
    await back();
    await page.getByPlaceholder(/Where the key comes from/).waitFor();
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'for this session only' }).waitFor();
    await back();
    const credential = page.getByPlaceholder(/Choose a credential/);
    await credential.waitFor();
    assert.equal(await credential.inputValue(), 'work');
    await back();
    await place.waitFor();
    assert.equal(await place.inputValue(), 'mqtt.example.con');
    await page.keyboard.press('Escape');
  });
});

describe('a window with two folders', () => {
  let workbench: Workbench;
  let root: string;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'two-'));
    const [first, second] = [join(root, 'firmware'), join(root, 'backend')];
    await mkdir(first);
    await mkdir(join(second, '.vscode'), { recursive: true });
    await writeFile(join(first, 'devices.log'), `${ONLINE} up\n`);
    const wrong = { label: 'wrong', type: 'apsaramq-mqtt', group: 'Nobody', problemMatcher: [] };
    const task = { label: 'wait for the board', type: 'apsaramq-mqtt', clients: [ONLINE], problemMatcher: [] };
    await writeFile(join(second, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task, wrong] }));
    const workspace = join(root, 'both.code-workspace');
    await writeFile(workspace, JSON.stringify({ folders: [{ path: 'firmware' }, { path: 'backend' }] }));
    workbench = await Workbench.open(SETTINGS, { folder: workspace });
    await startLocal(workbench);
  });
  after(async () => {
    await workbench.dispose();
    await rm(root, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-two-${this.currentTest.title.length}`);
  });

  it('runs a task that the second of them defines', async () => {
    const { page } = workbench;
    await runTask(page, /wait for the board.*backend/);
    await page
      .getByText(/device-001: online, seen at .* \(verified\)/)
      .first()
      .waitFor();
    await workbench.picture('f2-task');
  });

  it('says in the terminal what is wrong with a task, and VS Code says nothing that is not so', async () => {
    const { page } = workbench;
    await runTask(page, /^wrong/);
    await page
      .getByText(/There is no group "Nobody" in this instance/)
      .first()
      .waitFor();
    await page
      .getByText(/Terminal will be reused by tasks|terminated with exit code|failed to launch/)
      .first()
      .waitFor();
    await workbench.picture('f4-wrong-task');
    assert.equal(await page.getByText(/failed to launch/).count(), 0);
  });

  it('offers the first of them for the results', async () => {
    const { page } = workbench;
    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await page.getByRole('treeitem', { name: 'firmware' }).first().waitFor();
    await page.getByRole('treeitem', { name: 'devices.log' }).dblclick();
    await page.locator('.editor-instance .view-line').first().click();
    await workbench.runCommand('ApsaraMQ MQTT: Check Client IDs in File');
    assert.equal(await pathOffered(page), join(root, 'firmware', 'client-status.csv'));
    await workbench.picture('f3-two');
  });
});
