import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import { isLocal, type Place } from '../../model/destination';
import { type BudgetState, budgetState } from '../../sessions/meter/callBudget';
import type { DayCount } from '../../sessions/meter/callMeter';
import { countText, numberText, percentText } from './numbers';

const t = vscode.l10n.t;

export type CostSettings = Pick<Settings, 'dailyCallBudget' | 'pricePerMillionCalls' | 'currency'>;

/** The settings that hold for an instance: what is asked of this machine costs no money. */
export function costSettingsOf(place: Place, settings: CostSettings): CostSettings {
  const { dailyCallBudget, currency, pricePerMillionCalls } = settings;
  return { dailyCallBudget, currency, pricePerMillionCalls: isLocal(place) ? 0 : pricePerMillionCalls };
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
    callsText(calls, numberText(Math.floor(saved))),
    moneyText(calls, settings),
    budgetText(calls, settings),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function callsText(calls: number, saved: string): string {
  return countText(
    calls,
    t('1 call today, {0} saved', saved),
    t('{0} calls today, {1} saved', numberText(calls), saved),
  );
}

function budgetText(calls: number, { dailyCallBudget }: CostSettings): string {
  return dailyCallBudget === 0 ? '' : t("{0} of today's budget", percentText(calls / dailyCallBudget));
}

export function stateOf(calls: number, { dailyCallBudget }: CostSettings): BudgetState {
  return budgetState(calls, dailyCallBudget);
}
