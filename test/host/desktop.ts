import { lookup } from 'node:dns/promises';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { paths } from './paths';
import { run } from './run';

const PROBE_MS = 2000;
/** In CI: still running after so long means that it opened. */
const CHECK_MS = 20_000;

/** The desktop VS Code that VSCODE_EXECUTABLE names, or one that can be downloaded here; undefined where neither is. */
export async function desktopExecutable(): Promise<string | undefined> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named !== undefined && named !== '') return named;
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) return undefined;
  const isReachable = await Promise.race([
    lookup('update.code.visualstudio.com').then(
      () => true,
      () => false,
    ),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), PROBE_MS).unref()),
  ]);
  return isReachable ? downloadAndUnzipVSCode() : undefined;
}

/** Installs the .vsix into a profile of its own and opens a desktop VS Code on it until it is closed. */
export async function startDesktop(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
  isCheck: boolean,
): Promise<void> {
  const executable = await desktopExecutable();
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
