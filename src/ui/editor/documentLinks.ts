import * as vscode from 'vscode';
import { linkUri } from './clientActions';
import type { ClientIdsInText } from './clientIdsInText';

const t = vscode.l10n.t;
/** Links underline what they stand on, which would spoil code: only output channels and log files have them. */
const LOGS: vscode.DocumentFilter[] = [{ scheme: 'output' }, { language: 'log' }, { pattern: '**/*.log' }];
/** VS Code asks again after each change, for the whole text; a larger one has the hover and the commands alone. */
const MOST_CHARACTERS = 2_000_000;
const MOST_LINKS = 5000;

class DocumentClientLink extends vscode.DocumentLink {
  constructor(
    range: vscode.Range,
    readonly clientId: string,
  ) {
    super(range);
    this.tooltip = t('Check, verify or watch this client');
  }
}

/** Makes links of client IDs in output channels and log files. A link asks nothing: it offers what can be done. */
export function documentLinks(ids: Pick<ClientIdsInText, 'find'>): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(LOGS, {
    provideDocumentLinks: (document) => {
      const text = document.getText();
      if (text.length > MOST_CHARACTERS) return [];
      return ids
        .find(text)
        .slice(-MOST_LINKS)
        .map(({ start, end, clientId }) => {
          const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
          return new DocumentClientLink(range, clientId);
        });
    },
    resolveDocumentLink: (link) => {
      if (link instanceof DocumentClientLink) link.target = linkUri({ clientId: link.clientId });
      return link;
    },
  });
}
