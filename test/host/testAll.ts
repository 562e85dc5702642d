// `npm test`: every part, and the counts of all in the last line.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installHost } from './installHost';
import { packageExtension } from './packageExtension';
import { paths } from './paths';
import { runNode } from './run';
import { runVscodeSuite } from './vscodeSuite';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const MOCHA = join(paths.root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const REPORTER = ['--reporter', join(paths.host, 'countingReporter.cjs')];
const PART_DEADLINE_MS = 180_000;

/** Runs one part; a part that breaks off, hangs or runs no test counts as one failure. */
async function part(name: string, work: (countsFile: string) => Promise<unknown>): Promise<Counts> {
  console.log(`\n=== ${name}`);
  const startedAt = Date.now();
  const file = join(paths.out, `${name.replaceAll(' ', '-')}.counts.json`);
  await rm(file, { force: true });
  let broke: unknown;
  await Promise.race([work(file), late(name)]).catch((error: unknown) => (broke = error));
  const counts = await readCounts(file);
  console.log(
    `${name}: ${counts.passed} passed, ${counts.failed} failed in ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  if (broke === undefined && counts.passed + counts.failed > 0) return counts;
  if (counts.failed === 0) console.error(broke instanceof Error ? broke.message : 'No test ran.');
  return { passed: counts.passed, failed: Math.max(1, counts.failed) };
}

async function mocha(args: readonly string[], countsFile: string): Promise<void> {
  const { isLate } = await runNode([MOCHA, ...REPORTER, ...args], {
    env: { COUNTS_FILE: countsFile },
    deadlineMs: PART_DEADLINE_MS,
  });
  if (isLate) throw new Error('The tests did not end in time.');
}

function late(name: string): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`${name} did not end in time.`)), PART_DEADLINE_MS + 10_000).unref(),
  );
}

async function readCounts(file: string): Promise<Counts> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: 0 };
  }
}

async function main(): Promise<void> {
  await mkdir(join(paths.out, 'e2e'), { recursive: true });
  const unit = await part('unit and loopback', (file) => mocha([], file));
  await installHost();
  await packageExtension();
  const inside = await part('inside VS Code', runVscodeSuite);
  const e2e = await part('end to end', (file) =>
    mocha(['--config', join(paths.root, 'test', 'e2e', 'mocharc.json')], file),
  );
  const all = [unit, inside, e2e];
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
