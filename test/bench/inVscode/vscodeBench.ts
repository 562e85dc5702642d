import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { installHost } from '../../host/installHost';
import { calmSettings } from '../../host/settings';
import { installExtension, VscodeServer } from '../../host/vscodeServer';
import type { Inventory } from '../../../src/model/inventory/inventory';
import { buildPageWatch, buildProbe } from './benchExtensions';
import { BenchWindow } from './benchWindow';
import { ProbeSocket } from './probe/probeSocket';

/** A VS Code server with extensions under measurement and the probe, and a browser that opens windows on it. */
export class VscodeBench {
  static async start(
    extensions: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
    env: NodeJS.ProcessEnv = {},
  ): Promise<VscodeBench> {
    await installHost();
    const dataDir = await mkdtemp(join(tmpdir(), 'vscode-'));
    for (const vsix of [await buildProbe(), ...extensions]) await installExtension(dataDir, vsix);
    const probes = await ProbeSocket.listen();
    const server = await VscodeServer.start({
      dataDir,
      // VS Code's own search for ports to forward costs more than all else that idles
      settings: { ...calmSettings, 'remote.autoForwardPorts': false, ...settings },
      // what an extension host that is ended leaves behind goes with the folder
      env: { ...env, BENCH_PROBE_PORT: String(probes.port), TMPDIR: dataDir, XDG_RUNTIME_DIR: dataDir },
    });
    return new VscodeBench(dataDir, probes, server, await launchBrowser(), await buildPageWatch());
  }

  private constructor(
    private readonly dataDir: string,
    private readonly probes: ProbeSocket,
    private readonly server: VscodeServer,
    private readonly browser: Browser,
    private readonly pageWatch: string,
  ) {}

  /** Saves an inventory where the extension looks for it, before a window opens; what older windows found is gone. */
  async save(inventory: Inventory): Promise<void> {
    const storage = join(this.dataDir, 'data', 'User', 'globalStorage', 'apsaramq-mqtt.apsaramq-mqtt');
    await rm(storage, { recursive: true, force: true });
    await mkdir(storage, { recursive: true });
    await writeFile(join(storage, 'inventory.json'), JSON.stringify(inventory, undefined, 2));
  }

  /** A fresh window: a user, a page and an extension host of its own. */
  async open(): Promise<BenchWindow> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript({ content: this.pageWatch });
    const probe = this.probes.next();
    await page.goto(this.server.urlOf());
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    return new BenchWindow(page, await probe);
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    this.probes.dispose();
    await this.server.dispose();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
