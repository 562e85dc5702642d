import { setTimeout as wait } from 'node:timers/promises';
import { buildVsix } from '../../host/buildVsix';
import { paths } from '../../host/paths';
import type { Row } from '../row';
import { buildEmptyExtension } from './benchExtensions';
import type { BenchWindow } from './benchWindow';
import { groupName, INSTANCE, inventoryOf } from './fleet';
import { Gateway } from './gateway';
import { VscodeBench } from './vscodeBench';

const MINUTE_MS = 60_000;
const fleet = { name: 'few', clients: 100, groups: 4 };
/** With the timer on: behind a hidden view it rests too. */
const settings = { 'apsaramqMqtt.autoRefresh.intervalSeconds': 10 };

/** A minute with the view hidden after a check, beside the same minute of a VS Code with an empty extension. */
export async function idle(): Promise<Row[]> {
  await buildVsix();
  const gateway = await Gateway.start();
  const ours = await VscodeBench.start([paths.vsix], settings, { BENCH_WAKE_UPS: 'yes' });
  const empty = await VscodeBench.start([await buildEmptyExtension()], {}, { BENCH_WAKE_UPS: 'yes' });
  await ours.save(inventoryOf(fleet, gateway.info));
  const window = await ours.open();
  const other = await empty.open();
  await checkAndHide(window, gateway);
  await other.probe.ask('calm');
  const calls = gateway.calls;
  const [spent, otherSpent] = await Promise.all([minute(window), minute(other)]);
  const callsOfMinute = gateway.calls - calls;
  await Promise.all([window.close(), other.close()]);
  await Promise.all([ours.dispose(), empty.dispose()]);
  await gateway.dispose();
  for (const [what, count] of Object.entries(spent.wakeUps))
    console.log(`Woken in the idle minute: ${count} × ${what}`);
  const wakeUps = Object.values(spent.wakeUps).reduce((sum, count) => sum + count, 0);
  const what = 'A minute with the view hidden';
  return [
    { what: `${what}: calls`, value: callsOfMinute, unit: 'calls', goal: '0' },
    { what: `${what}: wake-ups`, value: wakeUps, unit: '', goal: '0' },
    { what: `${what}: CPU of the extension's own code`, value: spent.ownMs, unit: 'ms', goal: '0' },
    { what: `${what}: CPU against an empty extension`, value: spent.cpuMs / otherSpent.cpuMs, unit: '×', goal: '1' },
    { what: `${what}: CPU more than with an empty extension`, value: spent.cpuMs - otherSpent.cpuMs, unit: 'ms' },
    { what: `${what}: CPU of an extension host with an empty extension`, value: otherSpent.cpuMs, unit: 'ms' },
  ];
}

async function checkAndHide(window: BenchWindow, gateway: Gateway): Promise<void> {
  await window.setCredential(gateway.info);
  await window.atRest();
  await window.openView(new RegExp(`^Group ${groupName(0)},`));
  await window.command('checkInstance', { instance: INSTANCE });
  await window.rowAt(new RegExp(`^Group ${groupName(0)}, 0/[\\d,]+ online$`));
  await window.hideView();
  await window.probe.ask('calm');
}

async function minute({ probe }: BenchWindow) {
  await probe.ask('startOwnTime'); // in both, so that the profiler's own time is in both
  await probe.ask('wakeUps');
  const cpuMs = await probe.ask('cpuMs');
  await wait(MINUTE_MS);
  const spentMs = (await probe.ask('cpuMs')) - cpuMs;
  return { cpuMs: spentMs, wakeUps: await probe.ask('wakeUps'), ownMs: await probe.ask('endOwnTime') };
}
