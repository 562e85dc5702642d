import * as vscode from 'vscode';
import { lazy } from '../../base/lazy';

const whole = lazy(() => new Intl.NumberFormat(vscode.env.language));
const tenths = lazy(() => new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 }));
const percent = lazy(() => new Intl.NumberFormat(vscode.env.language, { style: 'percent' }));

/** "48,210" in the user's language. */
export function numberText(value: number): string {
  return whole().format(value);
}

/** The text that fits a count: many languages have words of their own for one. */
export function countText(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** "93 %" in the user's language, for a share of 0.93. */
export function percentText(share: number): string {
  return percent().format(share);
}

/** "3.5" for a share of 0.035: points of percent. */
export function pointsText(share: number): string {
  return tenths().format(share * 100);
}
