/** The rooms of CONTRIBUTING.md: who may import whom, downwards only. */
const rooms = {
  base: [],
  model: ['base'],
  api: ['model', 'base'],
  emulator: ['model', 'base'],
  sessions: ['api', 'model', 'base'],
  webview: ['model', 'base'],
  host: ['model', 'base'],
  ui: ['sessions', 'emulator', 'host', 'model', 'base'],
};

const forbidden = Object.entries(rooms).map(([room, below]) => ({
  name: `${room}-imports-downwards-only`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${room}/`,
      ...below.map((other) => `^src/${other}/`),
      ...(room === 'emulator' ? ['^src/api/contract\\.ts$'] : []),
      ...(room === 'host' || room === 'ui' ? ['^src/manifest\\.ts$'] : []),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'vscode-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(host|ui)/', '^src/extension\\.ts$'] },
      to: { path: '^vscode$' },
    },
    {
      name: 'manifest-imports-nothing',
      severity: 'error',
      from: { path: '^src/manifest\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'the-sdks-stay-in-bundles-of-their-own',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(api/openApiSdk|host/sources/roleSdk)\\.ts$' },
      to: { path: '@alicloud/' },
    },
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};
