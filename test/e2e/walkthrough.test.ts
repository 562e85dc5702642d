import { Workbench } from '../host/workbench';

const LANGUAGES = [
  {
    language: 'en',
    title: 'See which devices are online',
    step: 'Try it without a cloud account',
    start: 'Start Local Instance',
    show: 'Show the Clients',
    page: /The local instance is a real MQTT broker/,
    row: /Local instance, 3\/5 online/,
    next: /Add your instance/,
    nextPage: /The AccessKey goes into VS Code's secret storage/,
  },
  {
    language: 'zh-cn',
    title: '查看哪些设备在线',
    step: '无需云账号即可试用',
    start: '启动本地实例',
    show: '显示客户端',
    page: /本地实例是一个真实的 MQTT 服务器/,
    row: /本地实例，3\/5 在线/,
    next: /添加您的实例/,
    nextPage: /AccessKey 只保存在 VS Code 的机密存储中/,
  },
] as const;

for (const { language, title, step, start, show, page: text, row, next, nextPage } of LANGUAGES) {
  describe(`the walkthrough in ${language}`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await Workbench.open({ 'apsaramqMqtt.localInstance.simulatedClients': 5 }, { language });
    });
    after(() => workbench.dispose());

    it('leads from its first step to a badge that is green, and marks the step as done', async () => {
      const { page } = workbench;
      await page.setViewportSize({ width: 1800, height: 900 }); // a narrow editor shows no pages beside the steps
      await workbench.runCommand('Welcome: Open Walkthrough...');
      await page.locator('.quick-input-list').getByText(title).first().click();
      const steps = page.locator('.gettingStartedContainer');
      await steps.getByText(step).first().click();
      await page.frameLocator('iframe.webview').frameLocator('#active-frame').getByText(text).waitFor();
      await steps.getByRole('button', { name: start }).click();
      await steps.getByRole('button', { name: show }).click();
      await workbench.row(row).waitFor();
      await steps.locator('.getting-started-step', { hasText: step }).locator('.complete').first().waitFor();
      await workbench.picture(`walkthrough-${language}`);
      await steps.getByText(next).first().click();
      await page.frameLocator('iframe.webview').frameLocator('#active-frame').getByText(nextPage).waitFor();
      await workbench.picture(`walkthrough-${language}-2`);
    });
  });
}
