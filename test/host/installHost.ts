import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackChromium } from './npmChromium';
import { paths } from './paths';
import { runNpm } from './run';

const stamp = join(paths.host, 'node_modules', '.installed');
const quietInstall = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the VS Code server and the browser beside this file, once for each state of the lock file. */
export async function installHost(): Promise<void> {
  const lock = await readFile(join(paths.host, 'package-lock.json'), 'utf8');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) return;
  const startedAt = Date.now();
  console.log('Installing VS Code (server build) and a browser from npm into test/host: about a minute, only once.');
  await rm(stamp, { force: true });
  await npmOrThrow(['ci', ...quietInstall], paths.host);
  // code-server's install script would do this, and build native modules that nothing here needs
  await npmOrThrow(['install', '--omit=dev', ...quietInstall], paths.vscode);
  await unpackChromium();
  await mkdir(join(paths.host, 'node_modules'), { recursive: true });
  await writeFile(stamp, lock); // last: without it an interrupted install is done again
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

async function npmOrThrow(args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, output } = await runNpm(args, { cwd, isQuiet: true });
  if (exitCode !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd} (exit code ${exitCode}):\n${output}`);
}
