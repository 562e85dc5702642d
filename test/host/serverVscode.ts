import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { calmSettings } from './settings';
import { VscodeServer } from './vscodeServer';

const testPrefix = '[test] ';

/**
 * Stands where a desktop VS Code's executable would: takes the flags that @vscode/test-electron passes, opens the server
 * build's workbench in a headless browser, and exits with the code of the run.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'apsaramq-suite-'));
  const server = await VscodeServer.start({ dataDir, settings: calmSettings, isTestDriver: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const exitCode = await Promise.race([runTests(page, server, values, positionals[0]), ended(server)]);
    process.exitCode = exitCode;
  } finally {
    await browser.close();
    await server.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runTests(
  page: Page,
  server: VscodeServer,
  flags: Readonly<Record<string, unknown>>,
  folder: string | undefined,
): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => printTestLine(args));
  const exited = new Promise<number>((done, fail) => {
    void page.exposeFunction('codeAutomationExit', done).catch(fail);
    page.once('crash', () => fail(new Error('The page crashed')));
  });
  const uri = (flag: string) => server.remoteUri(resolve(String(flags[flag])));
  const payload = [
    ['extensionDevelopmentPath', uri('extensionDevelopmentPath')],
    ['extensionTestsPath', uri('extensionTestsPath')], // with its .js ending
    ['skipWelcome', 'true'],
  ] as const;
  await page.goto(server.urlOf(folder === undefined ? undefined : resolve(folder), payload));
  return exited;
}

/** The extension host's own noise stays out. */
function printTestLine(args: unknown[]): void {
  const line = format(...args);
  if (line.startsWith(testPrefix)) process.stdout.write(`${line.slice(testPrefix.length)}\n`);
}

async function ended(server: VscodeServer): Promise<number> {
  const code = await server.onceEnded();
  console.error(`The VS Code server ended with exit code ${code ?? 'none'} before the tests did.`);
  return 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
