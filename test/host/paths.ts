import { join, resolve } from 'node:path';

/** Where things are. Everything written goes below out/ or test/host/.cache, both ignored by git. */
export const paths = {
  root: resolve(__dirname, '..', '..'),
  host: __dirname,
  vscode: join(__dirname, 'node_modules', 'code-server', 'lib', 'vscode'),
  chromium: join(__dirname, '.cache', 'chromium'),
  tsx: resolve(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs'),
  vsix: resolve(__dirname, '..', '..', 'dist', 'apsaramq-mqtt.vsix'),
  out: resolve(__dirname, '..', '..', 'out'),
};
