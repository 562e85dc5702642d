import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import TallyReporter from './tallyReporter';

/** Called by VS Code inside its extension host; the test files lie bundled beside this one. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  // the prefix tells the tests' lines from what else the extension host prints
  Mocha.reporters.Base.consoleLog = (template: unknown = '', ...rest: unknown[]) =>
    console.log(`[test] ${String(template)}`, ...rest);
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: TallyReporter, color: false, forbidOnly: true });
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.test.js'))) {
    mocha.addFile(join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed inside VS Code`);
}
