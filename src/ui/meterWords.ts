import * as vscode from 'vscode';
import type { Settings } from '../host/settings';
import { type BudgetState, budgetState } from '../sessions/callBudget';
import type { DayCount } from '../sessions/callMeter';

const t = vscode.l10n.t;
const number = new Intl.NumberFormat(vscode.env.language);

export type CostSettings = Pick<Settings, 'dailyCallBudget' | 'pricePerMillionCalls' | 'currency'>;

export function numberText(value: number): string {
  return number.format(value);
}

/** What so many calls cost; empty where the user entered no price. */
export function moneyText(calls: number, { pricePerMillionCalls, currency }: CostSettings): string {
  if (pricePerMillionCalls <= 0) return '';
  const money = (calls * pricePerMillionCalls) / 1_000_000;
  const format = { style: 'currency', currency, maximumSignificantDigits: 3 } as const;
  return `≈ ${new Intl.NumberFormat(vscode.env.language, format).format(money)}`;
}

/** "120 calls today, 380 saved · ≈ ¥0.03 · 85 % of today's budget". */
export function dayText({ calls, saved }: DayCount, settings: CostSettings): string {
  const parts = [
    t('{0} calls today, {1} saved', number.format(calls), number.format(Math.floor(saved))),
    moneyText(calls, settings),
    budgetText(calls, settings),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function budgetText(calls: number, { dailyCallBudget }: CostSettings): string {
  const percent = new Intl.NumberFormat(vscode.env.language, { style: 'percent' });
  return dailyCallBudget === 0 ? '' : t("{0} of today's budget", percent.format(calls / dailyCallBudget));
}

export function stateOf(calls: number, { dailyCallBudget }: CostSettings): BudgetState {
  return budgetState(calls, dailyCallBudget);
}
