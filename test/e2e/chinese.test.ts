import assert from 'node:assert/strict';
import { Workbench } from '../host/workbench';

/** What stays in Latin letters in Chinese too: IDs, names of things, keys. */
const LATIN = /device-\d+|GID_\w+|MQTT|ApsaraMQ|mqtt-cn-local00001|Group ID|ID/g;

describe('a person whose VS Code speaks Chinese', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ 'apsaramqMqtt.localInstance.simulatedClients': 5 }, { language: 'zh-cn' });
  });
  after(() => workbench.dispose());

  it('meets no English in the view, its rows and their tooltips', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: '云消息队列 MQTT 版' }).first().click();
    await page.getByRole('button', { name: '启动本地实例' }).waitFor();
    await workbench.picture('8-chinese-welcome');
    await page.getByRole('button', { name: '启动本地实例' }).click();
    await workbench.row(/本地实例，3\/5 在线/).waitFor();
    await workbench.row(/device-002，离线/).waitFor();
    const said = await page.locator('.part.sidebar').getByRole('treeitem').allInnerTexts();
    assert.deepEqual(
      said.filter((text) => /[A-Za-z]{2,}/.test(text.replace(LATIN, ''))),
      [],
    );
    await workbench.hoverUntil(workbench.row(/device-002/), '缓存：来自服务缓存，可能已过时');
    await workbench.picture('9-chinese');
  });

  it('finds the commands by their Chinese names', async () => {
    await workbench.runCommand('ApsaraMQ MQTT: 查询客户端');
    await workbench.answer(/查询“本地实例”的客户端/, 'GID_local@@@device-001');
    await workbench.page.getByRole('option', { name: /device-001, 在线 · 刚刚 · 缓存/ }).waitFor();
  });
});
