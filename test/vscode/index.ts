import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** VS Code calls this in its extension host. Its lines reach the terminal by their prefix. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: 'min' });
  mocha.suite.emit('pre-require', globalThis, 'test/vscode', mocha);
  await import('./commands.test');
  const say = (line: string): void => console.log(`[test] ${line}`);
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const file = process.env['COUNTS_FILE'];
      const { passes = 0 } = runner.stats ?? {};
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures }));
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
    runner.on('pass', (test) => say(`  ✔ ${test.fullTitle()}`));
    runner.on('fail', (test, error: Error) => say(`  ✘ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
}
