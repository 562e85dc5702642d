import * as vscode from 'vscode';
import { hasOddSeparator } from '../../model/clientIds/clientId';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import { keyOfRow, type LookUpRow } from '../../model/lookup/lookUpRows';
import { MOST_CLIENT_IDS } from '../../model/results/checkPlan';
import { callsOfRound } from '../../sessions/meter/callCost';
import type { ClientStatus } from '../../sessions/status/statusStore';
import { knownText } from '../editor/editorWords';
import { summaryOf } from '../inputs/clientsInput';
import { withoutIcons } from '../tell';
import { checkCostText } from '../words/callWords';
import { countText, numberText } from '../words/numbers';
import { isStale, statusLook } from '../words/statusLook';
import { errorText } from '../words/failureWords';
import { listText, sourceText } from '../words/words';
import type { LookUpButton, lookUpButtons } from './lookUpButtons';

const t = vscode.l10n.t;
/** More answers than this stand in the table: a pick list is drawn whole, and neither sorts, filters nor exports. */
export const MOST_ANSWERS_SHOWN = 100;

export interface LookUpItem extends vscode.QuickPickItem {
  /** Undefined for a heading. */
  readonly row?: LookUpRow;
  readonly key: string;
}

/** What the rows say of clients, as it is known now. */
export interface LookUpKnowledge {
  readonly now: number;
  readonly staleAfterSeconds: number;
  /** A change that an answer tells of costs a call of its own. */
  readonly verifiesChanges: boolean;
  readonly buttons: ReturnType<typeof lookUpButtons>;
  readonly statusOf: (clientId: string) => ClientStatus | undefined;
  readonly isChecking: (clientId: string) => boolean;
  readonly isRecent: (clientId: string) => boolean;
  readonly aliasOf: (clientId: string) => string | undefined;
  readonly groupsOf: (clientId: string) => readonly string[];
  /** The name of another instance that has it saved. */
  readonly savedElsewhere: (clientId: string) => string | undefined;
}

/** Puts a row into words. The state is among them, so that a screen reader says it. */
export function itemOf(row: LookUpRow, known: LookUpKnowledge): LookUpItem {
  return { ...wordsOf(row, known), alwaysShow: true, key: keyOfRow(row), row };
}

function wordsOf(row: LookUpRow, known: LookUpKnowledge): vscode.QuickPickItem {
  switch (row.kind) {
    case 'heading':
      return { label: headingText(row.of), kind: vscode.QuickPickItemKind.Separator };
    case 'client':
      return clientWords(row.clientId, known);
    case 'lookUp':
      return lookUpWords(row.clientId, row.isWhole, known);
    case 'lookUpMany':
      return manyWords(row, known);
    case 'refused':
      return withIcon('error', t('No client ID reads so'), { detail: withoutIcons(summaryOf(row.parsed)) });
    case 'tooMany':
      return withIcon('error', tooManyText(row.count));
    case 'group':
      return groupWords(row.groupId, row.clients);
    case 'more':
      return withIcon('ellipsis', '', { description: moreText(row) });
    case 'clearRecent':
      return withIcon('clear-all', t('Clear the recent look-ups'));
  }
}

function withIcon(icon: string, label: string, more: Partial<vscode.QuickPickItem> = {}): vscode.QuickPickItem {
  return { iconPath: new vscode.ThemeIcon(icon), label, ...more };
}

function headingText(of: 'recent' | 'saved'): string {
  return of === 'recent' ? t('recent look-ups') : t('saved clients');
}

function clientWords(clientId: string, known: LookUpKnowledge): vscode.QuickPickItem {
  const status = known.statusOf(clientId);
  const isChecking = known.isChecking(clientId);
  const icon = isChecking ? 'sync~spin' : statusLook(status, isStale(status, known.now, known.staleAfterSeconds)).icon;
  const failure = isChecking ? undefined : status?.failure;
  return withIcon(icon, withoutIcons(clientId), {
    description: [
      ...stateWords(status, isChecking, known),
      ...[known.aliasOf(clientId) ?? [], groupText(known.groupsOf(clientId))].flat().map(withoutIcons),
    ].join(' · '),
    ...(failure === undefined ? {} : { detail: withoutIcons(errorText(failure.error)) }),
    buttons: clientButtons(clientId, known),
  });
}

