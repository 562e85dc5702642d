import * as vscode from 'vscode';
import type { Instance } from '../../model/inventory/inventory';
import { type CheckLinkProblem, MOST_LINKED_CLIENTS } from '../../model/checkLink';
import { callsOfRound } from '../../sessions/meter/callCost';
import { checkCostText } from '../words/callWords';
import { numberText } from '../words/numbers';
import { listText } from '../words/words';

const t = vscode.l10n.t;
const MOST_SHOWN = 10;

/** Why a link is not followed. It quotes nothing of it, so VS Code shows the same sentence once, however many come. */
export function linkProblemText(problem: CheckLinkProblem): string {
  switch (problem) {
    case 'unknownPath':
      return t('This link asks for nothing that this extension does. It follows links to "/check" alone.');
    case 'tooLong':
      return t('This link is too long to be followed.');
    case 'noClient':
      return t('This link names no client ID, so nothing was asked.');
    case 'tooManyClients':
      return t('This link names more than {0} client IDs, so nothing was asked.', numberText(MOST_LINKED_CLIENTS));
    case 'badClient':
      return t('This link holds something that is no client ID, so nothing was asked.');
    case 'badInstance':
      return t('This link names its instance in a way that cannot be read, so nothing was asked.');
  }
}

/** What a person is asked before a link makes a call: who would be asked, about whom, and what it costs. */
export function linkQuestion(
  { name, instanceId }: Instance,
  clientIds: readonly string[],
  verifiesChanges: boolean,
): { readonly question: string; readonly detail: string } {
  const { length } = clientIds;
  const cost = checkCostText(callsOfRound([length]), length, verifiesChanges);
  const question =
    length === 1
      ? t('A link asks how "{0}" of "{1}" ({2}) stands. Ask the service?', clientIds[0] ?? '', name, instanceId)
      : t('A link asks how {0} clients of "{1}" ({2}) stand. Ask the service?', numberText(length), name, instanceId);
  const all = listText(clientIds.slice(0, MOST_SHOWN), Math.max(0, length - MOST_SHOWN));
  const detail = t('It costs {0}.', cost);
  return { question, detail: length === 1 ? detail : `${detail}\n\n${all}` };
}
