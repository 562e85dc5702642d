import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { paths } from './paths';
import { calmSettings } from './settings';
import { installExtension, VscodeServer } from './vscodeServer';

/** VS Code's workbench in a browser, with the packaged extension installed as a user would. */
export class Workbench {
  static async open(settings: Readonly<Record<string, unknown>>, language = 'en'): Promise<Workbench> {
    const dataDir = await mkdtemp(join(tmpdir(), 'vscode-'));
    await installExtension(dataDir, paths.vsix);
    const server = await VscodeServer.start({ dataDir, settings: { ...calmSettings, ...settings } });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(speak, language);
    await page.goto(server.urlOf());
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    return new Workbench(page, browser, server, dataDir);
  }

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: VscodeServer,
    private readonly dataDir: string,
  ) {}

  /** Runs a command as a person does: F1, its title, Enter. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page
      .locator('.quick-input-list .monaco-list-row')
      .first()
      .getByText(title.replace(/^.*?: /, ''))
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Types into the input that asks for `prompt`, and accepts it. */
  async answer(prompt: RegExp, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget').filter({ hasText: prompt });
    await widget.waitFor();
    await widget.locator('input[type=text], input[type=password]').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Types into the pick list with this placeholder, and takes what it offers first. */
  async answerPick(placeholder: RegExp, text: string): Promise<void> {
    const input = this.page.getByPlaceholder(placeholder);
    await input.fill(text);
    await this.page.locator('.quick-input-list .monaco-list-row').first().getByText(text).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  async openView(): Promise<void> {
    await this.page.getByRole('tab', { name: 'ApsaraMQ for MQTT' }).first().click();
  }

  row(label: RegExp) {
    return this.page.getByRole('treeitem', { name: label });
  }

  /** Takes a picture; with UPDATE_PICTURES set, the README's pictures are taken anew. */
  async picture(name: string, media?: string): Promise<void> {
    await this.page.screenshot({ path: join(paths.out, 'e2e', `${name}.png`) });
    if (media === undefined || process.env['UPDATE_PICTURES'] === undefined) return;
    await this.page.screenshot({
      path: join(paths.root, 'media', media),
      clip: { x: 0, y: 0, width: 720, height: 330 },
    });
  }

  /** A second window on the same server: another extension host on the same storage, and secrets of its own. */
  async secondWindow(): Promise<Workbench> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(this.server.urlOf());
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    return new Workbench(page, this.browser, this.server, this.dataDir);
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.dispose();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** As the script of a language pack does: VS Code's own words stay English, the extension's follow the language. */
function speak(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}
