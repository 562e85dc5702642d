import * as vscode from 'vscode';
import type { ClientStatus } from '../../sessions/status/statusStore';
import { ageStep, ageText } from '../words/ages';
import { isStale, statusLook } from '../words/statusLook';
import { statusText } from '../words/words';
import { asideText } from '../words/joiners';
import type { ClientPlace } from './clientPlaces';

const t = vscode.l10n.t;

/** "online · 2m ago · stale", "check failed · was online · 2m ago" or "not checked". */
export function knownText(status: ClientStatus | undefined, now: number, staleAfterSeconds: number): string {
  const last = status?.last;
  const stale = isStale(status, now, staleAfterSeconds) ? [t('stale')] : [];
  const words = last === undefined ? [] : [statusText(last.status), ageText(ageStep(last.checkedAt, now)), ...stale];
  if (status?.failure !== undefined)
    return [t('check failed'), ...(words.length === 0 ? [] : [t('was {0}', words.join(' · '))])].join(' · ');
  return words.length === 0 ? t('not checked') : words.join(' · ');
}

/** The newest that is known of a client, with its shape: "✓ online · 2m ago", with the instance where there are several. */
export function shortText([newest, ...others]: readonly ClientPlace[], now: number, staleAfterSeconds: number): string {
  const { badge } = statusLook(newest?.status, false);
  const text = newest?.isChecking === true ? t('checking') : knownText(newest?.status, now, staleAfterSeconds);
  const shaped = badge === undefined || newest?.isChecking === true ? text : `${badge} ${text}`;
  return others.length === 0 || newest === undefined ? shaped : asideText(shaped, newest.instance.name);
}
