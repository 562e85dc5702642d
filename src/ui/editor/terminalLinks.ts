import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import type { ClientLink } from './clientActions';
import type { ClientIdsInText } from './clientIdsInText';

const t = vscode.l10n.t;
/** A terminal shows no longer line; what comes behind it has no links. */
const MOST_CHARACTERS = 10_000;

class TerminalClientLink extends vscode.TerminalLink {
  constructor(
    start: number,
    readonly clientId: string,
  ) {
    super(start, clientId.length, t('Check, verify or watch this client'));
  }
}

/** Makes links of client IDs in terminals. A link asks nothing: it offers what can be done. */
export function terminalLinks(ids: Pick<ClientIdsInText, 'find'>): vscode.TerminalLinkProvider<TerminalClientLink> {
  return {
    provideTerminalLinks: ({ line }) =>
      ids
        .find(line.slice(0, MOST_CHARACTERS))
        .filter(({ end }) => end < MOST_CHARACTERS)
        .map(({ start, clientId }) => new TerminalClientLink(start, clientId)),
    handleTerminalLink: async ({ clientId }) => {
      await vscode.commands.executeCommand(COMMANDS.clientActions, { clientId } satisfies ClientLink);
    },
  };
}
