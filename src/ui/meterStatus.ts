import * as vscode from 'vscode';
import type { InventoryFile } from '../host/inventoryFile';
import type { Settings } from '../host/settings';
import { VIEW_ID } from '../manifest';
import type { CallMeter } from '../sessions/callMeter';
import { dayText, numberText, stateOf } from './meterWords';

const t = vscode.l10n.t;
const REDRAW_MS = 500;

/** Today's calls in the status bar: there once a call was made, and marked where a budget runs out. */
export class MeterStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('calls', vscode.StatusBarAlignment.Right, 50);
  private readonly subscriptions: { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly meter: CallMeter,
    private readonly inventory: InventoryFile,
    private readonly settings: Settings,
  ) {
    this.item.name = t('ApsaraMQ for MQTT: calls today');
    this.item.command = `${VIEW_ID}.focus`;
    const follow = (): void => this.follow();
    this.subscriptions = [
      this.item,
      meter.onDidChange(follow),
      settings.onDidChange(follow),
      inventory.onDidChange(follow),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private follow(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.draw();
    }, REDRAW_MS);
  }

  private draw(): void {
    const { calls } = this.meter.total();
    if (calls === 0) {
      this.item.hide();
      return;
    }
    const instances = this.inventory.inventory.instances.map(({ name, instanceId }) => {
      const count = this.meter.today(instanceId);
      return { text: `${name}: ${dayText(count, this.settings)}`, state: stateOf(count.calls, this.settings) };
    });
    const isSpent = instances.some(({ state }) => state === 'spent');
    const isWarned = isSpent || instances.some(({ state }) => state === 'nearlySpent');
    this.item.text = `$(${isWarned ? 'warning' : 'pulse'}) ${t('MQTT calls today: {0}', numberText(calls))}`;
    const budget = isSpent
      ? [t("Today's budget is spent: timers ask no more.")]
      : isWarned
        ? [t("Today's budget is nearly spent.")]
        : [];
    this.item.tooltip = [...instances.map(({ text }) => text), ...budget].join('\n');
    this.item.accessibilityInformation = {
      label: `${t('MQTT calls today: {0}', numberText(calls))}. ${budget.join('')}`,
    };
    this.item.backgroundColor = isWarned ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}
