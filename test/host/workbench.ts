import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Credential } from '../../src/model/credential';
import type { Inventory } from '../../src/model/inventory/inventory';
import { launchBrowser } from './browser';
import { eventually } from './eventually';
import { paths } from './paths';
import { calmSettings } from './settings';
import { installExtension, VscodeServer } from './vscodeServer';

export interface WorkbenchOptions {
  readonly language?: string;
  /** What is saved before the first window opens. */
  readonly inventory?: Inventory;
  /** The folder or the `.code-workspace` that is open; none by default. */
  readonly folder?: string;
  /** Off by default: with it VS Code asks whether the folder's authors are trusted. */
  readonly hasWorkspaceTrust?: boolean;
  /** On top of our own environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** VS Code's workbench in a browser, with the packaged extension installed as a user would. */
export class Workbench {
  static async open(
    settings: Readonly<Record<string, unknown>>,
    { language = 'en', inventory, folder, hasWorkspaceTrust = false, env = {} }: WorkbenchOptions = {},
  ): Promise<Workbench> {
    const dataDir = await mkdtemp(join(tmpdir(), 'vscode-'));
    await installExtension(dataDir, paths.vsix);
    if (inventory !== undefined) await writeInventory(dataDir, inventory);
    const trust = {
      'security.workspace.trust.enabled': hasWorkspaceTrust,
      'security.workspace.trust.startupPrompt': 'always',
    };
    const allSettings = { ...calmSettings, ...trust, ...settings };
    const server = await VscodeServer.start({ dataDir, settings: allSettings, hasWorkspaceTrust, env });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(speak, language);
    await page.goto(server.urlOf(folder));
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    return new Workbench(page, browser, server);
  }

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    readonly server: VscodeServer,
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

  /** Writes the inventory file, as a script outside would: every window follows. */
  async saveInventory(inventory: Inventory): Promise<void> {
    await writeInventory(this.server.dataDir, inventory);
  }

  /** Stores the key of a credential that an instance asks with, in this window and without a check. */
  async setCredential(name: string, { accessKeyId, accessKeySecret, securityToken }: Credential): Promise<void> {
    await this.runCommand('ApsaraMQ MQTT: Set Credential');
    await this.answerPick(/Choose a credential/, name);
    await this.answerPick(/Where the key comes from/, 'AccessKey, kept by VS Code');
    await this.answer(/AccessKey ID/, accessKeyId);
    await this.answer(/AccessKey secret/, accessKeySecret);
    await this.answer(/STS token/, securityToken ?? '');
    await this.choose(/^Save without checking/);
  }

  /** Takes a row of the pick list that is open. */
  async choose(row: RegExp): Promise<void> {
    // A mouse at rest where a list opens would be given a tooltip that lies over the rows.
    await this.page.mouse.move(900, 600);
    await this.page.locator('.quick-input-list').getByRole('option', { name: row }).click();
  }

  /** Checks all until a row reads so: the batch answer may be out of date for as long as the service's cache is old. */
  async checkUntil(label: RegExp): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.runCommand('ApsaraMQ MQTT: Check All Clients');
      if (await appears(this.row(label).first(), 2000)) return;
    }
    throw new Error(`No row reads ${String(label)}`);
  }

  /** Opens the menu of a row and chooses a command. VS Code takes no click so soon after a menu has opened. */
  async chooseFor(label: RegExp, command: string): Promise<void> {
    // The name of an item holds its key, where it has one.
    const item = this.page.getByRole('menuitem').filter({ has: this.page.getByText(command, { exact: true }) });
    // On a busy machine a dialog or a box that is just closing takes the focus, and the menu closes with it.
    for (let attempt = 0; attempt < 4 && !(await item.isVisible()); attempt++) {
      if (attempt > 0) await this.page.keyboard.press('Escape');
      await this.settled();
      await this.row(label).click({ button: 'right' });
      await appears(item, 5000);
    }
    await item.hover();
    // Enter goes to the item that has the focus, and on a busy machine it comes a moment after the pointer.
    await this.page.locator('.action-item.focused').filter({ has: item }).waitFor();
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  /**
   * Rests on something until its tooltip reads so, and stays there. A tooltip that is open does not follow its row, one
   * whose row is drawn anew closes, and none opens beneath a mouse at rest.
   */
  async hoverUntil(place: Locator, reads: string | RegExp): Promise<void> {
    const said = this.page.locator('.workbench-hover').getByText(reads).first();
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.mouse.move(900, 400);
      await this.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
      await place.hover();
      if (await appears(said, 3000)) return;
    }
    throw new Error(`No tooltip reads ${String(reads)}`);
  }

  /** Waits until the rows stand still, or some seconds: while one is drawn anew VS Code cannot name it to its menu. */
  private async settled(): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      const before = await this.rowLabels();
      await this.page.waitForTimeout(300);
      if (before.join() === (await this.rowLabels()).join()) return;
    }
  }

  row(label: RegExp) {
    return this.page.getByRole('treeitem', { name: label });
  }

  /** What the tree's rows say, from the top down, all read at one moment. */
  rowLabels(): Promise<string[]> {
    return this.page.evaluate<string[]>(
      `[...document.querySelectorAll('[role=treeitem]')]
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => row.getAttribute('aria-label') ?? '')`,
    );
  }

  /** The lines that the open editor shows, from the top down, all read at one moment: the page holds them in any order. */
  shownLines(): Promise<string[]> {
    return this.page.evaluate<string[]>(
      `[...document.querySelectorAll('.editor-instance .view-line')]
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((line) => line.textContent.replaceAll('\\u00a0', ' '))`,
    );
  }

  /** Resolves with what the open editor shows once it reads so; rejects with what it shows instead. */
  async shownText(reads: RegExp): Promise<string> {
    let text = '';
    const isShown = async () => reads.test((text = (await this.shownLines()).join('\n')));
    await eventually(() => `the editor shows ${String(reads)}, and not\n${text}`, isShown, 15_000);
    return text;
  }

  /** Takes a picture; with UPDATE_PICTURES set, the README's pictures are taken anew. */
  async picture(name: string, media?: string, width = 720, height = 330): Promise<void> {
    await this.page.screenshot({ path: join(paths.out, 'e2e', `${name}.png`) });
    if (media === undefined || process.env['UPDATE_PICTURES'] === undefined) return;
    await this.page.screenshot({
      path: join(paths.root, 'media', media),
      clip: { x: 0, y: 0, width, height },
    });
  }

  /** A second window on the same server: another extension host on the same storage, and secrets of its own. */
  async secondWindow(): Promise<Workbench> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(this.server.urlOf());
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    return new Workbench(page, this.browser, this.server);
  }

  /** The folder where the extension keeps its files. */
  get storage(): string {
    return storageOf(this.server.dataDir);
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.dispose();
    await rm(this.server.dataDir, { recursive: true, force: true });
  }
}

function appears(locator: Locator, withinMs: number): Promise<boolean> {
  return locator.waitFor({ timeout: withinMs }).then(
    () => true,
    () => false,
  );
}

function storageOf(dataDir: string): string {
  return join(dataDir, 'data', 'User', 'globalStorage', 'apsaramq-mqtt.apsaramq-mqtt');
}

/** Saves an inventory where the extension keeps it. */
async function writeInventory(dataDir: string, inventory: Inventory): Promise<void> {
  const folder = storageOf(dataDir);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'inventory.json'), JSON.stringify(inventory, undefined, 2));
}

/** As the script of a language pack does: VS Code's own words stay English, the extension's follow the language. */
function speak(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}
