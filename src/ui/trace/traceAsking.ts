import * as vscode from 'vscode';
import { ApiError } from '../../model/apiError';
import type { Instance } from '../../model/inventory/inventory';
import type { TracePage, TraceQuestion } from '../../model/trace/traceEvent';
import type { Traces } from '../../sessions/traces';
import type { BudgetGuard } from '../budgetGuard';
import type { WorkspaceConsent } from '../team/workspaceConsent';
import { whileTelling } from '../tell';
import { UserError } from '../userError';
import { traceErrorText } from './traceWords';

const t = vscode.l10n.t;

export interface TraceAskingParts {
  readonly traces: Pick<Traces, 'page'>;
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly consent: Pick<WorkspaceConsent, 'open'>;
}

/**
 * Asks for one page, where budget and workspace allow it; undefined where the person would rather not, before or
 * meanwhile. Throws UserError with the sentence for a failure.
 */
export async function askForPage(
  { traces, budget, consent }: TraceAskingParts,
  instance: Instance,
  question: TraceQuestion,
  page: number,
): Promise<(TracePage & { askedAt: number }) | undefined> {
  if (!(await budget.mayAsk([instance.instanceId]))) return undefined;
  const [open] = (await consent.open([{ target: instance, clientIds: [question.clientId] }])) ?? [];
  if (open === undefined) return undefined;
  return whileTelling(t('Asking for the connection history of {0}', question.clientId), async (signal) => {
    const askedAt = Date.now();
    try {
      return { ...(await traces.page(open.target, question, page, signal)), askedAt };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'cancelled') return undefined;
      throw new UserError(traceErrorText(error));
    }
  });
}
