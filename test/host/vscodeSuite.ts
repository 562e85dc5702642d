import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { desktopExecutable } from './desktop';
import { paths } from './paths';

/** Runs test/vscode/ inside a real VS Code: a desktop one where it can be had, else the server build. */
export async function runVscodeSuite(countsFile: string): Promise<void> {
  const outdir = join(paths.out, 'vscodeSuite');
  await build({
    entryPoints: [join(paths.root, 'test', 'vscode', 'index.ts')],
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const desktop = await desktopExecutable();
  console.log(`Inside VS Code: ${desktop === undefined ? 'the server build, from npm' : `desktop, ${desktop}`}`);
  process.env['COUNTS_FILE'] = countsFile;
  await runTests({
    vscodeExecutablePath: desktop ?? join(paths.host, 'serverVscode.mjs'),
    extensionDevelopmentPath: paths.root,
    extensionTestsPath: join(outdir, 'index.js'),
    extensionTestsEnv: { COUNTS_FILE: countsFile },
    launchArgs: ['--disable-workspace-trust'],
  });
}
