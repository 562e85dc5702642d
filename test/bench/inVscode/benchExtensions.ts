import { build } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from '../../host/paths';
import { runNode } from '../../host/run';

const folder = join(paths.out, 'bench');
const vsce = join(paths.root, 'node_modules', '@vscode', 'vsce', 'vsce');

/** As ours is built for production: one CommonJS file, minified. */
const bundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: true,
  legalComments: 'none',
} as const;

/** An extension that does nothing, activated when ours is. Resolves with its .vsix. */
export function buildEmptyExtension(): Promise<string> {
  const contents = "import * as vscode from 'vscode'; export function activate() { return vscode.version; }";
  return buildExtension('empty', 'onStartupFinished', { stdin: { contents, resolveDir: paths.root } });
}

/** The extension that measures from inside the extension host. */
export function buildProbe(): Promise<string> {
  return buildExtension('probe', '*', { entryPoints: [require.resolve('./probe/probe')] });
}

/** The script that watches rows from inside the workbench's page. */
export async function buildPageWatch(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [require.resolve('./pageWatch')],
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles.map(({ text }) => text).join('');
}

async function buildExtension(
  name: string,
  activationEvent: string,
  entry: { readonly entryPoints: string[] } | { readonly stdin: { contents: string; resolveDir: string } },
): Promise<string> {
  const root = join(folder, name);
  const vsix = join(folder, `${name}.vsix`);
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  await build({ ...bundle, ...entry, external: ['vscode'], outfile: join(root, 'dist', 'extension.js') });
  const manifest = {
    name,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './dist/extension.js',
    activationEvents: [activationEvent],
    extensionKind: ['workspace'],
    files: ['dist'],
  };
  await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  const { exitCode, output } = await runNode([vsce, 'package', ...flags], { cwd: root, isQuiet: true });
  if (exitCode !== 0) throw new Error(`The extension "${name}" cannot be packaged:\n${output}`);
  return vsix;
}
