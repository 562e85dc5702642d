import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import { VIEW_ID } from '../../manifest';
import { NextMoment } from '../../sessions/fleet/nextMoment';
import type { Pinned, PinnedClients, PinnedCount } from '../../sessions/fleet/pinnedClients';
import { momentText } from '../words/ages';
import { Gather } from '../gather';
import { appendLine, appendPlain } from '../words/markdown';
import { countText, numberText } from '../words/numbers';
import { isOld, staleAt } from '../words/statusLook';
import { listText, statusText } from '../words/words';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;
const REDRAW_MS = 500;
const MOST_LISTED = 10;

export interface PinnedStatusParts {
  readonly pinned: PinnedClients;
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'onDidChange'>;
}

/** The pinned clients in the status bar: there once something is pinned, marked where one that should be online is not. */
export class PinnedStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('pinned', vscode.StatusBarAlignment.Right, 51);
  private readonly dirty = new Gather<'item'>(REDRAW_MS, () => this.draw());
  /** Ages are told as moments, which stay true; that something is stale now must be told when it becomes so. */
  private readonly stale = new NextMoment(Date.now, () => this.draw());
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(private readonly parts: PinnedStatusParts) {
    this.item.name = t('ApsaraMQ for MQTT: pinned clients');
    this.item.command = `${VIEW_ID}.focus`;
    const follow = (): void => this.dirty.add('item');
    this.subscriptions = [
      this.item,
      this.dirty,
      this.stale,
      parts.pinned.onDidChange(follow),
      parts.settings.onDidChange(follow),
      // A timer does not count while the machine sleeps.
      vscode.window.onDidChangeWindowState(follow),
    ];
    follow();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private draw(): void {
    const { pinned, settings } = this.parts;
    const { shown, more } = pinned.first(MOST_LISTED);
    const { count, missing } = pinned;
    const moments = [count.oldestAt, ...shown.map(oldestOf)];
    this.stale.await(shown.length === 0 ? [] : moments.map((at) => staleAt(at, settings.staleAfterSeconds)));
    if (shown.length === 0) {
      this.item.hide();
      return;
    }
    const isMissing = missing.size > 0;
    const stale = this.staleWords(count.oldestAt);
    this.item.text = [`$(${isMissing ? 'warning' : 'broadcast'}) ${shareText(count)}`, ...stale].join(' · ');
    this.item.tooltip = this.tooltipOf(shown, more);
    this.item.accessibilityInformation = { label: phrasesText([...sentencesOf(count, missing.size), ...stale]) };
    this.item.backgroundColor = isMissing ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }

  private tooltipOf(shown: readonly Pinned[], more: number): vscode.MarkdownString {
    const tooltip = new vscode.MarkdownString();
    const line = (name: string, words: readonly string[]): void => {
      appendLine(tooltip, name, words.join(' · '));
    };
    for (const each of shown)
      line(`${each.instance.name} / ${each.kind === 'group' ? each.name : each.clientId}`, this.wordsOf(each));
    if (more > 0) appendPlain(tooltip, moreText(more)).appendMarkdown('\n\n');
    const missing = this.parts.pinned.missing.first(MOST_LISTED);
    if (missing.shown.length > 0)
      line(t('Expected online, but offline'), [
        listText(
          missing.shown.map(({ clientId }) => clientId),
          missing.more,
        ),
      ]);
    return tooltip;
  }

  private wordsOf(pinned: Pinned): string[] {
    switch (pinned.kind) {
      case 'group':
        return [...groupWords(pinned.count), ...this.staleWords(pinned.count.oldestAt)];
      case 'client':
        return [...clientWords(pinned.status), ...this.staleWords(pinned.status?.last?.checkedAt)];
    }
  }

  private staleWords(at: number | undefined): string[] {
    return isOld(at, Date.now(), this.parts.settings.staleAfterSeconds) ? [t('stale')] : [];
  }
}

/** "MQTT 18/20 · 2?": known to be online, of how many, and of how many nobody knows. */
function shareText({ online, total, notKnown }: PinnedCount): string {
  const text = t('MQTT {0}/{1}', numberText(online), numberText(total));
  return notKnown > 0 ? `${text} · ${t('{0}?', numberText(notKnown))}` : text;
}

/** The same for a screen reader. */
function sentencesOf({ online, total, notKnown }: PinnedCount, missing: number): string[] {
  return [
    t('MQTT: {0} of {1} pinned clients online', numberText(online), numberText(total)),
    ...(notKnown > 0 ? [t('{0} not known', numberText(notKnown))] : []),
    ...(missing > 0 ? [t('{0} expected online but offline', numberText(missing))] : []),
  ];
}

function moreText(more: number): string {
  return countText(more, t('1 more is pinned.'), t('{0} more are pinned.', numberText(more)));
}

function groupWords({ online, total, notKnown, oldestAt }: PinnedCount): string[] {
  return [
    t('{0}/{1} online', numberText(online), numberText(total)),
    ...(notKnown > 0 ? [t('{0} not known', numberText(notKnown))] : []),
    ...(oldestAt === undefined ? [] : [t('oldest answer {0}', momentText(oldestAt))]),
  ];
}

function clientWords(status: Extract<Pinned, { kind: 'client' }>['status']): string[] {
  const { last, failure } = status ?? {};
  const known = last === undefined ? [] : [statusText(last.status), momentText(last.checkedAt)];
  if (failure !== undefined)
    return [t('check failed'), ...(last === undefined ? [] : [t('was {0}', known.join(' · '))])];
  return last === undefined ? [t('not checked')] : known;
}

function oldestOf(pinned: Pinned): number | undefined {
  return pinned.kind === 'group' ? pinned.count.oldestAt : pinned.status?.last?.checkedAt;
}
