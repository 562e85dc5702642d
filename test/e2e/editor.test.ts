import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { Workbench } from '../host/workbench';

const ONLINE = 'GID_local@@@device-001';
const CONFIG = JSON.stringify({ mqtt: { clientId: ONLINE, spare: 'GID_local@@@spare-1' } }, undefined, 2);

describe('a person who meets client IDs in a file', () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
    await writeFile(join(folder, 'device.json'), CONFIG);
    workbench = await Workbench.open(
      {
        'apsaramqMqtt.localInstance.startWithWindow': true,
        'apsaramqMqtt.localInstance.simulatedClients': 20,
        'apsaramqMqtt.editor.inlineStatus': true,
        'apsaramqMqtt.editor.codeLens': true,
        'editor.hover.delay': 100,
      },
      { folder },
    );
    await workbench
      .row(/Local instance/)
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench.page.keyboard.press('Control+P');
    await workbench.page.locator('.quick-input-widget input[type=text]').first().fill('device.json');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'device.json' }).first().waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.view-line', { hasText: ONLINE }).waitFor();
  });
  after(async () => {
    await workbench.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture('failed-editor');
  });

  /** For the mouse itself: Playwright's own hover and click scroll the editor sideways. What is drawn anew has no box for a moment. */
  async function middleOf(locator: Locator): Promise<[number, number]> {
    for (let attempt = 0; attempt < 20; attempt++) {
      await locator.waitFor();
      const box = await locator.boundingBox();
      if (box !== null) return [box.x + box.width / 2, box.y + box.height / 2];
    }
    throw new Error('It is drawn anew again and again');
  }

  const hover = () => workbench.page.locator('.monaco-hover:visible', { hasText: 'Verify (1 call)' });

  async function hoverOver(clientId: string, says: RegExp): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt++) {
      await workbench.page.mouse.move(900, 700);
      const shown = workbench.page.locator('.view-line span', { hasText: clientId }).last();
      await workbench.page.mouse.move(...(await middleOf(shown)));
      const isSeen = hover().getByText(says).first().waitFor({ timeout: 3000 });
      if (await isSeen.then(() => true).catch(() => false)) return;
    }
    assert.fail(`No hover of ${clientId} says ${String(says)}`);
  }

  it('reads in the hover that it is not checked, and verifies it by the link there', async () => {
    await hoverOver('GID_local@@@spare-1', /Not.checked/);
    await workbench.picture('editor-hover-unknown');
    await workbench.page.mouse.click(...(await middleOf(hover().getByText('Verify (1 call)'))));
    await hover().waitFor({ state: 'hidden' });
    await workbench.page.locator('.statusbar', { hasText: 'GID_local@@@spare-1: offline · verified' }).waitFor();
    await hoverOver('GID_local@@@spare-1', /offline.·.*·.verified/);
    await workbench.picture('editor-hover');
  });

  it('checks by the lens, and sees the status above and behind the ID', async () => {
    const { page } = workbench;
    await page.mouse.move(900, 700);
    await page.locator('.codelens-decoration', { hasText: 'offline' }).waitFor();
    await workbench.picture('editor-lenses');
    await page.mouse.move(900, 700);
    await page
      .locator('.codelens-decoration a', { hasText: /^check$/ })
      .first()
      .click();
    await page
      .locator('.codelens-decoration', { hasText: /(✓ online|– offline) · / })
      .first()
      .waitFor();
    await workbench.picture('editor-inline');
    const behind: unknown = await page.evaluate(
      `[...document.querySelectorAll('.view-line span')].map((span) => getComputedStyle(span, '::after').content).join(' ')`,
    );
    assert.match(String(behind), /(✓ online|– offline) · /);
  });
});
