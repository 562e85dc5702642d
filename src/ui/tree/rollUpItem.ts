import * as vscode from 'vscode';
import type { KeyLook, KeyState } from '../../host/credentials';
import { destination } from '../../model/destination';
import type { Instance } from '../../model/inventory/inventory';
import { seenName } from '../../model/inventory/shownNames';
import { SAMPLE_SIZE } from '../../sessions/fleet/groupEstimate';
import type { Shortfall } from '../../sessions/fleet/expectations';
import type { DatedEstimate } from '../../sessions/fleet/groupEstimates';
import type { RefreshPlan } from '../../sessions/refresh/autoRefresh';
import type { RollUp } from '../../sessions/fleet/tally';
import { ageStep, ageText, durationText, momentText } from '../words/ages';
import { mutedText } from '../changes/pastTooltip';
import { originText, vendorProblemText } from '../team/teamWords';
import { appendLine, appendPlain } from '../words/markdown';
import { numberText, percentText, pointsText } from '../words/numbers';
import { keyKeptText, keyLostText } from '../words/secretWords';
import { lookText, sourceProblemWords, wholeProblemText } from '../words/sourceWords';
import { isOld } from '../words/statusLook';
import { destinationProblemText, notAsExpectedText, statusText } from '../words/words';
import { contextValue } from './contextValue';
import { type GroupNode, type InstanceNode, instanceOf } from './nodes';
import { asideText, phrasesText, saidText } from '../words/joiners';

const t = vscode.l10n.t;

/** A group of so many clients stands open at first; longer ones are opened by the person. */
const OPEN_UP_TO = 50;

/** What the row of a group or an instance is drawn from. */
export interface RollUpParts {
  readonly counts: RollUp;
  readonly estimate: DatedEstimate | undefined;
  readonly shortfall: Shortfall;
  readonly key: KeyState;
  /** What the credential stands for; undefined where that is nothing, or not known. */
  readonly look: KeyLook | undefined;
  /** How many of its clients pass the filter; undefined where there is none. */
  readonly matching: number | undefined;
  /** How it stood when it was seen last: a row that comes back stands as before. */
  readonly isOpen: boolean | undefined;
  /** Whether a timer of its own refreshes it. */
  readonly refresh: RefreshPlan | undefined;
  /** True for a group that is watched as such. */
  readonly isWatched: boolean;
  /** What the instance has cost today, in words. */
  readonly calls: string;
  /** Where devices connect; known of a local instance that runs in this window. */
  readonly broker: string | undefined;
  readonly now: number;
  readonly staleAfterSeconds: number;
}

