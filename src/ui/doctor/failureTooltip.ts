import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import type { ApiError } from '../../model/apiError';
import { troubleshootUrl } from '../../model/doctor/troubleshoot';
import { momentText } from '../words/ages';
import { failureWords, fixText } from '../words/failureWords';
import { listedText, phrasesText, runOnText, saidText } from '../words/joiners';
import { appendLine } from '../words/markdown';
import type { FixLink } from './fixes';

const t = vscode.l10n.t;

/** Appends why the last check of a row failed, what proves it, what to do, and links that do it. */
export function appendFailure(
  tooltip: vscode.MarkdownString,
  instance: string,
  { error, at }: { readonly error: ApiError; readonly at: number },
): void {
  const { what, evidence, fix, fixes } = failureWords(error);
  appendLine(tooltip, t('Last check failed'), saidText(momentText(at), what));
  appendLine(tooltip, t('Evidence'), runOnText([...evidence, proofText(error)]));
  appendLine(tooltip, t('What to do'), fix);
  const links = fixes.map((each) => commandLink(fixText(each), { fix: each, instance }));
  const { requestId } = error;
  if (requestId !== undefined) links.push(commandLink(t('Copy Request ID'), { copyRequestId: requestId }));
  const url = troubleshootUrl(error);
  if (url !== undefined) links.push(`[${t('Troubleshooting')}](${url})`);
  tooltip.isTrusted = { enabledCommands: [COMMANDS.applyFix] };
  if (links.length > 0) tooltip.appendMarkdown(`${links.join(' · ')}\n\n`);
}

/** "Code SignatureDoesNotMatch; request 63309FDB; operation …, host …": what to quote. */
export function proofText({ code, requestId, call: { operation, host } }: ApiError): string {
  const place = [operation, host].filter((part) => part !== undefined);
  return listedText([
    t('code {0}', code),
    ...(requestId === undefined ? [] : [t('request {0}', requestId)]),
    ...(place.length === 0 ? [] : [phrasesText(place)]),
  ]);
}

function commandLink(label: string, link: FixLink): string {
  const argument = encodeURIComponent(JSON.stringify([link]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `[${label}](command:${COMMANDS.applyFix}?${argument})`;
}
