import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { COMMANDS } from '../../manifest';
import type { ApiError } from '../../model/apiError';
import { destination } from '../../model/destination';
import { type Checkup, CHECKUP_STEPS, type CheckupStep, errorsOf } from '../../model/doctor/checkup';
import type { Instance } from '../../model/inventory/inventory';
import type { Diagnosis } from '../../sessions/diagnosis';
import { MADE_UP_CLIENT_ID } from '../../sessions/fitCheck';
import { clientToAskAbout } from '../accountCalls';
import type { BudgetGuard } from '../budgetGuard';
import { isByHand, type Subjects } from '../commands/arguments';
import { fixesFor, offer, registerCommand } from '../run';
import { confirm, tellInformation, tellWarning, whileTelling } from '../tell';
import type { WorkspaceConsent } from '../team/workspaceConsent';
import { momentText } from '../words/ages';
import { failureWords, fixText } from '../words/failureWords';
import { asideText, runOnText, saidText } from '../words/joiners';
import { withoutControls } from '../words/words';
import { checkupLines, stepText } from './checkupWords';
import type { Report, Reports } from './reports';

const t = vscode.l10n.t;

export interface DiagnoseParts {
  readonly diagnosis: Pick<Diagnosis, 'run'>;
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly consent: Pick<WorkspaceConsent, 'open'>;
  readonly subjects: Subjects;
  readonly reports: Reports;
  readonly log: Log;
}

/** What a caller without UI is told. */
interface DiagnosisResult {
  readonly steps: readonly { readonly step: CheckupStep; readonly result: string; readonly code?: string }[];
  readonly report: string;
}

/** "Diagnose Instance…": step by step, in a report that grows, what keeps an instance from being asked. */
export function diagnoseCommand(parts: DiagnoseParts): vscode.Disposable {
  const { subjects, log } = parts;
  return registerCommand('diagnoseInstance', log, async (argument) => {
    const chosen = await subjects.instance(argument);
    if (chosen === undefined) return undefined;
    const clientId = clientToAskAbout(chosen);
    if (isByHand(argument) && !(await isAgreed(chosen))) return undefined;
    const instance = await mayBeAsked(parts, chosen, clientId);
    if (instance === undefined) return undefined;
    return isByHand(argument)
      ? diagnoseInView(parts, instance, clientId)
      : diagnoseForCaller(parts, instance, clientId);
  });
}

function isAgreed(instance: Instance): Promise<boolean> {
  const place = destination(instance);
  const clientId = clientToAskAbout(instance);
  const whom =
    clientId === MADE_UP_CLIENT_ID
      ? t('No client is saved, so they ask about a made-up client ID, {0}.', clientId)
      : t('They ask about a saved client, {0}.', clientId);
  const cost = t(
    'At most 3 requests go to {0}: one without a key, and two calls with it. Up to 2 calls are billed.',
    place.kind === 'ok' ? place.host : '–',
  );
  return confirm(t('Diagnose "{0}"?', instance.name), t('Diagnose'), `${cost}\n${whom}`);
}

/** The instance with the key that is bound by now; undefined where the person would rather not. */
async function mayBeAsked({ budget, consent }: DiagnoseParts, instance: Instance, clientId: string) {
  if (!(await budget.mayAsk([instance.instanceId]))) return undefined;
  const open = await consent.open([{ target: instance, clientIds: [clientId] }]);
  return open?.[0] === undefined ? undefined : { ...instance, credential: open[0].target.credential };
}

async function diagnoseForCaller(
  { diagnosis }: DiagnoseParts,
  instance: Instance,
  clientId: string,
): Promise<DiagnosisResult> {
  const checkup = await diagnosis.run(instance, clientId, () => undefined, new AbortController().signal);
  const steps = CHECKUP_STEPS.map((step) => {
    const state = checkup[step];
    return { step, result: state.kind, ...('error' in state ? { code: state.error.code } : {}) };
  });
  return { steps, report: reportOf(instance, checkup).text };
}

async function diagnoseInView(
  { diagnosis, reports }: DiagnoseParts,
  instance: Instance,
  clientId: string,
): Promise<undefined> {
  const title = t('Diagnosis of {0}', withoutControls(instance.name));
  const uri = reports.uriOf(title, instance.instanceId, 'txt');
  let isShown = false;
  const draw = (checkup: Checkup): void => {
    reports.set(uri, reportOf(instance, checkup));
    if (!isShown) void reports.show(uri);
    isShown = true;
  };
  const checkup = await whileTelling(t('Diagnosing "{0}"', instance.name), (signal, report) =>
    diagnosis.run(
      instance,
      clientId,
      (states) => {
        draw(states);
        const running = CHECKUP_STEPS.find((step) => states[step].kind === 'running');
        if (running !== undefined) report(stepText(running));
      },
      signal,
    ),
  );
  draw(checkup);
  void tellResult(instance, checkup);
  return undefined;
}

/** Says once how it ended, with buttons for what would help; the report stays. */
async function tellResult({ name }: Instance, checkup: Checkup): Promise<void> {
  const copy = { title: t('Copy Report'), command: COMMANDS.copyReport };
  const [error] = errorsOf(checkup);
  if (error !== undefined) {
    const { what, fix } = failureWords(error);
    const message = saidText(name, runOnText([what, fix]));
    return offer([...otherFixes(error).slice(0, 2), copy], (...titles) => tellWarning(message, ...titles));
  }
  const isWhole = CHECKUP_STEPS.every((step) => ['passed', 'notNeeded'].includes(checkup[step].kind));
  const message = isWhole ? t('"{0}": every step passed.', name) : t('"{0}": not every step passed.', name);
  return offer([copy], (...titles) => tellInformation(message, ...titles));
}

/** To diagnose again is no way out of what was just found. */
function otherFixes(error: ApiError): vscode.Command[] {
  const again = fixText('diagnose');
  return fixesFor(error).filter(({ title }) => title !== again);
}

/** The report: no key, no ID of one, no saved client's ID. */
function reportOf(instance: Instance, checkup: Checkup): Report {
  const place = destination(instance);
  const asked = clientToAskAbout(instance) === MADE_UP_CLIENT_ID ? t('a made-up client ID') : t('a saved client');
  const head = [
    t('Diagnosis of {0}', asideText(withoutControls(instance.name), instance.instanceId)),
    saidText(t('Endpoint'), place.kind === 'ok' ? `${place.protocol.toLowerCase()}://${place.host}` : '–'),
    saidText(t('When'), momentText(Date.now())),
    saidText(t('Asked about'), asked),
    '',
  ];
  const { lines, lineOf } = checkupLines(checkup, head.length);
  const copy = { line: 0, command: { title: t('Copy Report'), command: COMMANDS.copyReport } };
  return { text: `${[...head, ...lines].join('\n')}\n`, lenses: [copy, ...lensesOf(checkup, lineOf)] };
}

function lensesOf(checkup: Checkup, lineOf: ReadonlyMap<CheckupStep, number>): Report['lenses'] {
  return CHECKUP_STEPS.flatMap((step) => {
    const state = checkup[step];
    if (!('error' in state)) return [];
    const { requestId } = state.error;
    const copy = { title: t('Copy Request ID'), command: COMMANDS.applyFix, arguments: [{ copyRequestId: requestId }] };
    const commands = [...otherFixes(state.error), ...(requestId === undefined ? [] : [copy])];
    return commands.map((command) => ({ line: lineOf.get(step) ?? 0, command }));
  });
}
