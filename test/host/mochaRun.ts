import { join } from 'node:path';
import { paths } from './paths';
import { runNode } from './run';
import { tallied } from './tallied';
import type { Tally } from './tally';

const mocha = join(paths.root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = require.resolve('./tallyReporter');

/** Runs mocha in a process of its own: a test that kills or hangs it takes nothing else along. */
export function runMocha(
  name: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; deadlineMs: number },
): Promise<Tally> {
  return tallied(name, (env) =>
    runNode([mocha, '--reporter', reporter, '--forbid-only', ...args], {
      env: { ...options.env, ...env },
      deadlineMs: options.deadlineMs,
    }),
  );
}
