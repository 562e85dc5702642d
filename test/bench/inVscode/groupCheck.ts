import { buildVsix } from '../../host/buildVsix';
import { paths } from '../../host/paths';
import type { Row } from '../row';
import { groupName, INSTANCE, inventoryOf } from './fleet';
import { Gateway } from './gateway';
import { VscodeBench } from './vscodeBench';

const CLIENTS = 10_000;
const name = groupName(0);
const groupRow = new RegExp(`^Group ${name},`);
const done = new RegExp(`^Group ${name}, 0/${CLIENTS.toLocaleString('en')} online$`);

/** A whole group asked about while it stands open: what it takes beyond the calls, and how late the last row is. */
export async function groupCheck(): Promise<Row[]> {
  await buildVsix();
  const gateway = await Gateway.start('--cache-ms', '0');
  const bench = await VscodeBench.start([paths.vsix], { 'apsaramqMqtt.maxCallsPerSecond': 100 });
  await bench.save(inventoryOf({ name, clients: CLIENTS, groups: 1 }, gateway.info));
  const window = await bench.open();
  await window.setCredential(gateway.info);
  await window.atRest();
  await window.openView(groupRow);
  await window.openRow(groupRow, /@@@device-000000, not checked/);
  await window.probe.ask('calm');
  const cpuMs = await window.probe.ask('cpuMs');
  const startedAt = Date.now();
  const [doneAt, endedAt] = await Promise.all([
    window.rowAt(done),
    window.command('checkGroup', { instance: INSTANCE, group: name }).then(() => Date.now()),
  ]);
  const lateMs = doneAt - gateway.lastAnswerAt;
  await window.probe.ask('calm');
  const spentMs = (await window.probe.ask('cpuMs')) - cpuMs;
  const { calls } = gateway;
  await window.close();
  await bench.dispose();
  await gateway.dispose();
  const what = `A group of ${CLIENTS.toLocaleString('en')} checked`;
  return [
    { what: `${what}: time against the least at 100 calls a second`, value: (endedAt - startedAt) / 1e4, unit: '×' },
    { what: `${what}: calls`, value: calls, unit: 'calls', goal: '1,000' },
    { what: `${what}: CPU of the extension host for each call`, value: spentMs / calls, unit: 'ms' },
    { what: `${what}: from the last answer to the group's last redraw`, value: lateMs, unit: 'ms' },
  ];
}
