import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { filesThatHold } from '../host/filesThatHold';
import { ForwardingProxy } from '../host/forwardingProxy';
import { Workbench } from '../host/workbench';

const MARK = `PLANTED${randomBytes(8).toString('hex')}`;
/** Where somebody may have put what is secret. */
type Planted = 'stored' | 'token' | 'inventory' | 'settings' | 'proxy' | 'profile' | 'malformed';
const marked = (place: Planted): string => `${MARK}-${place}`;

describe('a marked key in every place that may hold one', () => {
  let emulator: EmulatorProcess;
  let workbench: Workbench;
  let proxy: ForwardingProxy;
  let home: string;
  /** All that the page and the clipboard held, step by step. */
  const seen: string[] = [];

  before(async () => {
    emulator = await startEmulator('--cache-ms', '0');
    proxy = await ForwardingProxy.start({});
    proxy.login = 'me:another';
    home = await mkdtemp(join(tmpdir(), 'planted-'));
    const inventory = {
      instances: [
        instance('Plant', LOCAL_INSTANCE_ID, 'work', emulator.info.apiEndpoint),
        instance('Far', 'mqtt-cn-far', 'work', 'mqtt.example.test'),
        instance('Cli', 'mqtt-cn-cli', 'cli', emulator.info.apiEndpoint),
      ],
    };
    const settings = {
      'apsaramqMqtt.accessKeySecret': marked('settings'),
      'http.proxy': proxy.urlWith(`me:${marked('proxy')}`),
    };
    workbench = await Workbench.open(settings, { inventory, env: { HOME: home, DEBUG: '*' } });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openView();
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await emulator.end();
    await rm(home, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.picture(`failed-planted-${this.currentTest.title.length}`);
  });

  async function look(): Promise<void> {
    seen.push(await workbench.page.locator('body').innerHTML());
  }
  async function copied(): Promise<void> {
    seen.push(await workbench.page.evaluate<string>('navigator.clipboard.readText()'));
  }
  async function writeProfiles(text: string): Promise<void> {
    await mkdir(join(home, '.aliyun'), { recursive: true });
    await writeFile(join(home, '.aliyun', 'config.json'), text);
  }
  const setToProfile = async (): Promise<void> => {
    await workbench.runCommand('ApsaraMQ MQTT: Set Credential');
    await workbench.answerPick(/Choose a credential/, 'cli');
    await workbench.answerPick(/Where the key comes from/, 'Alibaba Cloud CLI profile');
    await workbench.page.locator('.quick-input-list').getByText('The current profile, whichever it is').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.choose(/^Save and check that the key fits "Cli"/);
    const failed = workbench.page.getByRole('dialog').filter({ hasText: 'Nothing is saved yet' });
    await failed.getByText(/the AccessKey secret is most likely wrong/).waitFor();
    await look();
    await failed.getByRole('button', { name: 'Save Anyway' }).click();
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  };

  it('fails where the key is wrong, in the SDK with DEBUG set, and is diagnosed', async () => {
    const { page } = workbench;
    const key = { ...LOCAL_KEY, accessKeySecret: marked('stored'), securityToken: marked('token') };
    await workbench.setCredential('work', key);
    await workbench.chooseFor(/^Instance Plant/, 'Check Instance');
    await workbench.row(/Plant-1, check failed/).waitFor();
    await workbench.hoverUntil(workbench.row(/Plant-1, check failed/), 'SignatureDoesNotMatch');
    await look();
    await page.mouse.move(900, 400);
    await workbench.chooseFor(/^Instance Plant/, 'Diagnose Instance… (up to 2 Calls)');
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();
    await page.locator('.notification-list-item').getByRole('button', { name: 'Copy Report' }).click();
    await page.getByText('The report was copied.').first().waitFor();
    await look();
    await copied();
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('fails at a proxy that wants another password', async () => {
    await workbench.chooseFor(/^Instance Far/, 'Check Instance');
    await workbench.hoverUntil(workbench.row(/Far-1, check failed/), 'ProxyAuthenticationRequired');
    await look();
    await workbench.page.mouse.move(900, 400);
  });

  it('fails with a profile of the CLI whose secret is wrong, and with a file that is malformed', async () => {
    const profile = { name: 'default', mode: 'AK', access_key_id: LOCAL_KEY.accessKeyId };
    const secret = { access_key_secret: marked('profile') };
    await writeProfiles(JSON.stringify({ current: 'default', profiles: [{ ...profile, ...secret }] }));
    await setToProfile();
    await workbench.chooseFor(/^Instance Cli/, 'Check Instance');
    await workbench.row(/Cli-1, check failed/).waitFor();
    await look();
    await writeProfiles(`{"current":"default","profiles":[{"access_key_secret":"${marked('malformed')}"]`);
    await workbench.chooseFor(/^Instance Cli/, 'Check Instance');
    await workbench.row(/^Instance Cli, the file of CLI profiles cannot be/).waitFor();
    await workbench.row(/Cli-1, check failed/).waitFor();
    await look();
  });

  it('stands in no export, no link, no page, no clipboard, and in no file but those where it was planted', async () => {
    const { page } = workbench;
    await workbench.runCommand('ApsaraMQ MQTT: Export Inventory');
    await page.getByRole('option', { name: /JSON to the clipboard/ }).click();
    await page
      .getByText(/Copied to the clipboard\. No key is in it/)
      .first()
      .waitFor();
    await copied();
    await workbench.chooseFor(/Plant-1,/, 'Copy Link to Client');
    await copied();
    await workbench.runCommand('ApsaraMQ MQTT: Show Log');
    await page.getByRole('tab', { name: /^Output/ }).waitFor();
    await look();
    assert.ok(seen.some((text) => text.includes('"instanceId": "mqtt-cn-far"')));
    assert.deepEqual(
      seen.map((text) => text.includes(MARK)),
      seen.map(() => false),
    );
    const { dataDir } = workbench.server;
    for (const place of ['stored', 'token', 'profile', 'malformed'] as const)
      assert.deepEqual(await filesThatHold(marked(place), dataDir), [], place);
    // VS Code itself keeps copies of its settings.
    const planted = /settings\.json$|inventory\.json$|\/History\/|\/CachedConfigurations\//;
    const files = await filesThatHold(MARK, dataDir);
    assert.deepEqual(
      files.filter((name) => !planted.test(name)),
      [],
    );
    assert.ok(files.some((name) => name.endsWith('inventory.json')));
  });
});

function instance(name: string, instanceId: string, credential: string, endpoint: string) {
  const groups = [{ name: `${name} group`, clientIds: [`GID_bench@@@${name}-1`] }];
  return { name, instanceId, credential, endpoint, groups, accessKeySecret: marked('inventory') };
}
