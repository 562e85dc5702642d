import * as vscode from 'vscode';
import type { Freshness } from '../../sessions/calls/question';
import { numberText } from '../words/numbers';
import { confirm } from '../tell';

const t = vscode.l10n.t;

/** What nobody is asked about: a check this small is what a person has just asked for. */
const MOST_CALLS_UNASKED = 10;

/** Says what a check costs and asks once, where it is more than a few calls. */
export async function mayCost(clients: number, calls: number, freshness: Freshness): Promise<boolean> {
  if (calls <= MOST_CALLS_UNASKED) return true;
  const [clientsText, callsText] = [numberText(clients), numberText(calls)];
  const isVerify = freshness === 'verified';
  const question = isVerify
    ? t('Verify {0} client IDs in {1} calls?', clientsText, callsText)
    : t('Check {0} client IDs in {1} calls?', clientsText, callsText);
  const go = isVerify ? t('Verify') : t('Check');
  const detail = t(
    'A failed call is tried again, and a change of status is confirmed in real time: those calls are counted apart.',
  );
  return confirm(question, go, detail);
}
