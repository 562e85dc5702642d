import * as vscode from 'vscode';
import { MOST_IMPORTED } from '../../model/import/readContent';
import { numberText } from '../words/numbers';
import { binaryText } from '../results/textSources';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;

/** Why nothing of a file is imported. */
export function refusalText(name: string, why: 'binary' | 'empty' | 'tooMany' | 'late' | 'failed'): string {
  switch (why) {
    case 'binary':
      return binaryText(name);
    case 'empty':
      return t('"{0}" holds nothing to import.', name);
    case 'tooMany':
      return tooManyText(name);
    case 'late':
      return t('"{0}" takes too long to read, so nothing was imported.', name);
    case 'failed':
      return t('"{0}" could not be read.', name);
  }
}

export function tooManyText(name: string): string {
  return t(
    '{0} holds more than {1} rows, lines or client IDs, the most that are imported at once. Import it in parts.',
    name,
    numberText(MOST_IMPORTED),
  );
}

/** "3 new groups, 200 new clients, 12 there already". */
export function newsText(groups: number, clients: number, known: number): string {
  const parts = [
    t('new groups: {0}', numberText(groups)),
    t('new clients: {0}', numberText(clients)),
    ...(known > 0 ? [t('there already: {0}', numberText(known))] : []),
  ];
  return phrasesText(parts);
}