/** How the row of a group or an instance looks: how many of its clients are online, and what is wrong with it. */
export function rollUpItem(node: InstanceNode | GroupNode, parts: RollUpParts): vscode.TreeItem {
  const { counts, key, isOpen = node.kind === 'instance' || counts.total <= OPEN_UP_TO } = parts;
  const { instance } = instanceOf(node);
  const isInstance = node.kind === 'instance';
  const item = new vscode.TreeItem(isInstance ? instance.name : node.group.name);
  item.id = node.id;
  item.collapsibleState = isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  item.contextValue = isInstance
    ? contextValue(['instance', ...(key === 'there' ? [] : ['keyMissing']), ...sharedWords(node)], {})
    : contextValue([...groupWords(parts), ...sharedWords(node)], node.group);
  const problem = isInstance ? problemOf(instance, parts) : '';
  const { origin } = isInstance ? instance : node.group;
  item.iconPath = new vscode.ThemeIcon(iconOf(isInstance, origin !== undefined, problem !== ''));
  item.description = [
    problem,
    summary(parts),
    matchingText(parts),
    refreshText(parts),
    parts.isWatched ? t('watching') : '',
    origin === undefined ? '' : t('workspace'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  item.tooltip = tooltipOf(node, parts);
  item.accessibilityInformation = {
    label: phrasesText([
      isInstance ? `${t('Instance')} ${instance.name}` : `${t('Group')} ${node.group.name}`,
      item.description,
    ]),
  };
  return item;
}

/** What keeps an instance from being asked at all; empty where nothing does. */
function problemOf(instance: Instance, { key, look }: RollUpParts): string {
  if (instance.origin?.refused !== undefined) return vendorProblemText(instance.origin.refused);
  const place = destination(instance);
  if (place.kind === 'refused') return destinationProblemText(place.reason);
  if (instance.credential === undefined) return t('no key bound yet');
  if (look?.kind === 'source' && look.problem !== undefined)
    return sourceProblemWords(look, look.problem, instance.credential);
  switch (key) {
    case 'there':
      return '';
    case 'missing':
      return t('no key for credential "{0}"', instance.credential);
    case 'lost':
      return t('the key for credential "{0}" was not kept', instance.credential);
  }
}

/** What the key is; undefined where nobody has looked yet. */
function keyText({ key, look, now }: RollUpParts): string | undefined {
  if (look !== undefined) {
    const text = lookText(look, now);
    return look.kind === 'stored' ? saidText(text, keyKeptText()) : text;
  }
  switch (key) {
    case 'there':
      return undefined;
    case 'missing':
      return t('Enter it by "Set Credential". {0}', keyKeptText());
    case 'lost':
      return keyLostText();
  }
}

function iconOf(isInstance: boolean, isShared: boolean, isProblem: boolean): string {
  if (isInstance) return isProblem ? 'warning' : isShared ? 'server-environment' : 'server';
  return isShared ? 'organization' : 'layers';
}

/** A row that a workspace names offers to bind a key to it, where one may go there, and to take that back. */
function sharedWords(node: InstanceNode | GroupNode): string[] {
  const { instance } = instanceOf(node);
  const origin = node.kind === 'group' ? node.group.origin : instance.origin;
  if (origin === undefined) return [];
  const isBound = node.kind === 'group' ? !node.group.origin?.isHeld : true;
  if (instance.origin?.refused !== undefined) return ['workspace', 'refused'];
  return ['workspace', ...(isBound && instance.credential !== undefined ? ['bound'] : [])];
}

/** A group larger than a sample offers to be estimated from one. */
function groupWords({ counts: { total }, isWatched }: RollUpParts): [string, ...string[]] {
  return ['group', ...(total > SAMPLE_SIZE ? ['large'] : []), ...(isWatched ? ['watched'] : [])];
}

function summary({ counts, estimate, shortfall, now, staleAfterSeconds }: RollUpParts): string {
  const { total, online, unchecked, failed, checking, oldestAt } = counts;
  if (total === 0) return t('no clients');
  const isEstimated = estimate !== undefined && isWorthMore(estimate, counts);
  const isCounted = unchecked + failed < total && !isEstimated;
  const parts = isCounted ? [t('{0}/{1} online', numberText(online), numberText(total))] : [];
  if (isEstimated) parts.push(estimateText(estimate, now, staleAfterSeconds));
  if (shortfall.broken > 0) parts.push(notAsExpectedText(shortfall.broken));
  if (failed > 0) parts.push(t('{0} failed', numberText(failed)));
  if (checking > 0) parts.push(t('checking'));
  else if (unchecked === total) parts.push(t('{0} not checked', numberText(total)));
  else if (unchecked > 0 && !isEstimated) parts.push(t('{0} not checked', numberText(unchecked)));
  if (isCounted && isOld(oldestAt, now, staleAfterSeconds)) parts.push(t('stale'));
  return parts.join(' · ');
}

/** The counts before it are those of all clients, filtered or not. */
function matchingText({ matching, counts: { total } }: RollUpParts): string {
  return matching === undefined ? '' : t('{0} of {1} match', numberText(matching), numberText(total));
}

/** No interval: while nothing changes a timer asks less often. The tooltip says so. */
function refreshText({ refresh }: RollUpParts): string {
  if (refresh === undefined) return '';
  return refresh.isPaused ? t('auto refresh paused') : t('auto refresh');
}

/** An estimate stands until every client of the group was asked about since. */
function isWorthMore({ at }: DatedEstimate, { unchecked, failed, oldestAt = Infinity }: RollUp): boolean {
  return unchecked + failed > 0 || oldestAt < at;
}

function estimateText(
  { online, margin, sampled, total, at }: DatedEstimate,
  now: number,
  staleSeconds: number,
): string {
  const share = t(
    '≈ {0} online, ± {1}, from {2} of {3}',
    percentText(online),
    pointsText(margin),
    numberText(sampled),
    numberText(total),
  );
  const parts = [share, ageText(ageStep(at, now)), ...(isOld(at, now, staleSeconds) ? [t('stale')] : [])];
  return parts.join(' · ');
}

function tooltipOf(node: InstanceNode | GroupNode, parts: RollUpParts): vscode.MarkdownString {
  const { counts, estimate, shortfall, calls, broker, refresh, look } = parts;
  const { instance } = instanceOf(node);
  const tooltip = new vscode.MarkdownString();
  const line = (name: string, value: string): void => {
    appendLine(tooltip, name, value);
  };
  line(t('Instance'), asideText(instance.name, instance.instanceId));
  if (node.kind === 'instance') {
    line(instance.endpoint === undefined ? t('Region') : t('Endpoint'), instance.endpoint ?? instance.regionId ?? '');
    if (broker !== undefined) line(t('MQTT broker'), broker);
    line(t('Credential'), credentialText(instance));
    if (instance.credential !== undefined) {
      const key = keyText(parts);
      if (key !== undefined) line(t('Key'), key);
      if (look?.kind === 'source' && look.problem !== undefined) line(t('Problem'), wholeProblemText(look.problem));
    }
  } else if (node.group.groupId !== undefined) line(t('Group ID'), node.group.groupId);
  const origin = node.kind === 'group' ? node.group.origin : instance.origin;
  if (origin !== undefined) line(t('From'), originText(origin));
  if (node.kind === 'group' && node.group.note !== undefined && node.group.note.trim() !== '')
    line(t('Note'), node.group.note);
  const { online, offline, unknown, unchecked, failed, oldestAt } = counts;
  line(
    t('Clients'),
    t(
      '{0} online, {1} offline, {2} unknown, {3} not checked, {4} failed',
      ...[online, offline, unknown, unchecked, failed].map(numberText),
    ),
  );
  if (node.kind === 'group' && node.group.expected !== undefined) line(t('Expected'), statusText(node.group.expected));
  if (shortfall.broken + shortfall.notKnown > 0) line(t('Expectations'), shortfallText(shortfall));
  if (node.kind === 'instance') line(t("Today's calls"), calls);
  if (estimate !== undefined && isWorthMore(estimate, counts)) line(t('Estimate'), meaningOf(estimate));
  if (refresh !== undefined) line(t('Auto refresh'), paceText(refresh));
  if (oldestAt !== undefined) line(t('Oldest answer'), momentText(oldestAt));
  if (node.kind === 'group' && node.group.muted === true) appendPlain(tooltip, mutedText()).appendMarkdown('\n\n');
  if (node.kind === 'group' && node.group.origin?.isHeld === true)
    appendPlain(tooltip, t('Nothing asks about its clients until you have checked it once, or bound your key to it.'));
  return tooltip;
}

/** The name in a workspace's file names no key of anybody's. */
function credentialText({ credential, origin }: Instance): string {
  return credential ?? t('none bound; the workspace calls it "{0}"', seenName(origin?.credentialName ?? ''));
}

/** What the ± of an estimate stands for. */
function meaningOf({ online, margin, sampled, total, at }: DatedEstimate): string {
  return t(
    '{0} of {1} clients, drawn by chance, were asked at {2}. The share online among all lies between {3} and {4} with a probability of 95 %: that is what ± stands for.',
    numberText(sampled),
    numberText(total),
    momentText(at),
    percentText(Math.max(0, online - margin)),
    percentText(Math.min(1, online + margin)),
  );
}

function paceText({ intervalSeconds, isPaused, endsAt }: RefreshPlan): string {
  if (isPaused) return t('paused');
  return t('every {0}, less often while nothing changes, until {1}', durationText(intervalSeconds), momentText(endsAt));
}

/** Who is not known to stand as expected is said apart: nobody knows that it does not. */
function shortfallText({ broken, notKnown }: Shortfall): string {
  return [notAsExpectedText(broken), t('{0} not known', numberText(notKnown))].join(' · ');
}
