// `npm run bench`, or `npm run bench -- --json`: ratios taken in one run against the same local instance.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { buildVsix } from '../host/buildVsix';
import { paths } from '../host/paths';
import { bareFetch, bytesOf, clientIds, openSessions, sdkCall } from './askers';
import { startEmulator } from './emulatorProcess';
import { activation } from './inVscode/activation';
import { groupCheck } from './inVscode/groupCheck';
import { heap } from './inVscode/heap';
import { idle as idleMinute } from './inVscode/idle';
import { tree } from './inVscode/tree';
import type { Row } from './row';
import { typing } from './typing';

const idle = new AbortController().signal;
const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
};
const batchesOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / 10) }, (_, at) => ids.slice(at * 10, at * 10 + 10));

/** 10,000 clients at the documented 100 calls a second, against what a user would write. */
async function throughput(): Promise<Row[]> {
  const emulator = await startEmulator('--cache-ms', '0', '--latency-ms', '20');
  const sessions = await openSessions(emulator.info);
  const ids = clientIds(10_000);
  // The SDK is loaded for the others too, and the connections of a cold one are of the first second alone.
  await sessions.checker.check([{ target: sessions.target, clientIds: ids.slice(0, 1) }], 'cached', idle);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const ours = await secondsOf(() =>
    sessions.checker.check([{ target: sessions.target, clientIds: ids }], 'cached', idle),
  );
  const throttled = sessions.throttled();
  await sessions.dispose();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const few = batchesOf(ids.slice(0, 1000));
  const loop = await secondsOf(async () => {
    for (const batch of few) await sdkCall(emulator.info, batch);
  });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  let refused = 0;
  await secondsOf(() =>
    Promise.all(
      batchesOf(ids).map(async (batch) => {
        if (!(await sdkCall(emulator.info, batch))) refused++;
      }),
    ),
  );
  await emulator.end();
  return [
    {
      what: '10,000 clients at 20 ms latency: share of the possible 1,000 a second',
      value: 10 / ours,
      unit: '',
      goal: '≥ 0.98',
    },
    { what: '10,000 clients: calls throttled', value: throttled, unit: 'calls', goal: '0' },
    { what: 'SDK in a loop, one call at a time: share', value: 1 / loop, unit: '' },
    { what: 'SDK, all 1,000 calls at once: share refused', value: refused / 1000, unit: '' },
  ];
}

/** A verified call for each client, one after the other, against fetch with the same signature. */
async function overhead(latencyMs: number): Promise<Row[]> {
  const emulator = await startEmulator('--qps', '0', '--latency-ms', String(latencyMs));
  const sessions = await openSessions(emulator.info);
  const ids = clientIds(latencyMs < 100 ? 90 : 30);
  const check = async (id: string): Promise<unknown> =>
    sessions.checker.check([{ target: sessions.target, clientIds: [id] }], 'verified', idle);
  await check('GID_bench@@@warm');
  await bareFetch(emulator.info, 'GID_bench@@@warm');
  const measure = async (ask: (id: string) => Promise<unknown>) => {
    const before = process.cpuUsage();
    const seconds = await secondsOf(async () => {
      for (const id of ids) await ask(id);
    });
    const { user, system } = process.cpuUsage(before);
    return { ms: (seconds * 1000) / ids.length, cpuMs: (user + system) / 1000 / ids.length };
  };
  const ours = await measure(check);
  const bare = await measure((id) => bareFetch(emulator.info, id));
  await sessions.dispose();
  await emulator.end();
  const at = `at ${latencyMs} ms latency`;
  return [
    { what: `A call ${at}: time against bare fetch`, value: ours.ms / bare.ms, unit: '×' },
    { what: `A call ${at}: time more than bare fetch`, value: ours.ms - bare.ms, unit: 'ms' },
    { what: `A call ${at}: CPU more than bare fetch`, value: ours.cpuMs - bare.cpuMs, unit: 'ms' },
  ];
}

/** 100 askers for the same 1,000 clients at once. */
async function joining(): Promise<Row[]> {
  const emulator = await startEmulator();
  const sessions = await openSessions(emulator.info);
  const ids = clientIds(1000);
  const askers = Array.from({ length: 100 }, () =>
    sessions.checker.check([{ target: sessions.target, clientIds: ids }], 'cached', idle),
  );
  await Promise.all(askers);
  const calls = sessions.calls();
  await sessions.dispose();
  await emulator.end();
  return [
    {
      what: '100 askers for the same 1,000 clients: calls against the least',
      value: calls / 100,
      unit: '×',
      goal: '1',
    },
  ];
}

/** What 100,000 clients take in the store. */
async function memory(): Promise<Row[]> {
  const { StatusStore } = await import('../../src/sessions/status/statusStore');
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const store = new StatusStore();
  const observation = { status: 'online', isVerified: false, checkedAt: 1, requestId: 'R' } as const;
  store.apply(
    'i',
    new Map(clientIds(100_000).map((id) => [id, { kind: 'answered', observation: { ...observation } }])),
  );
  globalThis.gc?.();
  const bytes = process.memoryUsage().heapUsed - before;
  return [
    {
      what: 'Memory of a known status',
      value: store.get('i', 'GID_bench@@@1') === undefined ? NaN : bytes / 1e5,
      unit: 'bytes',
    },
  ];
}

async function sizes(): Promise<Row[]> {
  await buildVsix();
  return [
    { what: 'The .vsix', value: (await bytesOf(paths.vsix)) / 1024, unit: 'kB' },
    {
      what: 'What activation loads',
      value: (await bytesOf(join(paths.root, 'dist', 'extension.js'))) / 1024,
      unit: 'kB',
    },
  ];
}

async function main(): Promise<void> {
  // what is said on the way is no result
  if (process.argv.includes('--json')) console.log = console.error;
  const parts = {
    throughput,
    overhead0: () => overhead(0),
    overhead20: () => overhead(20),
    overhead200: () => overhead(200),
    joining,
    memory,
    typing,
    sizes,
    activation,
    tree100: () => tree(100, 4),
    tree10000: () => tree(10_000, 40),
    tree100000: () => tree(100_000, 200),
    groupCheck,
    heap,
    idle: idleMinute,
  };
  const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(parts))
    if (named.length === 0 || named.includes(name) || named.includes(name.replace(/\d+$/, '')))
      rows.push(...(await part()));
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${process.platform}`;
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ date: new Date().toISOString(), machine, rows })}\n`);
    return;
  }
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${machine}\n\n| What | Measured | Goal |\n| --- | --- | --- |`,
  );
  for (const { what, value, unit, goal } of rows)
    console.log(`| ${what} | ${Number(value.toPrecision(3)).toLocaleString('en')} ${unit} | ${goal ?? ''} |`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
