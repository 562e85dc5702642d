import * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import type { ApiError } from '../../model/apiError';
import type { CommonCause } from '../../sessions/status/commonCause';
import { failureWords } from '../words/failureWords';
import { runOnText } from '../words/joiners';

const t = vscode.l10n.t;

/** Says above the rows, once, for what all instances fail; the rows and "Diagnose Instance" say more. */
export function followCause(
  cause: CommonCause,
  view: { readonly showBlocked: (text: string | undefined) => void },
): Disposable {
  return cause.onDidChange(() => {
    view.showBlocked(cause.current === undefined ? undefined : blockedText(cause.current));
  });
}

function blockedText(error: ApiError): string {
  const { what, evidence, fix } = failureWords(error);
  return runOnText([t('What was asked about cannot be checked.'), what, ...evidence, fix]);
}
