import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { Workbench } from '../host/workbench';

describe('a key entered in a browser whose server keeps none', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    const plant = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: emulator.info.apiEndpoint };
    const groups = [{ name: 'Bench', clientIds: ['GID_bench@@@board-1'] }];
    workbench = await Workbench.open({}, { inventory: { instances: [{ ...plant, credential: 'work', groups }] } });
    await workbench.openView();
  });
  after(async () => {
    await workbench.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-secrets-${this.currentTest.title.length}`);
  });

  it('is asked for with a word on who decides how long it lasts', async () => {
    const { page } = workbench;
    await workbench.row(/Instance Plant, no key for credential "work"/).waitFor();
    await workbench.runCommand('ApsaraMQ MQTT: Set Credential');
    await workbench.answerPick(/Choose a credential/, 'work');
    await workbench.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await workbench.answer(/AccessKey ID/, LOCAL_KEY.accessKeyId);
    await page
      .getByText(/AccessKey secret\. VS Code runs in a browser here: its server decides/)
      .first()
      .waitFor();
    await workbench.picture('k1-secret');
    await workbench.answer(/AccessKey secret/, LOCAL_KEY.accessKeySecret);
    await workbench.answer(/STS token/, '');
    await workbench.choose(/^Save without checking/);
    await workbench.checkUntil(/board-1, offline/);
  });

  it('is gone after a reload, which the row says, and why', async () => {
    const { page } = workbench;
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await workbench.openView();
    const row = workbench.row(/Instance Plant, the key for credential "work" was not kept/);
    await row.waitFor();
    await workbench.hoverUntil(row, /in a browser, keys may last only as long as the page/);
    await workbench.picture('k2-lost');
  });

  it('works again once it is entered again', async () => {
    await workbench.page.mouse.move(900, 400); // else a tooltip lies over the row
    await workbench.setCredential('work', LOCAL_KEY);
    await workbench.row(/Instance Plant, \d/).waitFor();
    await workbench.checkUntil(/board-1, offline · just now/);
  });
});
