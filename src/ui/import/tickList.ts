import * as vscode from 'vscode';
import type { Instance } from '../../model/inventory/inventory';
import { withoutIcons } from '../tell';
import { countText, numberText } from '../words/numbers';
import type { Places, Scan } from './workspaceScan';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;

/** VS Code draws every item of a tick list itself: beyond this the files are ticked, not the client IDs. */
const MOST_IDS_TICKED = 1000;

interface TickItem extends vscode.QuickPickItem {
  readonly clientIds: readonly string[];
}

/** Lets a person tick what was found; what is saved already is marked, and not ticked. Undefined when cancelled. */
export async function tickFound(
  title: string,
  placeHolder: string,
  { found }: Scan,
  instance: Instance,
): Promise<string[] | undefined> {
  const groups = groupsOf(instance);
  const items =
    found.size > MOST_IDS_TICKED
      ? itemsOfFiles(found, groups)
      : [...found].map(([clientId, places]) => itemOfId(clientId, places, groups.get(clientId)));
  const options = { title, placeHolder, canPickMany: true, matchOnDescription: true, ignoreFocusOut: true } as const;
  const ticked = await vscode.window.showQuickPick(inOrder(items), options);
  return ticked === undefined ? undefined : [...new Set(ticked.flatMap(({ clientIds }) => clientIds))];
}

/** What is ticked goes first. */
function inOrder(items: readonly TickItem[]): TickItem[] {
  return [...items].sort((a, b) => Number(b.picked) - Number(a.picked));
}

/** The first group of each client of an instance. */
function groupsOf({ groups }: Instance): Map<string, string> {
  return new Map([...groups].reverse().flatMap(({ name, clientIds }) => clientIds.map((id) => [id, name] as const)));
}

function itemOfId(clientId: string, counts: Places, group: string | undefined): TickItem {
  const [first = ''] = counts.keys();
  const times = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const more = counts.size - 1;
  const others = countText(more, t('{0} and 1 more file', first), t('{0} and {1} more files', first, numberText(more)));
  const where = more === 0 ? first : others;
  const parts = [
    ...(group === undefined ? [] : [t('saved in "{0}"', group)]),
    where,
    countText(times, t('once'), t('{0} times', numberText(times))),
  ];
  const label = withoutIcons(clientId);
  return { clientIds: [clientId], label, description: withoutIcons(parts.join(' · ')), picked: group === undefined };
}

function itemsOfFiles(found: Scan['found'], groups: ReadonlyMap<string, string>): TickItem[] {
  const files = new Map<string, string[]>();
  for (const [clientId, counts] of found)
    for (const path of counts.keys()) {
      const ids = files.get(path) ?? [];
      files.set(path, ids);
      ids.push(clientId);
    }
  return [...files].map(([path, ids]) => {
    const clientIds = ids.filter((clientId) => !groups.has(clientId));
    const known = ids.length - clientIds.length;
    const counts = [
      t('new clients: {0}', numberText(clientIds.length)),
      ...(known > 0 ? [t('saved already: {0}', numberText(known))] : []),
    ];
    const example = clientIds[0] === undefined ? {} : { detail: withoutIcons(clientIds[0]) };
    return {
      clientIds,
      label: withoutIcons(path),
      description: phrasesText(counts),
      picked: clientIds.length > 0,
      ...example,
    };
  });
}
