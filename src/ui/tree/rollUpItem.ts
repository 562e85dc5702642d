import * as vscode from 'vscode';
import { destination } from '../../model/destination';
import { type RollUp, rollUp } from '../../sessions/rollUp';
import type { StatusStore } from '../../sessions/statusStore';
import { momentText } from '../ages';
import { destinationProblemText } from '../words';
import { clientIdsUnder, type GroupNode, type InstanceNode, instanceOf } from './nodes';

const t = vscode.l10n.t;

/** A group of so many clients stands open at first; longer ones are opened by the person. */
const OPEN_UP_TO = 50;

/** How the row of a group or an instance looks: how many of its clients are online, and what is wrong with it. */
export function rollUpItem(
  node: InstanceNode | GroupNode,
  store: StatusStore,
  isKeyMissing: boolean,
  calls: string,
): vscode.TreeItem {
  const { instance } = instanceOf(node);
  const counts = rollUp(store, instance.instanceId, clientIdsUnder(node));
  const isInstance = node.kind === 'instance';
  const item = new vscode.TreeItem(isInstance ? instance.name : node.group.name);
  const place = isInstance ? destination(instance) : undefined;
  item.id = node.id;
  item.collapsibleState =
    isInstance || counts.total <= OPEN_UP_TO
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  item.contextValue = isInstance ? (isKeyMissing ? 'instance.keyMissing' : 'instance') : 'group';
  item.iconPath = new vscode.ThemeIcon(
    !isInstance ? 'layers' : isKeyMissing || place?.kind === 'refused' ? 'warning' : 'server',
  );
  const problem =
    place?.kind === 'refused'
      ? destinationProblemText(place.reason)
      : isKeyMissing
        ? t('no key for credential "{0}"', instance.credential)
        : '';
  item.description = [problem, summary(counts)].filter((part) => part !== '').join(' · ');
  item.tooltip = tooltipOf(node, counts, calls);
  item.accessibilityInformation = {
    label: `${isInstance ? t('Instance') : t('Group')} ${isInstance ? instance.name : node.group.name}, ${item.description}`,
  };
  return item;
}

function summary({ total, online, unchecked, failed, checking }: RollUp): string {
  if (total === 0) return t('no clients');
  const parts = unchecked === total ? [] : [t('{0}/{1} online', online, total)];
  if (failed > 0) parts.push(t('{0} failed', failed));
  if (checking > 0) parts.push(t('checking'));
  else if (unchecked > 0) parts.push(unchecked === total ? t('{0} not checked', total) : t('{0} unchecked', unchecked));
  return parts.join(' · ');
}

function tooltipOf(node: InstanceNode | GroupNode, counts: RollUp, calls: string): vscode.MarkdownString {
  const { instance } = instanceOf(node);
  const tooltip = new vscode.MarkdownString();
  const line = (name: string, value: string): void => {
    tooltip.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown('\n\n');
  };
  line(t('Instance'), `${instance.name} (${instance.instanceId})`);
  if (node.kind === 'instance') {
    line(instance.endpoint === undefined ? t('Region') : t('Endpoint'), instance.endpoint ?? instance.regionId ?? '');
    line(t('Credential'), instance.credential);
  } else if (node.group.groupId !== undefined) line(t('Group ID'), node.group.groupId);
  const { online, offline, unknown, unchecked, failed, oldestAt } = counts;
  line(
    t('Clients'),
    t('{0} online, {1} offline, {2} unknown, {3} not checked, {4} failed', online, offline, unknown, unchecked, failed),
  );
  if (node.kind === 'instance') line(t("Today's calls"), calls);
  if (oldestAt !== undefined) line(t('Oldest answer'), momentText(oldestAt));
  return tooltip;
}
