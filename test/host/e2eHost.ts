import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { installHost } from './installHost';
import { paths } from './paths';
import { calmSettings } from './settings';
import { installExtension, VscodeServer } from './vscodeServer';

export interface WorkbenchOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Copied, so that a test may change it; without one the window is empty. */
  readonly folder?: string;
  readonly hasWorkspaceTrust?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Workbench {
  readonly page: Page;
  readonly browser: Browser;
  readonly server: VscodeServer;
  /** The opened folder. */
  readonly folder: string | undefined;
  dispose(): Promise<void>;
}

const workbenchDeadlineMs = 60_000;

/** Opens VS Code as a new user would have it: nothing but the packaged extension installed, nothing stored. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  await installHost();
  const home = await mkdtemp(join(tmpdir(), 'apsaramq-e2e-'));
  const opened: { dispose(): Promise<void> }[] = [{ dispose: () => rm(home, { recursive: true, force: true }) }];
  const dispose = async () => {
    for (const one of opened.splice(0).reverse()) await one.dispose();
  };
  try {
    const folder = await copyOf(options.folder, home);
    const server = await startServer(join(home, 'data'), options);
    opened.push(server);
    const browser = await launchBrowser();
    opened.push({ dispose: () => browser.close() });
    return { page: await openPage(browser, server, folder, options), browser, server, folder, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startServer(dataDir: string, options: WorkbenchOptions): Promise<VscodeServer> {
  await installExtension(dataDir, process.env['APSARAMQ_VSIX'] ?? paths.vsix);
  const { 'security.workspace.trust.enabled': _, ...calm } = calmSettings;
  const hasWorkspaceTrust = options.hasWorkspaceTrust === true;
  const settings = { ...(hasWorkspaceTrust ? calm : calmSettings), ...options.settings };
  return VscodeServer.start({ dataDir, settings, hasWorkspaceTrust });
}

async function copyOf(folder: string | undefined, home: string): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const copy = join(home, 'folder');
  await mkdir(copy);
  await cp(folder, copy, { recursive: true });
  return copy;
}

async function openPage(
  browser: Browser,
  server: VscodeServer,
  folder: string | undefined,
  { viewport = { width: 1280, height: 800 } }: WorkbenchOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const page = await context.newPage();
  await page.goto(server.urlOf(folder));
  // the last of the workbench's own parts to come
  await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: workbenchDeadlineMs });
  return page;
}
