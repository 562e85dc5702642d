import assert from 'node:assert/strict';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from '../../src/emulator/localKeys';
import type { Credential } from '../../src/model/credential';
import type { Group, Inventory } from '../../src/model/inventory/inventory';
import { LEASE_MS } from '../../src/sessions/windows/lease';
import { type EmulatorProcess, startEmulator } from '../bench/emulatorProcess';
import { CountingProxy, type SeenCall } from '../host/countingProxy';
import { eventually } from '../host/eventually';
import { Workbench } from '../host/workbench';

const CALLS_PER_SECOND = 20;
const INTERVAL_MS = 10_000; // the least there is
const BUDGET = 75;
const WAY_MS = 5000;

const group = (name: string, count: number): Group => ({
  name,
  clientIds: Array.from({ length: count }, (_, at) => `GID_${name}@@@${at}`),
});
const bench = group('bench', 10);
const nearlySpent = "Today's budget is nearly spent.";
const spent = "Today's budget is spent: timers ask no more of that instance.";

describe('two windows of VS Code on one storage', () => {
  let emulator: EmulatorProcess;
  let proxy: CountingProxy;
  let first: Workbench;
  let second: Workbench;

  function plant(...groups: Group[]): Inventory {
    const { endpoint } = proxy;
    return { instances: [{ name: 'Plant', instanceId: LOCAL_INSTANCE_ID, endpoint, credential: 'plant', groups }] };
  }
  /** The status bar says so in both windows, marked as a warning. */
  async function bothSee(calls: string, warning: string): Promise<void> {
    for (const { page } of [first, second]) {
      await page.getByRole('button', { name: `${calls}. ${warning}`, exact: true }).waitFor();
      const marked = page.locator('.statusbar-item.warning-kind').filter({ hasText: calls });
      await marked.locator('.codicon-warning').waitFor();
    }
  }

  async function checkOnce(window: Workbench): Promise<void> {
    const before = proxy.calls.length;
    await checkGroup(window, 'bench');
    await eventually('a call', () => proxy.calls.slice(before).some(({ code }) => code !== undefined), WAY_MS);
  }

  before(async () => {
    emulator = await startEmulator('--qps', String(CALLS_PER_SECOND), '--cache-ms', '0');
    proxy = await CountingProxy.start(emulator.info.apiEndpoint);
    const settings = { 'apsaramqMqtt.maxCallsPerSecond': CALLS_PER_SECOND, 'apsaramqMqtt.dailyCallBudget': BUDGET };
    first = await Workbench.open(settings, { inventory: plant(bench) });
    await openView(first, LOCAL_KEY);
    second = await first.secondWindow();
    await openView(second, LOCAL_KEY);
  });
  after(async () => {
    await first.dispose();
    await proxy.dispose();
    await emulator.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await first.picture('failed-first-window').catch(() => undefined);
    await second.picture('failed-second-window').catch(() => undefined);
  });

  it('cost as many calls as one: what a round of one window finds, the other does not ask', async () => {
    for (const window of [second, first]) await startAutoRefresh(window);
    await eventually('three rounds', () => proxy.calls.length >= 3, 5 * INTERVAL_MS);
    const gaps = proxy.calls.slice(1).map(({ at }, i) => at - (proxy.calls[i]?.at ?? 0));
    assert.ok(
      gaps.every((gap) => gap >= 0.8 * INTERVAL_MS),
      `rounds came ${gaps.join(', ')} ms one after the other`,
    );
  });

  it('do not wait for a window that crashed: the other goes on with the rounds', async () => {
    // else the crash takes the last second's count with it
    await eventually('all counted', async () => (await countIn(first)) === proxy.calls.length, WAY_MS);
    const pid = first.server.extensionHosts[1];
    assert.ok(pid !== undefined, 'the second window has no extension host');
    await second.page.context().close(); // before its process: a window that is open would start another
    process.kill(pid, 'SIGKILL');
    const before = proxy.calls.length;
    await eventually('a round', () => proxy.calls.length > before + 1, LEASE_MS + 3 * INTERVAL_MS);
    await first.runCommand('ApsaraMQ MQTT: Stop Auto Refresh');
    await eventually('all counted', async () => (await countIn(first)) === proxy.calls.length, WAY_MS);
  });

  it('share the calls a second of their account: both check at the same moment, and the service throttles nothing', async () => {
    second = await first.secondWindow();
    await openView(second, LOCAL_KEY);
    await first.saveInventory(plant(group('line1', 300), group('line2', 300), bench));
    for (const window of [first, second]) await window.row(/^Group line2/).waitFor();
    for (const window of [first, second]) await checkOnce(window); // a first call opens a connection, and comes late
    const from = proxy.calls.length;
    await Promise.all([checkGroup(first, 'line1'), checkGroup(second, 'line2')]);
    for (const window of [first, second])
      for (const name of ['line1', 'line2']) await window.row(new RegExp(`^Group ${name}, 0/300 online$`)).waitFor();
    const calls = proxy.calls.slice(from);
    const [line1 = [], line2 = []] = ['line1', 'line2'].map((name) => calls.filter((call) => isAbout(call, name)));
    assert.deepEqual([...new Set(calls.map(({ code }) => code))], ['']);
    assert.deepEqual([line1.length, line2.length, calls.length], [30, 30, 60]);
    assert.equal(new Set(calls.flatMap(({ clientIds }) => clientIds)).size, 600);
    assert.ok(overlap(line1, line2), 'one window was done before the other began');
    await bothSee(`MQTT calls today: ${from + 60}`, nearlySpent);
    await second.picture('windows-1-shared-rate');
  });

  it('spend one budget a day: a check by hand asks before it goes on, once, and calls nobody when it is cancelled', async () => {
    const dialog = second.page.getByRole('dialog').filter({ hasText: 'call budget of "Plant" is spent. Ask anyway?' });
    await first.saveInventory(plant(group('rest', 10 * (BUDGET - proxy.calls.length)), bench));
    await checkGroup(first, 'rest');
    await bothSee(`MQTT calls today: ${BUDGET}`, spent);

    await checkGroup(second, 'bench');
    await dialog.waitFor();
    await second.picture('windows-2-budget-spent');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await checkGroup(second, 'bench');
    await dialog.waitFor();
    assert.equal(proxy.calls.length, BUDGET);
    await dialog.getByRole('button', { name: 'Ask Anyway' }).click();
    await bothSee(`MQTT calls today: ${BUDGET + 1}`, spent);

    await checkGroup(second, 'bench');
    await bothSee(`MQTT calls today: ${BUDGET + 2}`, spent);
    assert.deepEqual([await dialog.count(), proxy.calls.length], [0, BUDGET + 2]);
  });
});

