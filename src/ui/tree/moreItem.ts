import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import { numberText } from '../words/numbers';
import { phrasesText } from '../words/joiners';
import type { MoreNode } from './nodes';

const t = vscode.l10n.t;

/** The last row of a long group: says how many rows there are, and shows the next ones. With a filter it counts those that pass. */
export function moreItem(node: MoreNode, shown: number, of: number): vscode.TreeItem {
  const label = t('Show more ({0} of {1} shown)', numberText(shown), numberText(of));
  const { parent } = node;
  const where =
    parent.kind === 'group' ? `${t('Group')} ${parent.group.name}` : `${t('Instance')} ${parent.parent.instance.name}`;
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  item.contextValue = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: COMMANDS.showMore, title: t('Show More Clients'), arguments: [node] };
  item.tooltip = t('All clients of the group are checked and counted; "Find Saved Client" jumps to one of them.');
  item.accessibilityInformation = { label: phrasesText([label, where]) };
  return item;
}
