// Three outputs: what activation loads, the SDK (loaded at the first call) and the local instance (a worker).
const esbuild = require('esbuild');

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

async function main() {
  if (!isWatching) return Promise.all(outputs.map((output) => esbuild.build(output)));
  const contexts = await Promise.all(outputs.map((output) => esbuild.context(output)));
  return Promise.all(contexts.map((context) => context.watch()));
}

main().catch(() => {
  process.exitCode = 1;
});
