import * as vscode from 'vscode';
import type { ApiError } from '../../model/apiError';
import { failureOf, type Phrase } from '../../model/doctor/failure';
import type { Fix } from '../../model/doctor/sentence';
import { SourceError } from '../../model/sources/sourceError';
import { runOnText } from './joiners';
import { numberText } from './numbers';
import { sourceProblemText } from './sourceWords';

const t = vscode.l10n.t;

/** What is wrong and what to do, with what was measured, the code and the request ID to quote. */
export function errorText(error: ApiError): string {
  const { what, evidence, fix } = failureWords(error);
  const { code, requestId } = error;
  const said = runOnText([what, ...evidence]);
  return requestId === undefined
    ? t('{0} {1} ({2})', said, fix, code)
    : t('{0} {1} ({2}, request {3})', said, fix, code, requestId);
}

interface FailureWords {
  readonly what: string;
  readonly evidence: readonly string[];
  readonly fix: string;
  readonly fixes: readonly Fix[];
}

/** A failure in the user's language, part by part. */
export function failureWords(error: Pick<ApiError, 'kind' | 'code' | 'call'>): FailureWords {
  const { what, evidence, fix, fixes } = failureOf(error);
  // A source says more than its kind does.
  if (error instanceof SourceError) return { ...sourceProblemText(error.problem), evidence: [], fixes };
  return { what: phraseText(what), evidence: evidence.map(phraseText), fix: phraseText(fix), fixes };
}

export function phraseText({ text, args }: Phrase): string {
  return t(text, ...args.map((arg) => (typeof arg === 'number' ? numberText(arg) : arg)));
}

/** The title of the button or link for a fix. */
export function fixText(fix: Fix): string {
  switch (fix) {
    case 'setCredential':
      return t('Set Credential');
    case 'bindCredential':
      return t('Bind a Key');
    case 'editInstance':
      return t('Edit Instance');
    case 'tryRegion':
      return t('Try Another Region… (1 call)');
    case 'copyPolicy':
      return t('Copy RAM Policy');
    case 'proxySettings':
      return t('Open Proxy Settings');
    case 'rateSetting':
      return t('Open Call Rate Setting');
    case 'startLocal':
      return t('Start Local Instance');
    case 'diagnose':
      return t('Diagnose Instance');
  }
}
