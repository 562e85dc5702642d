import { buildVsix } from './buildVsix';
import { runBrowserTests } from './browserTests';
import { runMocha } from './mochaRun';
import { addTallies, tallyLine, type Tally } from './tally';
import { runVscodeSuite } from './vscodeSuite';

interface Part {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

const minuteMs = 60_000;

const parts: readonly Part[] = [
  { name: 'Unit and local instance', run: () => runMocha('Unit tests', [], { deadlineMs: 6 * minuteMs }) },
  { name: 'Inside VS Code', run: afterBuild(() => runVscodeSuite()) },
  { name: 'End to end', run: afterBuild(runBrowserTests) },
];

async function main(): Promise<void> {
  const tallies: Tally[] = [];
  for (const part of parts) tallies.push(await runPart(part));
  const sum = addTallies(tallies);
  // What failed stands again at the end: only there is it found in a log that was cut.
  for (const failure of sum.laterTry ?? []) console.log(`\nPASSED AT A LATER TRY ONLY: ${failure.slice(0, 1500)}`);
  for (const failure of sum.failures ?? []) console.log(`\nFAILED: ${failure.slice(0, 3000)}`);
  for (const failure of sum.failures ?? []) console.log(`FAILED, in short: ${failure.split('\n', 1).join()}`);
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
    return { passed: 0, failed: 1, failures: [name] };
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

void main();
