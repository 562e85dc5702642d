import * as vscode from 'vscode';

const language = vscode.env.language;
const relative = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });
const absolute = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

/** "12s ago" in the user's language, in steps of 5 s below a minute, so that a standing view redraws rarely. */
export function ageText(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds < 5) return vscode.l10n.t('just now');
  if (seconds < 60) return relative.format(-(seconds - (seconds % 5)), 'second');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  return seconds < 86_400
    ? relative.format(-Math.floor(seconds / 3600), 'hour')
    : relative.format(-Math.floor(seconds / 86_400), 'day');
}

/** The moment itself, in the user's language and time zone. */
export function momentText(at: number): string {
  return absolute.format(at);
}
