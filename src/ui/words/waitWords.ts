import * as vscode from 'vscode';
import type { Missing, Sighting, Wish } from '../../sessions/wait/condition';
import type { WaitEvent, WaitOutcome } from '../../sessions/wait/waiter';
import { durationText, timeText } from './ages';
import type { WaitCost } from '../../sessions/wait/waitPace';
import { countText, numberText } from './numbers';
import { sourceText, statusText } from './words';
import { asideText, phrasesText, saidText } from './joiners';

const t = vscode.l10n.t;

/** Who is waited for, in words: the client itself, or how many. */
export function subjectText(clientIds: readonly string[], group: string | undefined): string {
  const { length } = clientIds;
  if (group !== undefined)
    return countText(length, t('"{0}" (1 client)', group), t('"{0}" ({1} clients)', group, numberText(length)));
  return length === 1 ? (clientIds[0] ?? '') : t('{0} clients', numberText(length));
}

/** "≈ 450 calls", or "≈ 360 calls, up to 1,260 where the cache must be confirmed". */
export function costText({ calls, most }: WaitCost): string {
  const usual = countText(calls, t('≈ 1 call'), t('≈ {0} calls', numberText(calls)));
  return most === calls ? usual : t('{0}, up to {1} where the cache must be confirmed', usual, numberText(most));
}

/** What is waited for: "online", "all online", "any changed". */
export function wishText({ clientIds, match, waitFor }: Wish): string {
  if (clientIds.length === 1) return oneText(waitFor);
  return match === 'all' ? allText(waitFor) : anyText(waitFor);
}

function oneText(waitFor: Wish['waitFor']): string {
  switch (waitFor) {
    case 'online':
      return t('online');
    case 'offline':
      return t('offline');
    case 'restart':
      return t('restarted');
    case 'change':
      return t('changed');
  }
}

function allText(waitFor: Wish['waitFor']): string {
  switch (waitFor) {
    case 'online':
      return t('all online');
    case 'offline':
      return t('all offline');
    case 'restart':
      return t('all restarted');
    case 'change':
      return t('all changed');
  }
}

function anyText(waitFor: Wish['waitFor']): string {
  switch (waitFor) {
    case 'online':
      return t('any online');
    case 'offline':
      return t('any offline');
    case 'restart':
      return t('any restarted');
    case 'change':
      return t('any changed');
  }
}

/** "12:03:05  GID_a@@@1: offline → online (verified)". */
export function seenText({ clientId, from, to }: Extract<WaitEvent, { kind: 'seen' }>): string {
  const change = from === undefined ? statusText(to.status) : `${statusText(from.status)} → ${statusText(to.status)}`;
  return `${timeText(to.checkedAt)}  ${asideText(saidText(clientId, change), sourceText(to.isVerified))}`;
}

/** "GID_a@@@1: online, seen at 12:03:05 (verified)." */
export function metText(subject: string, wish: Wish, outcome: Extract<WaitOutcome, { kind: 'met' }>): string {
  const isVerified = outcome.fulfilled.every((clientId) => outcome.seen.get(clientId)?.isVerified === true);
  return t('{0}: {1}, seen at {2} ({3}).', subject, wishText(wish), timeText(outcome.at), sourceText(isVerified));
}

/** How a client that is missing stands, and what it lacks. */
export function missingText({ clientId, last, lacks }: Missing): string {
  if (last === undefined) return t('{0}: not answered for', clientId);
  const source = phrasesText([sourceText(last.isVerified), timeText(last.checkedAt)]);
  const how = saidText(clientId, asideText(statusText(last.status), source));
  switch (lacks) {
    case 'status':
      return how;
    case 'offlineFirst':
      return phrasesText([how, t('not seen offline')]);
    case 'time':
      return phrasesText([how, t('not for long enough yet')]);
    case 'proof':
      return phrasesText([how, t('not confirmed in real time')]);
  }
}

/** "Gateways: not all online within 2 minutes." */
export function timedOutText(subject: string, wish: Wish, seconds: number): string {
  const until = stableText(wish);
  return t('{0}: not {1} within {2}.', subject, until, durationText(seconds));
}

/** What is waited for, with how long it must hold. */
export function stableText(wish: Wish): string {
  const { stableForSeconds } = wish;
  const what = wishText(wish);
  return stableForSeconds === 0 ? what : t('{0} for {1}', what, durationText(stableForSeconds));
}

/** Why a restart may not have been seen though there was one. */
export function restartCaveat(): string {
  return t(
    'A quick restart can fall between two polls, and the broker may hide it: it notices a lost device only after 1.5 times its keep-alive, unless the device disconnects cleanly; one that comes back sooner with the same client ID never looked offline.',
  );
}

/** How a client stood when it was seen last, in the shape a caller gets. */
export function clientResult(clientId: string, seen: Sighting | undefined) {
  return seen === undefined
    ? { clientId, status: 'unknown', verified: false }
    : {
        clientId,
        status: seen.status,
        verified: seen.isVerified,
        checkedAt: new Date(seen.checkedAt).toISOString(),
      };
}
