import { build } from 'esbuild';
import { chmod, glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { downloadedVscode, namedVscode } from './desktopVscode';
import { installHost } from './installHost';
import { node24 } from './node24';
import { paths } from './paths';
import { runNode } from './run';
import { makeTrust } from './trust';
import { tallied } from './tallied';
import type { Tally } from './tally';

const suiteDir = join(paths.out, 'vscodeSuite');
const deadlineMs = 900_000;

/**
 * Runs test/vscode, or those files of it, with mocha inside a real VS Code: a desktop one where it can be had, else the
 * server build.
 */
export async function runVscodeSuite(files = '**/*.test.ts'): Promise<Tally> {
  await bundleSuite(files);
  const desktop = namedVscode() ?? (await downloadedVscode());
  if (desktop === undefined) await installHost();
  console.log(
    `Inside ${desktop === undefined ? 'the server build of VS Code, from npm' : `desktop VS Code, ${desktop}`}`,
  );
  const executable = desktop ?? (await writeStandIn());
  const trust = await makeTrust(join(suiteDir, 'trust'));
  return tallied('Tests inside VS Code', (env) => {
    const args = ['--import', tsxLoader(), require.resolve('./vscodeSuiteRun'), executable, suiteDir];
    return runNode(args, { env: { ...env, ...trust }, deadlineMs });
  });
}

/** Each test file by itself, so that mocha loads them one by one; packages stay in node_modules. */
async function bundleSuite(files: string): Promise<void> {
  await rm(suiteDir, { recursive: true, force: true });
  const tests: string[] = [];
  for await (const file of glob(`test/vscode/${files}`, { cwd: paths.root })) tests.push(join(paths.root, file));
  await build({
    entryPoints: [{ in: require.resolve('./suiteEntry'), out: 'index' }, ...tests.map(toEntry)],
    outdir: suiteDir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await mkdir(join(suiteDir, 'workspace'), { recursive: true });
}

function toEntry(file: string): { in: string; out: string } {
  const name = file.slice(join(paths.root, 'test', 'vscode').length + 1).replace(/\.ts$/, '');
  return { in: file, out: name.replace(/[\\/]/g, '.') };
}

/** @vscode/test-electron wants one executable file; ours is a program with arguments. */
async function writeStandIn(): Promise<string> {
  const command = [node24(), '--import', tsxLoader(), require.resolve('./serverVscode')]
    .map((part) => `"${part}"`)
    .join(' ');
  const isWindows = process.platform === 'win32';
  const file = join(suiteDir, isWindows ? 'code.cmd' : 'code');
  await writeFile(file, isWindows ? `@${command} %*\r\n` : `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

function tsxLoader(): string {
  return pathToFileURL(require.resolve('tsx')).href;
}
