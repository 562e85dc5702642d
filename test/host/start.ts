// `npm start`: the packaged extension in a VS Code, with a local instance running.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildVsix } from './buildVsix';
import { startDesktop } from './desktop';
import { installHost } from './installHost';
import { paths } from './paths';
import { assertPortIsFree } from './portCheck';
import { calmSettings, localInstanceSettings } from './settings';
import { installExtension, VscodeServer } from './vscodeServer';

const settings = { ...calmSettings, ...localInstanceSettings };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, desktop: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535');
  await assertPortIsFree(port);
  await buildVsix();
  // A fresh profile each time: what an earlier try left behind must not be taken for what a newcomer sees.
  const dataDir = join(paths.out, 'start');
  await rm(dataDir, { recursive: true, force: true });
  if (values.desktop === true) return startDesktop(dataDir, settings, values.check === true);
  await installHost();
  await installExtension(dataDir, paths.vsix);
  const server = await VscodeServer.start({ dataDir, port, settings });
  console.log(`VS Code is ready at ${server.urlOf()}`);
  console.log('Ctrl-C ends it.');
  // `-- --check` is for CI: it ends once VS Code is ready.
  if (values.check === true) await server.dispose();
  await server.onceEnded();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
