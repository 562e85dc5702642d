import * as vscode from 'vscode';
import type { ApiError } from '../../model/apiError';
import { type Checkup, CHECKUP_STEPS, type CheckupStep, type Fact, type StepState } from '../../model/doctor/checkup';
import { clockPhrase } from '../../model/doctor/failure';
import { troubleshootUrl } from '../../model/doctor/troubleshoot';
import { failureWords, phraseText } from '../words/failureWords';
import { saidText } from '../words/joiners';
import { proofText } from './failureTooltip';

const t = vscode.l10n.t;

export function stepText(step: CheckupStep): string {
  switch (step) {
    case 'address':
      return t('Address');
    case 'tls':
      return t('TLS');
    case 'clock':
      return t('Clock');
    case 'key':
      return t('Key');
    case 'batch':
      return t('Permission to ask for many (batch)');
    case 'realTime':
      return t('Permission to ask in real time');
  }
}

/** A mark that tells them apart without colour, and the word itself. */
function stateText({ kind }: StepState): string {
  switch (kind) {
    case 'passed':
      return t('✔ passed');
    case 'failed':
    case 'clockOff':
      return t('✘ failed');
    case 'notKnown':
      return t('? not known');
    case 'notReached':
      return t('– not reached');
    case 'notNeeded':
      return t('– not needed');
    case 'running':
      return t('… under way');
    case 'waiting':
      return t('· waiting');
  }
}

function factText(fact: Fact): string {
  switch (fact.kind) {
    case 'address':
      return t('The name stands for {0}.', fact.address);
    case 'notLookedUp':
      return t('No name was looked up here: it is an address itself, or a proxy looks it up.');
    case 'tls':
      return t('{0}, with a certificate that this machine trusts.', fact.version);
    case 'clock':
      return phraseText(clockPhrase(fact.aheadSeconds));
    case 'request':
      return t('Request {0}.', fact.requestId);
  }
}

/** What there is to say of a failure, a sentence a line. */
function failureLines(error: ApiError): string[] {
  const { what, evidence, fix } = failureWords(error);
  const url = troubleshootUrl(error);
  return [
    what,
    ...evidence,
    saidText(t('Evidence'), proofText(error)),
    saidText(t('What to do'), fix),
    ...(url === undefined ? [] : [saidText(t('Troubleshooting'), url)]),
  ];
}

/** What is said of a step below its name. */
function detailsOf(state: StepState): string[] {
  switch (state.kind) {
    case 'passed':
      return state.fact === undefined ? [] : [factText(state.fact)];
    case 'failed':
    case 'notKnown':
      return failureLines(state.error);
    case 'clockOff':
      return [
        phraseText(clockPhrase(state.aheadSeconds)),
        t('The service refuses calls whose time is more than 15 minutes off: set the clock and check again.'),
      ];
    case 'notReached':
    case 'notNeeded':
    case 'running':
    case 'waiting':
      return [];
  }
}

/** The lines of a report below its head, and the line at which each step stands. */
export function checkupLines(
  checkup: Checkup,
  firstLine: number,
): { readonly lines: string[]; readonly lineOf: ReadonlyMap<CheckupStep, number> } {
  const lines: string[] = [];
  const lineOf = new Map<CheckupStep, number>();
  for (const step of CHECKUP_STEPS) {
    lineOf.set(step, firstLine + lines.length);
    const details = detailsOf(checkup[step]).map((line) => `    ${line}`);
    lines.push(saidText(stepText(step), stateText(checkup[step])), ...details);
  }
  return { lines, lineOf };
}
