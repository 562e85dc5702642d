import * as vscode from 'vscode';
import type { Settings } from '../../host/settings';
import { isMuted } from '../../model/inventory/muted';
import { lastHour } from '../../sessions/history/lastHour';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import { durationText, momentText } from '../words/ages';
import { numberText } from '../words/numbers';
import { appendPlain } from '../words/markdown';
import { type ClientNode, instanceOf } from '../tree/nodes';
import { directionText, lastHourText, legendText, seenText, sparkText } from './changeWords';

const t = vscode.l10n.t;
const MOST_CHANGES = 3;

/** Appends what a client was before: the last hour, the last changes, and what flapping may come from. */
export function appendPast(
  tooltip: vscode.MarkdownString,
  node: ClientNode,
  history: StatusHistory,
  settings: Pick<Settings, 'flapping'>,
): vscode.MarkdownString {
  const { instance } = instanceOf(node);
  const past = history.of(instance.instanceId, node.clientId);
  const paragraph = (text: string): unknown => appendPlain(tooltip.appendMarkdown('\n\n'), text);
  if (history.isFlapping(instance.instanceId, node.clientId)) paragraph(flappingText(settings));
  if (past.spells.length > 0) {
    // The tooltip may stand for long, so it names the moment it tells of.
    const now = Date.now();
    const hour = lastHour(past, now);
    tooltip.appendMarkdown('\n\n').appendMarkdown(`**${t('The hour until {0}', momentText(now))}**`);
    appendPlain(tooltip.appendMarkdown(`\n\n\`${sparkText(hour)}\`\n\n`), lastHourText(hour));
    paragraph(legendText());
  }
  for (const transition of past.transitions.slice(-MOST_CHANGES).reverse()) {
    appendPlain(tooltip.appendMarkdown(`\n\n**${directionText(transition)}** `), seenText(transition));
  }
  if (isMuted(instance, node.clientId)) paragraph(mutedText());
  return tooltip;
}

/** What the tooltip of a muted client or group says. */
export function mutedText(): string {
  return t('Muted: no notification tells of it.');
}

function flappingText({ flapping: { changes, minutes } }: Pick<Settings, 'flapping'>): string {
  return t(
    'Flapping: {0} changes or more in {1}. Likely causes: two devices with one client ID, each of which ends the connection of the other; a keep-alive that is too short; a weak network.',
    numberText(changes),
    durationText(minutes * 60, 'short'),
  );
}
