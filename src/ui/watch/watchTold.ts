import { listedText } from '../words/joiners';
import * as vscode from 'vscode';
import type { WaitOutcome } from '../../sessions/wait/waiter';
import { momentText } from '../words/ages';
import { tellError, tellInformation, tellWarning } from '../tell';
import { fixesFor, offer } from '../run';
import { subjectText, wishText } from '../words/waitWords';
import { type Watch, wishOf } from './watch';

const t = vscode.l10n.t;
const MOST_FIXES = 3;

/** Who is watched, in words; of a group that is gone the name alone. */
export function subjectOf({ clientIds, group }: Watch): string {
  const isGone = group !== undefined && clientIds.length === 0;
  return isGone ? t('"{0}"', group) : subjectText(clientIds, group);
}

/** Says once what ran out while the window was closed. */
export function tellOver(watches: readonly Watch[]): void {
  if (watches.length === 0) return;
  const lines = watches.map((watch) =>
    t('{0}, until {1}, ended at {2}', subjectOf(watch), wishText(wishOf(watch)), momentText(watch.deadline)),
  );
  void tellInformation(t('The time of a watch ran out while the window was closed: {0}.', listedText(lines)));
}

/** One notification, whatever the end; none for one the person ended. */
export function tellEnd(outcome: WaitOutcome, message: string): void {
  switch (outcome.kind) {
    case 'met':
      return void tellInformation(message);
    case 'timedOut':
    case 'removed':
    case 'spent':
      return void tellWarning(message);
    case 'failed':
      return void offer(fixesFor(outcome.error).slice(0, MOST_FIXES), (...titles) => tellError(message, ...titles));
    case 'cancelled':
      return;
  }
}
