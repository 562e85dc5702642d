import * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import type { TextChecks } from '../results/textChecks';
import { askInDialog } from '../tell';
import { CheckLinks, type CheckLinksParts } from './checkLinks';
import { copyLink, type CopyLinkParts } from './copyLink';

type LinksParts = Omit<CheckLinksParts & CopyLinkParts, 'ask' | 'showInTable'> & {
  readonly textChecks: Pick<TextChecks, 'lookUp'>;
};

/** Links to clients: those that come from outside, and those that are copied for others. */
export function links(parts: LinksParts): Disposable[] {
  const { textChecks } = parts;
  const checkLinks = new CheckLinks({
    ...parts,
    ask: askInDialog,
    showInTable: (title, instance, clientIds) => textChecks.lookUp(title, '', instance, clientIds),
  });
  return [vscode.window.registerUriHandler(checkLinks), copyLink(parts)];
}
