import type { Page } from 'playwright-core';
import type { LocalInstanceInfo } from '../../../src/emulator/localInstance';
import { CREDENTIAL } from './fleet';
import { inTime } from './inTime';
import type { Probe } from './probe/probeSocket';

export const EXTENSION_ID = 'apsaramq-mqtt.apsaramq-mqtt';

/** One window: its page, and the probe in its extension host. */
export class BenchWindow {
  constructor(
    readonly page: Page,
    readonly probe: Probe,
  ) {}

  command(name: string, argument?: unknown): Promise<unknown> {
    return this.probe.ask('run', `apsaramqMqtt.${name}`, argument);
  }

  /** A fresh window is a fresh user, who has no key yet. */
  async setCredential({ accessKeyId, accessKeySecret }: LocalInstanceInfo): Promise<void> {
    await this.probe.ask('loadOf', EXTENSION_ID);
    await this.command('setCredential', { name: CREDENTIAL, accessKeyId, accessKeySecret });
  }

  /** Resolves when the inventory was read and the extension host has nothing left to do. */
  async atRest(): Promise<void> {
    await this.probe.ask('loadOf', EXTENSION_ID);
    // a command waits for the inventory before it says that it knows no such instance
    await this.command('checkInstance', { instance: 'no such instance' }).catch(() => undefined);
    await this.probe.ask('calm');
  }

  /** Milliseconds from the click that opens the view to a row with such a label. */
  async openView(label: RegExp): Promise<number> {
    return this.clicked(this.tab('ApsaraMQ for MQTT'), label);
  }

  /** Milliseconds from the click on a row to another row with such a label. */
  async openRow(row: RegExp, label: RegExp): Promise<number> {
    return this.clicked(this.page.getByRole('treeitem', { name: row }).first(), label);
  }

  /** When something was clicked last, in milliseconds since the epoch. */
  clickedAt(): Promise<number> {
    return this.page.evaluate<number>('bench.clickedAt()');
  }

  /** Shows another view container in place of ours. */
  async hideView(): Promise<void> {
    await this.tab('Explorer').click();
    await this.page.getByRole('treeitem', { name: /^Instance / }).waitFor({ state: 'hidden' });
  }

  /** The moment, in milliseconds since the epoch, when a row with such a label is in the page. */
  async rowAt(label: RegExp): Promise<number> {
    return inTime(this.page.evaluate<number>(`bench.rowAt(${JSON.stringify(label.source)})`), label.source);
  }

  /** The server would keep the extension host of a lost page for hours: it ends here. */
  async close(): Promise<void> {
    await this.page.context().close();
    await this.probe.end();
  }

  private tab(name: string) {
    return this.page.getByRole('tab', { name }).first();
  }

  private async clicked(target: ReturnType<Page['locator']>, label: RegExp): Promise<number> {
    const seen = this.rowAt(label);
    const [at] = await Promise.all([seen, target.click()]);
    return at - (await this.clickedAt());
  }
}
