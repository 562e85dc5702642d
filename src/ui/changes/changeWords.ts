import * as vscode from 'vscode';
import type { Cell, LastHour } from '../../sessions/history/lastHour';
import type { Notice } from '../../sessions/history/notices';
import { fromOf, type Transition } from '../../sessions/history/transition';
import { durationText, momentText } from '../words/ages';
import { countText, numberText } from '../words/numbers';
import { sourceText, statusText } from '../words/words';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Height, not colour, tells them apart. */
const MARKS: Record<Cell, string> = { online: '█', both: '▄', offline: '▁', unknown: '·' };

/** "48 min": as much as is certain, so that the parts of an hour never make more than one. */
function certainText(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  return durationText(ms < MINUTE_MS ? seconds : seconds - (seconds % 60), 'short');
}

/** "online → offline". */
export function directionText(transition: Pick<Transition, 'to'>): string {
  return `${statusText(fromOf(transition))} → ${statusText(transition.to)}`;
}

/** When a change was seen and how; where nobody looked for a while before, since when it may have been so. */
export function seenText({ at, notBefore, isVerified }: Transition): string {
  const parts = [momentText(at), sourceText(isVerified)];
  if (at - notBefore >= MINUTE_MS) parts.push(t('at some time after {0}', momentText(notBefore)));
  return parts.join(' · ');
}

export function sparkText({ cells }: LastHour): string {
  return cells.map((cell) => MARKS[cell]).join('');
}

/** What the marks mean, in words. */
export function legendText(): string {
  const { online, both, offline, unknown } = MARKS;
  return t('{0} online, {1} both, {2} offline, {3} not known', online, both, offline, unknown);
}

/** "2 changes, online 48 min, not known 12 min": as far as it is known. */
export function lastHourText({ changes, onlineMs, offlineMs }: LastHour): string {
  const parts = [countText(changes, t('1 change'), t('{0} changes', numberText(changes)))];
  const unknownMs = HOUR_MS - onlineMs - offlineMs;
  if (onlineMs >= SECOND_MS) parts.push(t('online {0}', certainText(onlineMs)));
  if (offlineMs >= SECOND_MS) parts.push(t('offline {0}', certainText(offlineMs)));
  if (unknownMs >= MINUTE_MS) parts.push(t('not known {0}', certainText(unknownMs)));
  return phrasesText(parts);
}

/** What a notification says: one client by its ID, several by their group. */
export function noticeText({ kind, group, clientIds }: Notice): string {
  const [clientId = ''] = clientIds;
  const count = numberText(clientIds.length);
  const isOne = clientIds.length === 1;
  switch (kind) {
    case 'online':
      return isOne ? t('{0} went online.', clientId) : t('{0} clients in {1} went online.', count, group);
    case 'offline':
      return isOne ? t('{0} went offline.', clientId) : t('{0} clients in {1} went offline.', count, group);
    case 'flapping':
      return isOne
        ? t('{0} goes online and offline again and again; its tooltip names likely causes.', clientId)
        : t('{0} clients in {1} go online and offline again and again.', count, group);
  }
}

/** The button of a notification mutes more than one client where that is a group, so it says which. */
export function muteText(notice: Notice): string {
  const clientId = onlyClientOf(notice);
  return clientId === undefined ? t('Mute "{0}"', notice.group) : t('Mute {0}', clientId);
}

/** The client of a notice that tells of one alone. */
export function onlyClientOf({ clientIds }: Notice): string | undefined {
  return clientIds.length === 1 ? clientIds[0] : undefined;
}
