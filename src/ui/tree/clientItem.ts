import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import { deviceIdOf, hasOddSeparator, shortIdOf } from '../../model/clientIds/clientId';
import { attentionOf, type Expected } from '../../model/inventory/inventory';
import type { Expectations } from '../../sessions/fleet/expectations';
import type { GroupCounts } from '../../sessions/fleet/groupCounts';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { ClientStatus, StatusStore } from '../../sessions/status/statusStore';
import type { WatchedClients } from '../../sessions/wait/watchedClients';
import { ageStep, ageText, momentText } from '../words/ages';
import { clientUri } from '../bars/clientDecorations';
import { appendFailure } from '../doctor/failureTooltip';
import { appendLine, appendPlain } from '../words/markdown';
import { isStale, statusLook } from '../words/statusLook';
import { contextValue } from './contextValue';
import { standingText, statusText } from '../words/words';
import { type ClientNode, instanceOf } from './nodes';
import { asideText, namesText, phrasesText } from '../words/joiners';

const t = vscode.l10n.t;

/** What a client's row is drawn from. */
export interface ClientRow {
  readonly status: ClientStatus | undefined;
  readonly isChecking: boolean;
  readonly isWatched: boolean;
  readonly isStale: boolean;
  readonly age: number;
  /** How it should stand, where it does not. */
  readonly broken: Expected | undefined;
  readonly isFlapping: boolean;
  /** Its groups, where it stands in a list without them. */
  readonly groups: readonly string[];
}

/** Where it is read. */
export interface RowSources {
  readonly store: StatusStore;
  readonly expectations: Pick<Expectations, 'brokenOf'>;
  readonly watched: Pick<WatchedClients, 'isWatched'>;
  readonly history: Pick<StatusHistory, 'isFlapping'>;
  readonly counts: Pick<GroupCounts, 'groupsWith'>;
  readonly settings: Pick<Settings, 'staleAfterSeconds'>;
}

/** Reads what the row of a client shows at a moment. */
export function clientRow({ parent, clientId }: ClientNode, sources: RowSources, now: number): ClientRow {
  const { store, expectations, watched, history, counts, settings } = sources;
  const { instanceId } = parent.parent.instance;
  const status = store.get(instanceId, clientId);
  return {
    status,
    isChecking: store.isChecking(instanceId, clientId),
    isWatched: watched.isWatched(instanceId, clientId),
    isStale: isStale(status, now, settings.staleAfterSeconds),
    age: status?.last === undefined ? 0 : ageStep(status.last.checkedAt, now),
    broken: expectations.brokenOf(instanceId, clientId),
    isFlapping: history.isFlapping(instanceId, clientId),
    groups: parent.kind === 'flat' ? counts.groupsWith(instanceId, clientId) : [],
  };
}

/** True where two rows cannot be told apart. */
export function looksAlike(a: ClientRow, b: ClientRow): boolean {
  return (
    a.status === b.status &&
    a.isChecking === b.isChecking &&
    a.isWatched === b.isWatched &&
    a.isStale === b.isStale &&
    a.age === b.age &&
    a.broken === b.broken &&
    a.isFlapping === b.isFlapping
  );
}

/** How a client's row looks: its state in shape, colour and words. */
export function clientItem(node: ClientNode, row: ClientRow): vscode.TreeItem {
  const { status, isChecking, isWatched, isStale: isOld } = row;
  const attention = attentionOf(instanceOf(node).instance, node.clientId);
  const { alias } = attention;
  const item = new vscode.TreeItem(alias ?? deviceOf(node));
  const look = statusLook(status, isOld);
  item.id = node.id;
  item.contextValue = contextValue(
    ['client', ...(isWatched ? ['watched'] : []), ...(status?.failure === undefined ? [] : ['failed'])],
    attention,
  );
  item.resourceUri = clientUri(node.parent.parent.instance.instanceId, node.clientId);
  item.iconPath = isChecking
    ? new vscode.ThemeIcon('sync~spin')
    : new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  const groups = row.groups.length === 0 ? [] : [namesText(row.groups)];
  const said = [descriptionOf(row), ...(isWatched ? [t('watching')] : []), ...groups].join(' · ');
  // An alias names a client, it never stands for one: which it is follows. A narrow view cuts off what comes last.
  item.description = alias === undefined ? said : `${said} · ${deviceOf(node)}`;
  item.accessibilityInformation = {
    label: phrasesText([...(alias === undefined ? [] : [alias]), node.clientId, said]),
  };
  return item;
}

/** A row needs no group ID before its name: its group stands above it, or beside it; the full client ID is in its tooltip and for screen readers. */
function deviceOf({ clientId, parent }: ClientNode): string {
  return parent.kind === 'flat' ? shortIdOf(clientId) : deviceIdOf(clientId, parent.group.groupId);
}

/** The status and that it flaps come first: a narrow view cuts the rest off. */
function descriptionOf({ status, isChecking, isStale: isOld, age, broken, isFlapping }: ClientRow): string {
  const last = status?.last;
  const flapping = isFlapping ? [t('flapping')] : [];
  const words = last === undefined ? [] : [standingText(last.status, broken), ...flapping, ageText(age)];
  if (last?.isVerified === true) words.push(t('verified'));
  if (isOld) words.push(t('stale'));
  if (status?.failure !== undefined) {
    const known = words.length === 0 ? '' : ` · ${t('was {0}', words.join(' · '))}`;
    return isChecking ? t('checking') : t('check failed') + known;
  }
  if (isChecking) return [t('checking'), ...words].join(' · ');
  return words.length === 0 ? t('not checked') : words.join(' · ');
}

/** What is known of a client, and how and when it was learnt. */
export function clientTooltip(node: ClientNode, status: ClientStatus | undefined): vscode.MarkdownString {
  const { instance } = instanceOf(node);
  const tooltip = new vscode.MarkdownString();
  const line = (name: string, value: string): void => {
    appendLine(tooltip, name, value);
  };
  line(t('Client ID'), node.clientId);
  line(t('Instance'), asideText(instance.name, instance.instanceId));
  const { expected, alias, note } = attentionOf(instance, node.clientId);
  if (alias !== undefined) line(t('Alias'), alias);
  if (note !== undefined && note.trim() !== '') line(t('Note'), note);
  if (expected !== undefined) line(t('Expected'), statusText(expected));
  const last = status?.last;
  if (last === undefined) line(t('Status'), status?.failure === undefined ? t('not checked') : t('check failed'));
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
      appendPlain(
        tooltip,
        t('The service notices a lost device only after 1.5 times its keep-alive, 135 s at the usual 90 s.'),
      ).appendMarkdown('\n\n');
    if (last.status === 'unknown')
      appendPlain(tooltip, t('The answer said nothing of this client.')).appendMarkdown('\n\n');
  }
  if (status?.failure !== undefined) appendFailure(tooltip, instance.instanceId, status.failure);
  if (hasOddSeparator(node.clientId))
    appendPlain(tooltip, t('A client ID usually reads GroupID@@@DeviceID; this one has another separator.'));
  return tooltip;
}
