import * as vscode from 'vscode';
import { hasOddSeparator } from '../../model/clientId';
import type { ClientStatus, StatusStore } from '../../sessions/statusStore';
import { ageText, momentText } from '../ages';
import { clientUri } from '../clientDecorations';
import { errorText, statusText } from '../words';
import { type ClientNode, instanceOf } from './nodes';

const t = vscode.l10n.t;

/** How a client's row looks: its state in shape, colour and words. */
export function clientItem(
  node: ClientNode,
  store: StatusStore,
  now: number,
  staleAfterSeconds: number,
): vscode.TreeItem {
  const { instanceId } = instanceOf(node).instance;
  const status = store.get(instanceId, node.clientId);
  const isStale = status?.last !== undefined && now - status.last.checkedAt > staleAfterSeconds * 1000;
  const isChecking = store.isChecking(instanceId, node.clientId);
  const item = new vscode.TreeItem(labelOf(node));
  item.id = node.id;
  item.contextValue = 'client';
  item.resourceUri = clientUri(instanceId, node.clientId);
  item.iconPath = iconOf(status, isChecking, isStale);
  item.description = descriptionOf(status, isChecking, isStale, now);
  item.tooltip = tooltipOf(node, status);
  item.accessibilityInformation = { label: `${node.clientId}, ${item.description}` };
  return item;
}

/** A row in a group needs no group ID before its name; the full client ID is in its tooltip and for screen readers. */
function labelOf({ clientId, parent }: ClientNode): string {
  const { groupId } = parent.group;
  const prefix = `${groupId ?? ''}@@@`;
  return groupId !== undefined && clientId.startsWith(prefix) && clientId.length > prefix.length
    ? clientId.slice(prefix.length)
    : clientId;
}

function iconOf(status: ClientStatus | undefined, isChecking: boolean, isStale: boolean): vscode.ThemeIcon {
  if (isChecking) return new vscode.ThemeIcon('sync~spin');
  if (status?.failure !== undefined) return icon('error', 'list.errorForeground');
  switch (status?.last?.status) {
    case 'online':
      return isStale ? icon('pass', 'disabledForeground') : icon('pass-filled', 'testing.iconPassed');
    case 'offline':
      return icon('circle-slash', isStale ? 'disabledForeground' : 'testing.iconFailed');
    case 'unknown':
      return icon('question', 'list.warningForeground');
    case undefined:
      return icon('circle-large-outline', 'disabledForeground');
  }
}

function icon(id: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}

function descriptionOf(status: ClientStatus | undefined, isChecking: boolean, isStale: boolean, now: number): string {
  const last = status?.last;
  const words = last === undefined ? [] : [statusText(last.status), ageText(last.checkedAt, now)];
  if (last?.isVerified === true) words.push(t('verified'));
  if (isStale) words.push(t('stale'));
  if (status?.failure !== undefined) {
    const known = words.length === 0 ? '' : ` · ${t('was {0}', words.join(' · '))}`;
    return isChecking ? t('checking') : t('check failed') + known;
  }
  if (isChecking) return [t('checking'), ...words].join(' · ');
  return words.length === 0 ? t('not checked') : words.join(' · ');
}

function tooltipOf(node: ClientNode, status: ClientStatus | undefined): vscode.MarkdownString {
  const { instance } = instanceOf(node);
  const tooltip = new vscode.MarkdownString();
  const line = (name: string, value: string): void => {
    tooltip.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown('\n\n');
  };
  line(t('Client ID'), node.clientId);
  line(t('Instance'), `${instance.name} (${instance.instanceId})`);
  const last = status?.last;
  if (last === undefined) line(t('Status'), t('not checked'));
  else {
    line(t('Status'), statusText(last.status));
    line(
      t('Source'),
      last.isVerified
        ? t('verified: asked in real time')
        : t("cached: from the service's cache, it may be out of date"),
    );
    line(t('Checked'), momentText(last.checkedAt));
    if (last.cachedStatus !== undefined) line(t('The cache said'), statusText(last.cachedStatus));
    if (last.requestId !== undefined) line(t('Request ID'), last.requestId);
    if (last.status === 'online')
      tooltip
        .appendText(
          t('The service notices a lost device only after 1.5 times its keep-alive, 135 s at the usual 90 s.'),
        )
        .appendMarkdown('\n\n');
    if (last.status === 'unknown')
      tooltip.appendText(t('The answer said nothing of this client.')).appendMarkdown('\n\n');
  }
  if (status?.failure !== undefined)
    line(t('Last check failed'), `${momentText(status.failure.at)}: ${errorText(status.failure.error)}`);
  if (hasOddSeparator(node.clientId))
    tooltip.appendText(t('A client ID usually reads GroupID@@@DeviceID; this one has another separator.'));
  return tooltip;
}
