import * as vscode from 'vscode';
import type { ClientStatus } from '../../sessions/status/statusStore';
import { statusText } from './words';

const t = vscode.l10n.t;

/** How a client's status looks, the same in rows and badges: shape, colour and a word. */
export interface StatusLook {
  readonly icon: string;
  readonly color: string;
  /** One character beside the row; undefined where nothing is known. */
  readonly badge: string | undefined;
  readonly text: string;
  readonly isStale: boolean;
}

const STALE_COLOR = 'disabledForeground';

/** True where the last answer is older than the setting allows. */
export function isStale(status: ClientStatus | undefined, now: number, staleAfterSeconds: number): boolean {
  return isOld(status?.last?.checkedAt, now, staleAfterSeconds);
}

/** True where an answer of this moment is older than the setting allows. */
export function isOld(at: number | undefined, now: number, staleAfterSeconds: number): boolean {
  return at !== undefined && now >= staleAt(at, staleAfterSeconds);
}

/** The moment from which on an answer is stale; the beginning of time where there is none, which never comes. */
export function staleAt(at: number | undefined, staleAfterSeconds: number): number {
  return at === undefined ? 0 : at + staleAfterSeconds * 1000 + 1;
}

/** The look of what is known. A failure shows as such: what was known stands in the row's words. */
export function statusLook(status: ClientStatus | undefined, isOld: boolean): StatusLook {
  const look = freshLook(status);
  return isOld && status?.failure === undefined
    ? { ...look, icon: look.icon === 'pass-filled' ? 'pass' : look.icon, color: STALE_COLOR, isStale: true }
    : look;
}

function freshLook(status: ClientStatus | undefined): StatusLook {
  if (status?.failure !== undefined)
    return { icon: 'error', color: 'list.errorForeground', badge: '!', text: t('check failed'), isStale: false };
  const known = status?.last?.status;
  switch (known) {
    case 'online':
      return { icon: 'pass-filled', color: 'testing.iconPassed', badge: '✓', text: statusText(known), isStale: false };
    case 'offline':
      return { icon: 'circle-slash', color: 'testing.iconFailed', badge: '–', text: statusText(known), isStale: false };
    case 'unknown':
      return { icon: 'question', color: 'list.warningForeground', badge: '?', text: statusText(known), isStale: false };
    case undefined:
      return {
        icon: 'circle-large-outline',
        color: STALE_COLOR,
        badge: undefined,
        text: t('not checked'),
        isStale: false,
      };
  }
}
