import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from './run';
import { tallyVariable, type Tally } from './tally';

/**
 * Runs tests that report to a file, and believes the file only as far as the process agrees: one that died, hung or ran
 * no test counts as a failure.
 */
export async function tallied(name: string, start: (env: NodeJS.ProcessEnv) => Promise<RunResult>): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'apsaramq-tally-'));
  try {
    const file = join(folder, 'tally.json');
    const result = await start({ [tallyVariable]: file });
    return judge(name, result, await readTally(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function judge(name: string, { exitCode, isLate }: RunResult, tally: Tally | undefined): Tally {
  const problem = problemOf(exitCode, isLate, tally);
  if (problem === undefined) return tally ?? { passed: 0, failed: 1 };
  console.log(`${name}: ${problem}`);
  const { passed = 0, failed = 0, failures = [] } = tally ?? {};
  return { passed, failed: failed + 1, failures: [...failures, `${name}: ${problem}`] };
}

function problemOf(exitCode: number, isLate: boolean, tally: Tally | undefined): string | undefined {
  if (isLate) return 'did not end in time and was stopped';
  if (tally === undefined) return `ended with exit code ${exitCode} before it could report`;
  if (tally.passed + tally.failed === 0) return 'ran no test';
  if (exitCode !== 0 && tally.failed === 0) return `ended with exit code ${exitCode} though no test failed`;
  return undefined;
}

async function readTally(file: string): Promise<Tally | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Tally);
}
