// Seven outputs: what activation loads, the SDK (loaded at the first call), the keys of roles (loaded when one is first asked
// for), the local instance, the search for a user's own
// patterns and the reading of files to import (workers all three), and the page of results.
const esbuild = require('esbuild');
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');

const isProduction = process.argv.includes('--production');
const isWatching = process.argv.includes('--watch');

/** Keeps `import('./openApiSdk')` and its like files of their own, so that activation never parses them. */
const lazySdks = {
  name: 'lazy-sdks',
  setup(build) {
    build.onResolve({ filter: /\/(openApiSdk|roleSdk)$/ }, ({ path }) => ({
      path: `./${path.split('/').pop()}.js`,
      external: true,
    }));
  },
};

/** `import *` would copy all of VS Code's API into a new object in each file that uses it: half of the time to load. */
const oneVscode = {
  name: 'one-vscode',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^import \* as vscode from 'vscode';/m,
        "import vscode = require('vscode');",
      ),
      loader: 'ts',
    }));
  },
};

/** With DEBUG=httpx:* the package `debug` prints Authorization and the STS token, in the end into VS Code's log. */
const silentDebug = {
  name: 'silent-debug',
  setup(build) {
    build.onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'silent' }));
    build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({
      contents: 'module.exports = () => Object.assign(() => undefined, { enabled: false });',
    }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  sourcemap: !isProduction,
  minify: isProduction,
  legalComments: 'none',
  logLevel: 'warning',
};

const outputs = [
  { ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', plugins: [lazySdks, oneVscode] },
  {
    ...common,
    entryPoints: ['src/api/openApiSdk.ts'],
    outfile: 'dist/openApiSdk.js',
    mainFields: ['main'],
    plugins: [silentDebug],
  },
  {
    ...common,
    entryPoints: ['src/host/sources/roleSdk.ts'],
    outfile: 'dist/roleSdk.js',
    mainFields: ['main'],
    plugins: [silentDebug],
  },
  { ...common, entryPoints: ['src/emulator/worker.ts'], outfile: 'dist/emulator.js', mainFields: ['main', 'module'] },
  { ...common, entryPoints: ['src/host/workers/patternWorker.ts'], outfile: 'dist/patterns.js' },
  { ...common, entryPoints: ['src/host/workers/importWorker.ts'], outfile: 'dist/imports.js' },
  {
    ...common,
    entryPoints: ['src/webview/results/main.ts'],
    outfile: 'dist/results.js',
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
  },
];

/** A section of this length is the licence itself, not its name. */
const FULL_TEXT_LENGTH = 500;

/** The licence of every package that went into a bundle, to ship beside it. */
function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const notices = [...new Set(folders)].sort().map((folder) => {
    const about = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const { name, version, license } = about;
    return `${name} ${version} (${typeof license === 'string' ? license : 'see below'})\n\n${licenceOf(folder, about)}\n`;
  });
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices.join('\n----------------------------------------\n\n'));
}

/** The licence file; where a package has none, what its README says, with the standard text. Throws where none is. */
function licenceOf(folder, about) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFileSync(`${folder}/${file}`, 'utf8').trim();
  const said = licenceSection(folder);
  return said.length > FULL_TEXT_LENGTH ? said : [said, standardText(about)].filter((text) => text !== '').join('\n\n');
}

function licenceSection(folder) {
  const readme = readdirSync(folder).find((entry) => /^readme(\.|$)/i.test(entry));
  const text = readme === undefined ? '' : `${readFileSync(`${folder}/${readme}`, 'utf8')}\n# `;
  const section = /^(?:#+ *licen[cs]e.*|licen[cs]e\n-+)\n+([^]*?)\n(?=#+ )/im.exec(text)?.[1];
  return section?.trim() ?? '';
}

function standardText({ name, license, author }) {
  const id = String(license).replace(/^Apache License /, 'Apache-');
  const text = `licenses/${id}.txt`;
  if (!existsSync(text)) throw new Error(`${name} comes without the text of its licence: ${String(license)}`);
  const named = typeof author === 'string' ? author : author?.name;
  const holder = named === undefined || named === '' ? `the authors of ${name}` : named;
  return `Copyright (c) ${holder}\n\n${readFileSync(text, 'utf8').trim()}`;
}

async function main() {
  if (!isWatching) {
    writeNotices(await Promise.all(outputs.map((output) => esbuild.build({ ...output, metafile: true }))));
    return;
  }
  const contexts = await Promise.all(outputs.map((output) => esbuild.context(output)));
  await Promise.all(contexts.map((context) => context.watch()));
}

if (require.main === module)
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });

module.exports = { outputs };
