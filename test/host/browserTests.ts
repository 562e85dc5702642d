import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installHost } from './installHost';
import { runMocha } from './mochaRun';
import { paths } from './paths';
import { addTallies, type Tally } from './tally';

const mochaArgs = ['--no-config', '--require', 'tsx', '--ui', 'bdd', '--timeout', '90000'];
const fileDeadlineMs = 8 * 60_000;
const MOST_TRIES = 3;

/**
 * Runs each file of test/e2e in a process of its own. A file that fails runs again in a fresh VS Code, for a browser on a
 * busy machine can miss a tooltip; what passed only then is told at the end, and what fails three times has failed.
 */
export async function runBrowserTests(): Promise<Tally> {
  await installHost();
  const folder = join(paths.root, 'test', 'e2e');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  const tallies: Tally[] = [];
  for (const file of files) tallies.push(await runFile(join(folder, file)));
  return addTallies(tallies);
}

async function runFile(file: string): Promise<Tally> {
  const first = await tryFile(file);
  let last = first;
  for (let tries = 1; last.failed > 0 && tries < MOST_TRIES; tries++) {
    console.log('\nThis file runs once more.');
    last = await tryFile(file);
  }
  return last === first || last.failed > 0 ? last : { ...last, laterTry: first.failures ?? [] };
}

function tryFile(file: string): Promise<Tally> {
  return runMocha(file, [...mochaArgs, file], { env: { APSARAMQ_VSIX: paths.vsix }, deadlineMs: fileDeadlineMs });
}
