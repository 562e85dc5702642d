import * as vscode from 'vscode';
import type { ClientChange } from '../../sessions/status/changesSince';
import { timeText } from '../words/ages';
import { numberText } from '../words/numbers';
import { sourceText, statusText } from '../words/words';
import { listedText } from '../words/joiners';

const t = vscode.l10n.t;
const MOST_NAMED = 10;

/** "GID_a@@@1: online → offline (10:03:12 PM, verified)". */
export function changeText({ clientId, from, to, at, isVerified }: ClientChange): string {
  return t(
    '{0}: {1} → {2} ({3}, {4})',
    clientId,
    statusText(from),
    statusText(to),
    timeText(at),
    sourceText(isVerified),
  );
}

/** What is another at the end of debugging than at its start; long lists end with a count. */
export function summaryText(changes: readonly ClientChange[]): string {
  if (changes.length === 0) return t('No client was seen to change between the start and the end of debugging.');
  const named = changes.slice(0, MOST_NAMED).map(changeText);
  const rest = changes.length - named.length;
  const list = listedText([...named, ...(rest > 0 ? [t('and {0} more', numberText(rest))] : [])]);
  return t('Changed between the start and the end of debugging: {0}', list);
}
