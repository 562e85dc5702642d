import * as vscode from 'vscode';
import { countText, numberText } from './numbers';

const t = vscode.l10n.t;

/** What a check will cost at most: a change that it finds is verified by a call of its own, where that is set. */
export function checkCostText(calls: number, clients: number, verifiesChanges: boolean): string {
  if (!verifiesChanges) return countText(calls, t('1 call'), t('{0} calls', numberText(calls)));
  return clients === 1
    ? t('1 call, 2 if it changed')
    : countText(
        calls,
        t('1 call, and 1 more for each client that changed'),
        t('{0} calls, and 1 more for each client that changed', numberText(calls)),
      );
}
