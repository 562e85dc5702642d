import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { CountingProxy } from '../host/countingProxy';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const INTERVAL_MS = 10_000; // the least there is
const CLIENT_ID = 'GID_bench@@@board-1';
const RESTRICTED = /Restricted Mode: what you saved is shown and can be checked by hand/;
const REFUSAL = /In Restricted Mode nothing that is saved is changed/;
const TASK = { label: 'wait for the board', type: 'apsaramq-mqtt', clients: [CLIENT_ID], problemMatcher: [] };

/** All that a folder might try. The last three are of folders, if they are trusted; the others are the user's own. */
const HOSTILE = {
  'apsaramqMqtt.localInstance.startWithWindow': true,
  'apsaramqMqtt.autoRefresh.stopAfterMinutes': 1440,
  'apsaramqMqtt.clientIdPatterns': ['^(\\w+\\s?)*$'],
  'apsaramqMqtt.notifications.enabled': true,
  'apsaramqMqtt.debug.watchGroups': ['Bench'],
  'apsaramqMqtt.editor.inlineStatus': true,
  'apsaramqMqtt.editor.codeLens': true,
};

describe('a folder that is not trusted', () => {
  let emulator: EmulatorProcess;
  let proxy: CountingProxy;
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    proxy = await CountingProxy.start(emulator.info.apiEndpoint);
    folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(HOSTILE));
    await writeFile(join(folder, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [TASK] }));
    await writeFile(join(folder, 'devices.json'), JSON.stringify({ board: CLIENT_ID }));
    const groups = [{ name: 'Bench', clientIds: [CLIENT_ID] }];
    const plant = {
      name: 'Plant',
      instanceId: LOCAL_INSTANCE_ID,
      endpoint: proxy.endpoint,
      credential: 'plant',
      groups,
    };
    const ownTimer = { 'apsaramqMqtt.autoRefresh.intervalSeconds': INTERVAL_MS / 1000 };
    workbench = await Workbench.open(ownTimer, { inventory: { instances: [plant] }, folder, hasWorkspaceTrust: true });
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await emulator.end();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-untrusted-${this.currentTest.title.length}`);
  });

  const saved = (): Promise<string> => readFile(join(workbench.storage, 'inventory.json'), 'utf8');
  const dialog = (text: RegExp) => workbench.page.getByRole('dialog').filter({ hasText: text });
  const toast = (text: RegExp) => workbench.page.locator('.notification-toast').filter({ hasText: text });

  it('is looked at in Restricted Mode, and the view says so', async () => {
    const question = dialog(/Do you trust the authors of the files in this folder\?/);
    await question.waitFor();
    await workbench.picture('u1-question');
    await question.getByRole('button', { name: /^No,/ }).click();
    await question.waitFor({ state: 'detached' });
    await workbench.openView();
    await workbench.row(/Instance Plant/).waitFor();
    await workbench.page.getByText(RESTRICTED).first().waitFor();
    await workbench.picture('u2-restricted');
  });

  it('costs no call, starts nothing and changes no setting, though its settings ask for all that', async () => {
    const { page } = workbench;
    await workbench.setCredential('plant', LOCAL_KEY);
    await workbench.runCommand('Go to File');
    await workbench.answerPick(/Search files by name/, 'devices.json');
    await page.locator('.monaco-editor .view-line').first().waitFor();
    // That nothing happens shows only by waiting; a round that fails for want of the key is followed by a longer pause.
    await page.waitForTimeout(2.5 * INTERVAL_MS);
    await workbench.picture('u3-hostile');
    assert.deepEqual(proxy.calls, []);
    assert.equal(await page.locator('.codelens-decoration').count(), 0);
    assert.equal(await workbench.row(/Instance Local instance/).count(), 0);
  });

  it('lets a person check by hand', async () => {
    await workbench.chooseFor(/^Group Bench/, 'Check Group');
    await workbench.row(/board-1, offline · just now/).waitFor();
    assert.equal(proxy.calls.length, 1);
    await workbench.picture('u4-checked');
  });

  it('lets nobody change what is saved, nor ask by itself, and says how to go on', async () => {
    const before = await saved();
    const refused = async (act: () => Promise<void>): Promise<void> => {
      await act();
      await toast(REFUSAL).waitFor();
      await workbench.runCommand('Notifications: Clear All Notifications');
      await toast(REFUSAL).waitFor({ state: 'detached' });
    };
    await refused(() => workbench.runCommand('ApsaraMQ MQTT: Add Instance'));
    await refused(() => workbench.runCommand('ApsaraMQ MQTT: Start Local Instance'));
    await refused(() => workbench.runCommand('ApsaraMQ MQTT: Remove Credential'));
    await refused(() => workbench.chooseFor(/board-1/, 'Expect Online'));
    await refused(() => workbench.chooseFor(/board-1/, 'Watch Until…'));
    await refused(() => workbench.chooseFor(/^Group Bench/, 'Start Auto Refresh…'));
    await workbench.chooseFor(/^Group Bench/, 'Rename Group…');
    await toast(REFUSAL).getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await workbench.picture('u5-refused');
    assert.equal(await saved(), before);
    assert.equal(proxy.calls.length, 1);
  });

  it('runs no task of ours before VS Code has asked', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input[type=text]').first().fill('>Tasks: Run Task');
    await page.getByRole('option', { name: /^Tasks: Run Task/ }).click();
    const question = dialog(/Do you trust the authors/);
    await question.waitFor();
    await workbench.picture('u6-task');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    assert.equal(proxy.calls.length, 1);
  });

  it('is worked in as any other once it is trusted', async () => {
    const { page } = workbench;
    await toast(REFUSAL).getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await page.getByText(RESTRICTED).waitFor({ state: 'detached' });
    await page.locator('.monaco-modal-editor-block .codicon-close').last().click();
    await page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' });
    await page.getByText(/Auto refresh: next in \d+ seconds?/).waitFor();
    // Not before the answer to the check by hand is old.
    await eventually('a round of the own timer', () => proxy.calls.length > 1, 4 * INTERVAL_MS);
    await workbench.chooseFor(/board-1/, 'Expect Online');
    await workbench.row(/board-1, offline, expected online/).waitFor();
    await page.getByRole('tab', { name: /^devices\.json/ }).click();
    await page.locator('.codelens-decoration').first().waitFor();
    await workbench.picture('u7-trusted');
    assert.match(await saved(), /"expected": "online"/);
    assert.equal(await workbench.row(/Instance Local instance/).count(), 0);
  });
});
