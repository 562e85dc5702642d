import assert from 'node:assert/strict';
import { Workbench } from '../host/workbench';

const BASE = 'code-oss://apsaramq-mqtt.apsaramq-mqtt';

describe('a link from outside, as a person sees it', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ 'apsaramqMqtt.localInstance.simulatedClients': 5 });
    await workbench.openView();
    await workbench.runCommand('ApsaraMQ MQTT: Start Local Instance');
    await workbench.row(/Instance Local instance, 3\/5 online/).waitFor();
  });
  after(() => workbench.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-links-${this.currentTest.title.length}`);
  });

  const calls = async (): Promise<number> => {
    const item = workbench.page.getByRole('button', { name: /MQTT calls today: \d+/ });
    return Number(/today: (\d+)/.exec((await item.getAttribute('aria-label')) ?? '')?.[1]);
  };
  const dialog = (text: RegExp) => workbench.page.getByRole('dialog').filter({ hasText: text });
  /** VS Code asks by itself first whether the extension may open links. */
  const open = async (link: string): Promise<void> => {
    await workbench.runCommand('Developer: Open URL');
    await workbench.answer(/URL to open/, BASE + link);
    const allow = dialog(/Allow .* extension to open this URI/);
    await allow.getByRole('button', { name: 'Open' }).click();
    await allow.waitFor({ state: 'detached' });
  };

  it('asks before a call, and a person who says no has paid nothing', async () => {
    const before = await calls();
    await open('/check?instance=mqtt-cn-local00001&clientId=GID_local@@@device-002');
    const question = dialog(
      /A link asks how "GID_local@@@device-002" of "Local instance" \(mqtt-cn-local00001\) stands/,
    );
    await question.getByText('It costs 1 call, 2 if it changed.').waitFor();
    await workbench.picture('l1-question');
    await workbench.page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    assert.equal(await calls(), before);
  });

  it('shows the row of a saved client after a yes', async () => {
    const before = await calls();
    await workbench.page.keyboard.press('Control+Shift+E');
    await open('/check?instance=mqtt-cn-local00001&clientId=GID_local@@@device-002');
    await dialog(/A link asks/)
      .getByRole('button', { name: 'Check', exact: true })
      .click();
    await workbench.row(/device-002, offline · just now/).waitFor();
    assert.equal(await workbench.row(/device-002/).getAttribute('aria-selected'), 'true');
    await workbench.page.getByRole('button', { name: new RegExp(`MQTT calls today: ${before + 1}`) }).waitFor();
    await workbench.picture('l2-row');
  });

  it('shows several clients in the table after a yes', async () => {
    await open('/check?clientId=GID_local@@@device-001,GID_local@@@device-002&clientId=GID_x@@@[a](command:b)');
    const question = dialog(/A link asks how 3 clients of "Local instance"/);
    await question.getByText(/GID_local@@@device-001, GID_local@@@device-002, GID_x@@@\[a\]/).waitFor();
    assert.equal(await question.locator('a[href]').count(), 0);
    await workbench.picture('l3-several');
    await question.getByRole('button', { name: 'Check', exact: true }).click();
    await workbench.page.getByRole('tab', { name: 'Client IDs: a link' }).waitFor();
    const table = workbench.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await table.getByText('GID_x@@@[a](command:b)').waitFor();
    await workbench.picture('l4-table');
  });

  it('says that an instance is not saved here, and offers to choose one or to add it', async () => {
    await open('/check?instance=post-cn-elsewhere&clientId=x');
    const question = dialog(/asks about an instance that is not saved here: "post-cn-elsewhere"/);
    await question.getByRole('button', { name: 'Choose an Instance…' }).waitFor();
    await workbench.picture('l5-unknown');
    await question.getByRole('button', { name: 'Add Instance…' }).click();
    await workbench.page.getByPlaceholder(/Choose a region/).waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
