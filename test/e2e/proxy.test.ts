import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { CountingProxy } from '../host/countingProxy';
import { filesThatHold } from '../host/filesThatHold';
import { ForwardingProxy } from '../host/forwardingProxy';
import { TestAuthority } from '../host/testAuthority';
import { EXTRA, makeTrust } from '../host/trust';
import { Workbench } from '../host/workbench';

const OUTSIDE = 'mqtt.example.test';
const INSIDE = 'mqtt.inside.test';
const BOARD = 'GID_bench@@@board-1';
const PASSWORD = 'planted-proxy-password';

/** The environment is read once, when VS Code starts; what its settings do is proven inside VS Code. */
describe('a person whose company’s proxy and authority stand in the environment', () => {
  let trust: string;
  let emulator: EmulatorProcess;
  let service: CountingProxy;
  let proxy: ForwardingProxy;
  let workbench: Workbench;

  before(async () => {
    trust = await mkdtemp(join(tmpdir(), 'trust-'));
    const trusted = await makeTrust(trust);
    emulator = await startEmulator('--cache-ms', '0');
    const authority = await TestAuthority.load(trust, EXTRA);
    service = await CountingProxy.start(emulator.info.apiEndpoint, authority.issue(OUTSIDE));
    proxy = await ForwardingProxy.start({ [`${OUTSIDE}:443`]: service.port });
    proxy.login = `me:${PASSWORD}`;
    const plant = { name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint: OUTSIDE, credential: 'work' };
    const inside = { name: 'Inside', instanceId: 'mqtt-cn-inside', endpoint: INSIDE, credential: 'work' };
    workbench = await Workbench.open(
      {},
      {
        inventory: {
          instances: [
            { ...plant, groups: [{ name: 'Bench', clientIds: [BOARD] }] },
            { ...inside, groups: [{ name: 'Hall', clientIds: ['GID_hall@@@lamp'] }] },
          ],
        },
        env: { ...trusted, https_proxy: proxy.urlWith(`me:${PASSWORD}`), NO_PROXY: '.inside.test' },
      },
    );
    await workbench.openView();
    await workbench.setCredential('work', LOCAL_KEY);
  });
  after(async () => {
    await workbench.dispose();
    await proxy.dispose();
    await service.dispose();
    await emulator.end();
    await rm(trust, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-proxy-${this.currentTest.title.length}`);
  });

  it('sees a row turn online and offline with a device, by way of https_proxy with its password', async () => {
    const sign = { clientId: BOARD, ...signIn(BOARD), reconnectPeriod: 0 };
    const device = await connectAsync(emulator.info.mqttUrl, sign);
    await workbench.checkUntil(/board-1, online/);
    await device.endAsync();
    await workbench.checkUntil(/board-1, offline/);
    assert.ok(service.calls.length >= 2);
    assert.ok(proxy.hosts.includes(`${OUTSIDE}:443`));
  });

  it('goes by no proxy to what NO_PROXY names', async () => {
    await workbench.checkUntil(/lamp, check failed/);
    assert.deepEqual(
      proxy.hosts.filter((host) => host.startsWith(INSIDE)),
      [],
    );
  });

  it('is told when the proxy wants another password, which stands nowhere', async () => {
    proxy.login = 'me:another';
    await workbench.checkUntil(/board-1, check failed/);
    await workbench.hoverUntil(workbench.row(/board-1, check failed/), 'ProxyAuthenticationRequired');
    await workbench.picture('px1-proxy');
    const shown = await workbench.page.locator('body').innerHTML();
    assert.equal(shown.includes(PASSWORD), false);
    assert.deepEqual(await filesThatHold(PASSWORD, workbench.server.dataDir), []);
  });
});
