import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { InventoryFile } from '../../host/inventoryFile';
import type { Settings } from '../../host/settings';
import { clientIdsOf } from '../../model/inventory';
import { callsPerHour } from '../../sessions/refreshCost';
import { pick } from '../inputs/steps';
import { moneyText, numberText } from '../meterWords';
import { registerCommand } from '../run';
import { UserError } from '../userError';
import { readArguments } from './arguments';

const t = vscode.l10n.t;
const INTERVALS_SECONDS = [10, 30, 60, 300, 900, 3600];
const shape = v.object({ intervalSeconds: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(86_400)) });

/** Switches the timer on, and says before what it will cost; and off. */
export function refreshCommands(inventory: InventoryFile, settings: Settings, log: Log): vscode.Disposable[] {
  function costText(intervalSeconds: number): string {
    const counts = inventory.inventory.instances.map((instance) => clientIdsOf(instance).length);
    const calls = callsPerHour(counts, intervalSeconds);
    const clients = counts.reduce((sum, count) => sum + count, 0);
    const cost = t('{0} clients ≈ {1} calls/h', numberText(clients), numberText(calls));
    const money = moneyText(calls * 24, settings);
    return money === '' ? cost : `${cost} · ${t('{0} a day', money)}`;
  }

  async function start(argument: unknown): Promise<void> {
    await inventory.ready;
    if (inventory.inventory.instances.length === 0)
      throw new UserError(t('No instance is saved yet. Run "Add Instance" or "Start Local Instance" first.'));
    if (argument !== undefined) {
      await settings.setAutoRefreshIntervalSeconds(readArguments(shape, argument).intervalSeconds);
      return;
    }
    const items = INTERVALS_SECONDS.map((value) => ({ label: everyText(value), description: costText(value), value }));
    const title = t('Start Auto Refresh: while the view is visible and the window focused');
    const chosen = await pick({ title, items });
    if (chosen !== undefined) await settings.setAutoRefreshIntervalSeconds(chosen);
  }

  return [
    registerCommand('startAutoRefresh', log, start),
    registerCommand('stopAutoRefresh', log, () => settings.setAutoRefreshIntervalSeconds(0)),
  ];
}

function everyText(seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [1, 'hour'];
  const format = new Intl.NumberFormat(vscode.env.language, { style: 'unit', unit, unitDisplay: 'long' });
  return t('Every {0}', format.format(value));
}
