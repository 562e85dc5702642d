import * as vscode from 'vscode';
import type { WaitOutcome } from '../../sessions/wait/waiter';
import { metText, missingText, timedOutText } from '../words/waitWords';
import { timeText } from '../words/ages';
import { numberText } from '../words/numbers';
import { errorText } from '../words/failureWords';
import { sourceText, statusText } from '../words/words';
import { type Watch, wishOf } from './watch';
import { listedText, saidText } from '../words/joiners';

const t = vscode.l10n.t;
const MOST_NAMED = 3;

/** What happened and when, in one sentence or two. */
export function endText(watch: Watch, subject: string, outcome: WaitOutcome, gone: 'group' | 'instance'): string {
  switch (outcome.kind) {
    case 'met':
      return watch.until === 'change' ? changedText(outcome) : metText(subject, wishOf(watch), outcome);
    case 'timedOut': {
      const seconds = Math.round((watch.deadline - watch.startedAt) / 1000);
      const missing = some(outcome.missing.map(missingText));
      return `${timedOutText(subject, wishOf(watch), seconds)} ${t('Last seen: {0}.', missing)}`;
    }
    case 'failed':
      return t('Watching {0} ended with an error. {1}', subject, errorText(outcome.error));
    case 'removed':
      return gone === 'group'
        ? t('Watching {0} ended: the group was removed or has no clients any more.', subject)
        : t('Watching {0} ended: instance "{1}" is not in the inventory.', subject, watch.instanceId);
    case 'spent':
      return t("Watching {0} ended: today's call budget of the instance is spent.", subject);
    case 'cancelled':
      return t('Watching {0} was stopped.', subject);
  }
}

function changedText({ fulfilled, seen: found, baseline }: Extract<WaitOutcome, { kind: 'met' }>): string {
  const changes = fulfilled.flatMap((clientId) => {
    const [before, seen] = [baseline.get(clientId), found.get(clientId)];
    if (before === undefined || seen === undefined) return [];
    const change = saidText(clientId, `${statusText(before)} → ${statusText(seen.status)}`);
    return [t('{0}, seen at {1} ({2})', change, timeText(seen.checkedAt), sourceText(seen.isVerified))];
  });
  return t('{0}.', some(changes));
}

/** The first few, and how many more there are. */
function some(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  const named = texts.slice(0, MOST_NAMED);
  return listedText([...named, ...(more > 0 ? [t('{0} more', numberText(more))] : [])]);
}