async function openView(window: Workbench, key: Credential): Promise<void> {
  await window.openView();
  await window.row(/Instance Plant, no key for credential "plant"/).waitFor();
  await window.setCredential('plant', key);
  await window.row(/Instance Plant, 10 not checked/).waitFor();
}

async function startAutoRefresh(window: Workbench): Promise<void> {
  await window.runCommand('ApsaraMQ MQTT: Start Auto Refresh');
  await window.page.getByRole('option', { name: /Every 10 seconds/ }).click();
}

async function checkGroup(window: Workbench, name: string): Promise<void> {
  await window.row(new RegExp(`^Group ${name}`)).waitFor();
  await window.runCommand('ApsaraMQ MQTT: Check Group');
  await window.answer(/Choose a group/, name);
}

/** Today's calls, as the status bar has them. */
async function countIn({ page }: Workbench): Promise<number> {
  const label = await page.getByRole('button', { name: /MQTT calls today/ }).getAttribute('aria-label');
  return Number(/today: (\d+)/.exec(label ?? '')?.[1]);
}

function isAbout({ clientIds }: SeenCall, name: string): boolean {
  return clientIds.every((clientId) => clientId.startsWith(`GID_${name}@@@`));
}

function overlap(one: readonly SeenCall[], other: readonly SeenCall[]): boolean {
  const times = (calls: readonly SeenCall[]) => calls.map(({ at }) => at);
  return Math.min(...times(one)) < Math.max(...times(other)) && Math.min(...times(other)) < Math.max(...times(one));
}
