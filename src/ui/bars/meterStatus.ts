import * as vscode from 'vscode';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { VIEW_ID } from '../../manifest';
import type { CallMeter } from '../../sessions/meter/callMeter';
import { NextMoment } from '../../sessions/fleet/nextMoment';
import { costSettingsOf, dayText, stateOf } from '../words/meterWords';
import { numberText } from '../words/numbers';
import { saidText, sentencesText } from '../words/joiners';

const t = vscode.l10n.t;
const REDRAW_MS = 500;

/** Today's calls in the status bar: there once a call was made, and marked where a budget runs out. */
export class MeterStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('calls', vscode.StatusBarAlignment.Right, 50);
  private readonly subscriptions: { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;
  /** What was counted yesterday is not today's. */
  private readonly midnight = new NextMoment(Date.now, () => void this.meter.flush());

  constructor(
    private readonly meter: CallMeter,
    private readonly inventory: Inventories,
    private readonly settings: Settings,
  ) {
    this.item.name = t('ApsaraMQ for MQTT: calls today');
    this.item.command = `${VIEW_ID}.focus`;
    const follow = (): void => this.follow();
    this.subscriptions = [
      this.item,
      this.midnight,
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
    this.midnight.await([new Date().setHours(24, 0, 0, 0)]);
    const { calls } = this.meter.total();
    if (calls === 0) {
      this.item.hide();
      return;
    }
    const instances = this.inventory.inventory.instances.map((instance) => {
      const count = this.meter.today(instance.instanceId);
      const cost = dayText(count, costSettingsOf(instance, this.settings));
      return { text: saidText(instance.name, cost), state: stateOf(count.calls, this.settings) };
    });
    const isSpent = instances.some(({ state }) => state === 'spent');
    const isWarned = isSpent || instances.some(({ state }) => state === 'nearlySpent');
    this.item.text = `$(${isWarned ? 'warning' : 'pulse'}) ${t('MQTT calls today: {0}', numberText(calls))}`;
    const budget = isSpent
      ? [t("Today's budget is spent: timers ask no more of that instance.")]
      : isWarned
        ? [t("Today's budget is nearly spent.")]
        : [];
    this.item.tooltip = [...instances.map(({ text }) => text), ...budget].join('\n');
    this.item.accessibilityInformation = {
      label: sentencesText([t('MQTT calls today: {0}', numberText(calls)), ...budget]),
    };
    this.item.backgroundColor = isWarned ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }
}
