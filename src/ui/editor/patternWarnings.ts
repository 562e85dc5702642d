import * as vscode from 'vscode';
import type { PatternProblem } from '../../host/workers/patternSearch';
import { PREFIX, SETTINGS } from '../../manifest';
import { numberText } from '../words/numbers';
import { tellWarning } from '../tell';

const t = vscode.l10n.t;

/** Says once of a pattern that it is not used, and why. */
export async function warnOfPattern(problem: PatternProblem): Promise<void> {
  const open = t('Open Settings');
  if ((await tellWarning(patternProblemText(problem), open)) !== open) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', `${PREFIX}.${SETTINGS.clientIdPatterns}`);
}

/** Which pattern of the setting is not used, and why. */
export function patternProblemText({ position, why }: PatternProblem): string {
  return t('Client ID pattern {0} of the settings is not used: {1}', numberText(position), whyText(why));
}

function whyText(why: PatternProblem['why']): string {
  switch (why.kind) {
    case 'notText':
      return t('it is no text.');
    case 'empty':
      return t('it is empty.');
    case 'syntax':
      return why.message;
    case 'late':
      return t('it took too long, so it is switched off until the setting changes.');
    case 'failed':
      return t('it failed, so it is switched off until the setting changes.');
  }
}
