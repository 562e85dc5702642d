// Runs an extension test suite in the VS Code server, with a headless browser as its window; takes VS Code's own flags.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { launchBrowser } from './browser';
import { quietSettings } from './quietSettings';
import { VscodeServer } from './vscodeServer';

const SPOKEN = '[test] ';

async function main(): Promise<number> {
  const { values } = parseArgs({ strict: false, allowPositionals: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'vscode-'));
  const server = await VscodeServer.start({ dataDir, isTestDriver: true, settings: quietSettings });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The workbench calls these two globals when it runs extension tests.
    await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
      const line = format(...args);
      if (line.startsWith(SPOKEN)) process.stdout.write(`${line.slice(SPOKEN.length)}\n`);
    });
    const exited = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.goto(
      server.urlOf(undefined, [
        ['extensionDevelopmentPath', server.remoteUri(String(values['extensionDevelopmentPath']))],
        ['extensionTestsPath', server.remoteUri(String(values['extensionTestsPath']))],
        ['skipWelcome', 'true'],
      ]),
    );
    return await exited;
  } finally {
    await browser.close();
    await server.dispose();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
