import * as vscode from 'vscode';
import type { ClientFilter, ClientState } from '../../sessions/fleet/clientFilter';
import type { ClientOrder } from '../../sessions/fleet/clientOrder';
import { phrasesText } from './joiners';
import { numberText } from './numbers';
import { statusText } from './words';

const t = vscode.l10n.t;

export function stateText(state: ClientState): string {
  switch (state) {
    case 'online':
    case 'offline':
    case 'unknown':
      return statusText(state);
    case 'notChecked':
      return t('not checked');
    case 'failed':
      return t('check failed');
    case 'notAsExpected':
      return t('not as expected');
    case 'flapping':
      return t('flapping');
  }
}

export function recentText(): string {
  return t('changed in the last hour');
}

/** "Filter: offline or unknown, "dev-1" - 12 of 300 clients match". */
export function filterText({ text, states, isRecent }: ClientFilter, matching: number, total: number): string {
  const any = new Intl.ListFormat(vscode.env.language, { type: 'disjunction' }).format(states.map(stateText));
  const parts = [any, isRecent ? recentText() : '', text.trim() === '' ? '' : t('"{0}"', text.trim())];
  const said = phrasesText(parts.filter((part) => part !== ''));
  return t('Filter: {0} - {1} of {2} clients match', said, numberText(matching), numberText(total));
}

export function orderText(order: ClientOrder): string {
  switch (order) {
    case 'saved':
      return t('As saved');
    case 'name':
      return t('Name');
    case 'state':
      return t('State');
    case 'change':
      return t('Last change');
  }
}

/** What comes first. */
export function orderDetail(order: ClientOrder): string {
  switch (order) {
    case 'saved':
      return t('as they stand in the inventory');
    case 'name':
      return t('the alias where there is one, else the device ID');
    case 'state':
      return t('not as expected, check failed, offline, unknown, online, not checked');
    case 'change':
      return t('the newest first, then those never seen to change');
  }
}
