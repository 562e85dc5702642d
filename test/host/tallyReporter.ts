import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { tallyVariable, type Tally } from './tally';

/** mocha's own report for people, and the counts in a file, written only when the run has come to its end. */
class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const tally = { passed: 0, failed: 0 };
    runner.on('pass', () => (tally.passed += 1));
    runner.on('fail', () => (tally.failed += 1)); // a failed hook too
    runner.once('end', () => write(tally));
  }
}

function write(tally: Tally): void {
  const file = process.env[tallyVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
}

// mocha takes the default export of a reporter's file
export default TallyReporter;
