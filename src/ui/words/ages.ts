import * as vscode from 'vscode';
import { lazy } from '../../base/lazy';
import { ageInUnits } from '../../model/results/age';

export { ageStep } from '../../model/results/age';

const language = vscode.env.language;
// The first formatter of a process takes 15 ms.
const relative = lazy(() => new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' }));
const timeOfDay = lazy(() => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }));
const absolute = lazy(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }));
const exact = lazy(
  () =>
    new Intl.DateTimeFormat(language, {
      ...{ year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
      timeZoneName: 'short',
    }),
);

/** "10s ago" in the user's language, for an age that `ageStep` gave. */
export function ageText(seconds: number): string {
  const age = ageInUnits(seconds);
  return age === undefined ? vscode.l10n.t('just now') : relative().format(-age.value, age.unit);
}

/** The moment itself, in the user's language and time zone. */
export function momentText(at: number): string {
  return absolute().format(at);
}

/** The moment to the millisecond, with its time zone: for what is kept, and compared with the log of a device. */
export function exactText(at: number): string {
  return exact().format(at);
}

/** The time of day alone, in the user's language and time zone. */
export function timeText(at: number): string {
  return timeOfDay().format(at);
}

/** "90 seconds", "15 minutes", "1 hour" in the user's language; "15 min" where it is to be short. */
export function durationText(seconds: number, unitDisplay: 'long' | 'short' = 'long'): string {
  const unit = seconds % 3600 === 0 && seconds > 0 ? 'hour' : seconds % 60 === 0 && seconds > 0 ? 'minute' : 'second';
  const value = seconds / { hour: 3600, minute: 60, second: 1 }[unit];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(value);
}
