import { runTests } from '@vscode/test-electron';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths } from './paths';

/** A process of its own, so that its parent can end it together with a VS Code that hangs. */
async function main(): Promise<void> {
  const [vscodeExecutablePath, suiteDir] = process.argv.slice(2);
  if (vscodeExecutablePath === undefined || suiteDir === undefined) throw new Error('needs an executable and a folder');
  // a short path: VS Code makes sockets in it, whose paths may have about 100 characters
  const profile = mkdtempSync(join(tmpdir(), 'vsc-'));
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: paths.root,
      extensionTestsPath: join(suiteDir, 'index.js'),
      launchArgs: [
        join(suiteDir, 'workspace'),
        `--user-data-dir=${join(profile, 'user')}`,
        `--extensions-dir=${join(profile, 'extensions')}`,
        '--disable-extensions',
      ],
    });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
