import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { downloadedVscode, namedVscode, vscodeOnPath } from './desktopVscode';
import { paths } from './paths';
import { run } from './run';

/** In CI: still running after so long means that it opened. */
const CHECK_MS = 20_000;

/** Installs the .vsix into a profile of its own and opens a desktop VS Code on it until it is closed. */
export async function startDesktop(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
  isCheck: boolean,
): Promise<void> {
  const executable = namedVscode() ?? vscodeOnPath() ?? (await downloadedVscode());
  if (executable === undefined) throw new Error('No desktop VS Code here: name one in VSCODE_EXECUTABLE.');
  const user = join(dataDir, 'User');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
  const profile = ['--user-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions')];
  const [cli = executable, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const installed = await run(cli, [...cliArgs, ...profile, '--install-extension', paths.vsix, '--force'], {
    isQuiet: true,
  });
  if (installed.exitCode !== 0) throw new Error(`${paths.vsix} does not install:\n${installed.output}`);
  console.log(`VS Code is ready at ${executable}`);
  const opened = await run(
    executable,
    [...profile, '--new-window', '--wait', '--disable-workspace-trust'],
    isCheck ? { deadlineMs: CHECK_MS } : {},
  );
  if (!opened.isLate && opened.exitCode !== 0) throw new Error(`VS Code ended with exit code ${opened.exitCode}`);
}
