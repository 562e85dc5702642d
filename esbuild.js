// Three outputs: what activation loads, the SDK (loaded at the first call) and the local instance (a worker).
const esbuild = require('esbuild');
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');

const isProduction = process.argv.includes('--production');
const isWatching = process.argv.includes('--watch');

/** Keeps `import('./openApiSdk')` a file of its own, so that activation never parses the SDK. */
const lazySdk = {
  name: 'lazy-sdk',
  setup(build) {
    build.onResolve({ filter: /\/openApiSdk$/ }, () => ({ path: './openApiSdk.js', external: true }));
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
  { ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', plugins: [lazySdk] },
  { ...common, entryPoints: ['src/api/openApiSdk.ts'], outfile: 'dist/openApiSdk.js', mainFields: ['main'] },
  { ...common, entryPoints: ['src/emulator/worker.ts'], outfile: 'dist/emulator.js', mainFields: ['main', 'module'] },
];

/** The licence of every package that went into a bundle, to ship beside it. */
function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const notices = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}`;
    return `${name} ${version} (${typeof license === 'string' ? license : 'see below'})${text}\n`;
  });
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices.join('\n----------------------------------------\n\n'));
}

async function main() {
  if (!isWatching) {
    writeNotices(await Promise.all(outputs.map((output) => esbuild.build({ ...output, metafile: true }))));
    return;
  }
  const contexts = await Promise.all(outputs.map((output) => esbuild.context(output)));
  await Promise.all(contexts.map((context) => context.watch()));
}

main().catch(() => {
  process.exitCode = 1;
});
