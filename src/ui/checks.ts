import * as vscode from 'vscode';
import type { ContextKeys } from '../host/contextKeys';
import { CONTEXT_KEYS, VIEW_ID } from '../manifest';
import type { Freshness } from '../sessions/calls/question';
import type { CheckedClient, CheckProgress, CheckRequest, StatusChecker } from '../sessions/status/statusChecker';
import type { BudgetGuard } from './budgetGuard';
import type { WorkspaceConsent } from './team/workspaceConsent';
import { errorText } from './words/failureWords';
import { numberText } from './words/numbers';

/** What a command tells its caller of one client. */
export interface CheckResult {
  readonly clientId: string;
  readonly status: 'online' | 'offline' | 'unknown';
  readonly verified: boolean;
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly error?: { readonly code: string; readonly message: string; readonly requestId?: string };
}

/** Checks that people start: progress on the view, and one way to cancel them all. */
export class Checks implements vscode.Disposable {
  private readonly running = new Set<AbortController>();

  constructor(
    private readonly checker: StatusChecker,
    private readonly contextKeys: ContextKeys,
    /** Shows how far the checks are; undefined when they have ended. */
    private readonly showProgress: (text: string | undefined) => void,
    private readonly budget: BudgetGuard,
    private readonly consent: Pick<WorkspaceConsent, 'open'>,
  ) {}

  /** Runs a check with progress; resolves with one result for each client, in the order asked. */
  async run(requests: readonly CheckRequest[], freshness: Freshness): Promise<CheckResult[]> {
    if (!(await this.budget.mayAsk(requests.map(({ target }) => target.instanceId)))) return requests.flatMap(notAsked);
    const open = await this.consent.open(requests);
    if (open === undefined) return requests.flatMap(notAsked);
    const abort = new AbortController();
    this.running.add(abort);
    this.contextKeys.set(CONTEXT_KEYS.isChecking, true);
    try {
      const checked = await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () =>
        this.checker.check(open, freshness, abort.signal, (progress) => this.follow(progress)),
      );
      return checked.map(resultOf);
    } finally {
      this.running.delete(abort);
      this.contextKeys.set(CONTEXT_KEYS.isChecking, this.running.size > 0);
      if (this.running.size === 0) this.showProgress(undefined);
    }
  }

  /** True while a check that a person started is under way. */
  get isRunning(): boolean {
    return this.running.size > 0;
  }

  cancel(): void {
    for (const abort of this.running) abort.abort();
  }

  /** Not every answer is worth a redraw: every fiftieth is. */
  private follow({ done, total }: CheckProgress): void {
    if (done % 50 === 0 && done < total)
      this.showProgress(vscode.l10n.t('{0} of {1} checked', numberText(done), numberText(total)));
  }

  dispose(): void {
    this.cancel();
  }
}

function notAsked({ target: { instanceId }, clientIds }: CheckRequest): CheckResult[] {
  return clientIds.map((clientId) => resultOf({ instanceId, clientId, finding: undefined }));
}

/** A failed check claims nothing: unknown, with the error beside it. */
function resultOf({ clientId, finding }: CheckedClient): CheckResult {
  switch (finding?.kind) {
    case 'answered': {
      const { status, isVerified, checkedAt } = finding.observation;
      return { clientId, status, verified: isVerified, checkedAt: new Date(checkedAt).toISOString() };
    }
    case 'failed': {
      const { error, at } = finding;
      const told = {
        code: error.code,
        message: errorText(error),
        ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
      };
      return { clientId, status: 'unknown', verified: false, checkedAt: new Date(at).toISOString(), error: told };
    }
    case undefined: {
      const told = { code: 'Cancelled', message: vscode.l10n.t('The check was cancelled.') };
      return { clientId, status: 'unknown', verified: false, checkedAt: new Date().toISOString(), error: told };
    }
  }
}
