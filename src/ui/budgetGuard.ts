import * as vscode from 'vscode';
import type { Inventories } from '../host/inventory/inventories';
import { findInstance } from '../model/inventory/inventory';
import type { CallMeter } from '../sessions/meter/callMeter';
import { type CostSettings, stateOf } from './words/meterWords';
import { confirm } from './tell';

const t = vscode.l10n.t;

/** Where today's budget of an instance is spent, a person may still ask after one confirmation a day. */
export class BudgetGuard {
  private readonly confirmed = new Set<string>();

  constructor(
    private readonly meter: Pick<CallMeter, 'today' | 'flush'>,
    private readonly inventory: Inventories,
    private readonly settings: CostSettings,
  ) {}

  /** False when the person would rather not. */
  async mayAsk(instanceIds: readonly string[]): Promise<boolean> {
    if (this.settings.dailyCallBudget === 0) return true;
    await this.meter.flush();
    const spent = instanceIds.filter((instanceId) => this.isSpent(instanceId));
    const [first] = spent;
    if (first === undefined) return true;
    const name = findInstance(this.inventory.inventory, first)?.name ?? first;
    const question = t('Today\'s call budget of "{0}" is spent. Ask anyway?', name);
    if (!(await confirm(question, t('Ask Anyway'), t('For the rest of the day this window will not ask again.'))))
      return false;
    for (const instanceId of spent) this.confirmed.add(todayOf(instanceId));
    return true;
  }

  /** True where the budget is spent, and nobody has said today that this window may go on. */
  readonly isSpent = (instanceId: string): boolean => {
    const isSpent = stateOf(this.meter.today(instanceId).calls, this.settings) === 'spent';
    return isSpent && !this.confirmed.has(todayOf(instanceId));
  };
}

function todayOf(instanceId: string): string {
  return `${new Date().toDateString()} ${instanceId}`;
}
