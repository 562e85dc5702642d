import * as vscode from 'vscode';
import type { Words } from '../../model/results/resultsProtocol';
import { statusText } from '../words/words';

const t = vscode.l10n.t;

/** The words of the page, in the user's language; the page puts its counts in. */
export function pageWords(): Words {
  return { ...columnWords(), ...stateWords(), ...filterWords(), ...actionWords() };
}

function columnWords() {
  return {
    clientId: t('Client ID'),
    instance: t('Instance'),
    status: t('Status'),
    checked: t('Checked'),
    source: t('Source'),
    error: t('Error'),
    table: t('Results'),
    sortedUp: t('Sorted by {0}, ascending.'),
    sortedDown: t('Sorted by {0}, descending.'),
  };
}

function stateWords() {
  return {
    online: statusText('online'),
    offline: statusText('offline'),
    unknown: statusText('unknown'),
    failed: t('check failed'),
    notChecked: t('not checked'),
    checking: t('checking'),
    was: t('was {0}'),
    justNow: t('just now'),
    stale: t('stale'),
    verified: t('verified'),
    cached: t('cached'),
  };
}

function filterWords() {
  return {
    filter: t('Filter by client ID, instance or error'),
    filterStates: t('Show only these states'),
    counts: t('Client IDs: {0}'),
    countsFiltered: t('Client IDs: {0} of {1} shown, the rest is filtered out'),
    noneShown: t('No row passes the filter.'),
    shown: t('The first {0} of {1} rows.'),
    showMore: t('Show {0} More'),
  };
}

function actionWords() {
  return {
    actions: t('Actions'),
    scopeAll: t('All shown: {0}'),
    scopeSelected: t('Selected: {0}'),
    checkAgain: t('Check Again ({0})'),
    verify: t('Verify ({0})'),
    oneCall: t('1 call'),
    calls: t('{0} calls'),
    cancel: t('Cancel'),
    progress: t('Waiting for an answer: {0}'),
    ended: t('The check has ended.'),
    changeInstance: t('Ask Another Instance…'),
    format: t('Format of what is copied or saved'),
    copy: t('Copy'),
    save: t('Save…'),
    text: t('Client IDs'),
    csv: t('CSV'),
    markdown: t('Markdown'),
    json: t('JSON'),
  };
}
