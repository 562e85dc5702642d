import * as vscode from 'vscode';
import type { ContextKeys } from '../host/contextKeys';
import { CONTEXT_KEYS, VIEW_ID } from '../manifest';
import type { Freshness } from '../sessions/question';
import type { CheckedClient, CheckRequest, StatusChecker } from '../sessions/statusChecker';
import { errorText } from './words';

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
  ) {}

  /** Runs a check with progress; resolves with one result for each client, in the order asked. */
  async run(requests: readonly CheckRequest[], freshness: Freshness): Promise<CheckResult[]> {
    const abort = new AbortController();
    this.running.add(abort);
    this.contextKeys.set(CONTEXT_KEYS.isChecking, true);
    try {
      const checked = await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () =>
        this.checker.check(requests, freshness, abort.signal),
      );
      return checked.map(resultOf);
    } finally {
      this.running.delete(abort);
      this.contextKeys.set(CONTEXT_KEYS.isChecking, this.running.size > 0);
    }
  }

  cancel(): void {
    for (const abort of this.running) abort.abort();
  }

  dispose(): void {
    this.cancel();
  }
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
