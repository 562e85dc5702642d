import { buildVsix } from './buildVsix';
import { installHost } from './installHost';
import { runMocha } from './mochaRun';
import { paths } from './paths';
import { addTallies, tallyLine, type Tally } from './tally';
import { runVscodeSuite } from './vscodeSuite';

interface Part {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

const minuteMs = 60_000;
const e2eArgs = ['--no-config', '--require', 'tsx', '--ui', 'bdd', '--timeout', '90000', 'test/e2e/**/*.test.ts'];

const parts: readonly Part[] = [
  { name: 'Unit and local instance', run: () => runMocha('Unit tests', [], { deadlineMs: 3 * minuteMs }) },
  { name: 'Inside VS Code', run: afterBuild(() => runVscodeSuite()) },
  { name: 'End to end', run: afterBuild(runE2e) },
];

async function main(): Promise<void> {
  const tallies: Tally[] = [];
  for (const part of parts) tallies.push(await runPart(part));
  const sum = addTallies(tallies);
  console.log(
    `\n${parts.map((part, i) => `${part.name}: ${tallyLine(tallies[i] ?? sum)}`).join('\n')}\n${tallyLine(sum)}`,
  );
  process.exitCode = sum.failed === 0 ? 0 : 1;
}

async function runPart({ name, run }: Part): Promise<Tally> {
  console.log(`\n=== ${name}`);
  const startedAt = Date.now();
  const tally = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  console.log(`${name}: ${tallyLine(tally)} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return tally;
}

/** What runs inside VS Code is the build that is shipped, made once. */
function afterBuild(run: () => Promise<Tally>): () => Promise<Tally> {
  return async () => {
    await (built ??= buildVsix());
    return run();
  };
}

let built: Promise<void> | undefined;

async function runE2e(): Promise<Tally> {
  await installHost();
  return runMocha('End-to-end tests', e2eArgs, { env: { APSARAMQ_VSIX: paths.vsix }, deadlineMs: 4 * minuteMs });
}

void main();
