import * as vscode from 'vscode';
import type { InventoryFile } from '../host/inventoryFile';
import { findInstance } from '../model/inventory';
import type { CallMeter } from '../sessions/callMeter';
import { type CostSettings, stateOf } from './meterWords';

const t = vscode.l10n.t;

/** Where today's budget of an instance is spent, a person may still ask after one confirmation a day. */
export class BudgetGuard {
  private readonly confirmed = new Set<string>();

  constructor(
    private readonly meter: Pick<CallMeter, 'today' | 'flush'>,
    private readonly inventory: InventoryFile,
    private readonly settings: CostSettings,
  ) {}

  /** False when the person would rather not. */
  async mayAsk(instanceIds: readonly string[]): Promise<boolean> {
    if (this.settings.dailyCallBudget === 0) return true;
    await this.meter.flush();
    const today = new Date().toDateString();
    const spent = instanceIds.filter(
      (instanceId) =>
        stateOf(this.meter.today(instanceId).calls, this.settings) === 'spent' &&
        !this.confirmed.has(`${today} ${instanceId}`),
    );
    const [first] = spent;
    if (first === undefined) return true;
    const name = findInstance(this.inventory.inventory, first)?.name ?? first;
    const anyway = t('Ask Anyway');
    const chosen = await vscode.window.showWarningMessage(
      t('Today\'s call budget of "{0}" is spent. Ask anyway?', name),
      { modal: true, detail: t('For the rest of the day this window will not ask again.') },
      anyway,
    );
    if (chosen !== anyway) return false;
    for (const instanceId of spent) this.confirmed.add(`${today} ${instanceId}`);
    return true;
  }
}
