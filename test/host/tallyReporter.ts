import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { tallyVariable, type Tally } from './tally';

/** mocha's own report for people, and the counts in a file, written only when the run has come to its end. */
class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failures: string[] = [];
    let passed = 0;
    runner.on('pass', () => (passed += 1));
    // a failed hook too
    runner.on('fail', (test: Mocha.Runnable, error: unknown) => failures.push(`${test.fullTitle()}\n${textOf(error)}`));
    runner.once('end', () => write({ passed, failed: failures.length, failures }));
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function write(tally: Tally): void {
  const file = process.env[tallyVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
}

// mocha takes the default export of a reporter's file
export default TallyReporter;