function stateWords(status: ClientStatus | undefined, isChecking: boolean, known: LookUpKnowledge): string[] {
  const { last, failure } = status ?? {};
  const words = knownText(status, known.now, known.staleAfterSeconds);
  if (last === undefined) return [isChecking ? t('checking') : words];
  const source = failure === undefined ? [sourceText(last.isVerified)] : [];
  return [...(isChecking ? [t('checking')] : []), words, ...source];
}

function groupText([first, ...others]: readonly string[]): string {
  return first === undefined ? t('not saved') : listText([first], others.length);
}

function clientButtons(clientId: string, { buttons, groupsOf, isRecent }: LookUpKnowledge): LookUpButton[] {
  const { verify, watch, addToGroup, whyOffline, copy, forget } = buttons;
  const isSaved = groupsOf(clientId).length > 0;
  return [verify, watch, ...(isSaved ? [] : [addToGroup]), whyOffline, copy, ...(isRecent(clientId) ? [forget] : [])];
}

/**
 * VS Code sorts rows by how their labels fit what was typed: what begins with it first, the shortest before. So an ID
 * that is whole, which Enter means, is a label; other words stay behind all rows, as they are a description alone.
 */
function lookUpWords(clientId: string, isWhole: boolean, known: LookUpKnowledge): vscode.QuickPickItem {
  const name = withoutIcons(clientId);
  const cost = checkCostText(1, 1, known.verifiesChanges);
  const elsewhere = known.savedElsewhere(clientId);
  const hints = [
    t('not saved'),
    ...(elsewhere === undefined ? [] : [t('saved in "{0}"', withoutIcons(elsewhere))]),
    ...(hasOddSeparator(clientId) ? [t('its separator is not @@@')] : []),
  ].join(' · ');
  return isWhole
    ? withIcon('search', name, { description: `${t('look up ({0})', cost)} · ${hints}` })
    : withIcon('search', '', { description: `${t('Look up {0} ({1})', name, cost)} · ${hints}` });
}

function manyWords(
  { from, parsed }: { from: 'list' | 'text'; parsed: ParsedClientIds },
  { verifiesChanges, buttons: { table } }: LookUpKnowledge,
): vscode.QuickPickItem {
  const count = parsed.accepted.length;
  const isTable = count > MOST_ANSWERS_SHOWN;
  return withIcon(isTable ? 'table' : 'search', manyText(count, isTable, verifiesChanges), {
    description: from === 'text' ? t('found in the text') : '',
    ...(hasMoreToSay(parsed) ? { detail: withoutIcons(summaryOf(parsed)) } : {}),
    buttons: isTable ? [] : [table],
  });
}

function hasMoreToSay({ refused, duplicates, oddSeparators }: ParsedClientIds): boolean {
  return refused.length + duplicates + oddSeparators.length > 0;
}

function manyText(count: number, isTable: boolean, verifiesChanges: boolean): string {
  const [ids, cost] = [numberText(count), checkCostText(callsOfRound([count]), count, verifiesChanges)];
  if (isTable) return t('Look up {0} client IDs in a table ({1})', ids, cost);
  return countText(count, t('Look up 1 client ID ({0})', cost), t('Look up {0} client IDs ({1})', ids, cost));
}

function tooManyText(count: number): string {
  return t(
    '{0} client IDs are too many: {1} at most are looked up at once',
    numberText(count),
    numberText(MOST_CLIENT_IDS),
  );
}

function groupWords(groupId: string, clients: number): vscode.QuickPickItem {
  const saved = countText(clients, t('1 saved client'), t('{0} saved clients', numberText(clients)));
  return withIcon('layers', `${withoutIcons(groupId)}@@@…`, { description: saved });
}

function moreText({ of, shown, total }: Extract<LookUpRow, { kind: 'more' }>): string {
  const [some, all] = [numberText(shown), numberText(total)];
  return of === 'clients'
    ? t('{0} of {1} saved clients shown, type on', some, all)
    : t('{0} of {1} group IDs shown, type on', some, all);
}
