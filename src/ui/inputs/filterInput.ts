import * as vscode from 'vscode';
import { CLIENT_STATES, type ClientFilter, type ClientState } from '../../sessions/fleet/clientFilter';
import { recentText, stateText } from '../words/filterWords';

const t = vscode.l10n.t;

interface FilterItem extends vscode.QuickPickItem {
  readonly is: ClientState | 'recent';
}

/** Asks for a filter in one step: states to tick, and a text to type. Undefined when cancelled. */
export function askFilter({ text, states, isRecent }: ClientFilter): Promise<ClientFilter | undefined> {
  const box = vscode.window.createQuickPick<FilterItem>();
  // What is typed is the text to filter by, it does not narrow the list of states.
  const item = (is: FilterItem['is'], label: string): FilterItem => ({ is, label, alwaysShow: true });
  const items = [...CLIENT_STATES.map((state) => item(state, stateText(state))), item('recent', recentText())];
  Object.assign(box, {
    title: t('Filter Clients'),
    placeholder: t('Tick states; type what a client ID, alias, note or group holds'),
    canSelectMany: true,
    items,
    value: text,
    selectedItems: items.filter(({ is }) => (is === 'recent' ? isRecent : states.includes(is))),
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const ticked = new Set(box.selectedItems.map(({ is }) => is));
      const chosen = CLIENT_STATES.filter((state) => ticked.has(state));
      resolve({ text: box.value.trim(), states: chosen, isRecent: ticked.has('recent') });
      box.dispose();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
