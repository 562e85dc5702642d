import * as vscode from 'vscode';
import { ClientIdSearch } from '../../model/clientIds/clientIdSearch';
import { attentionOf, clientIdsOf, type Instance } from '../../model/inventory/inventory';
import { numberText } from '../words/numbers';
import { withoutIcons } from '../tell';

/** VS Code draws and filters every item of a pick list itself; a fleet is searched here. */
const MOST_SHOWN = 100;

interface ClientItem extends vscode.QuickPickItem {
  /** Undefined for a row that says something and cannot be chosen. */
  readonly clientId?: string;
}

/** How a client ID stands in a pick list. */
export function clientItem(clientId: string, alias = ''): ClientItem {
  return { clientId, label: withoutIcons(clientId), description: withoutIcons(alias), alwaysShow: true };
}

/** Asks for one of the clients of an instance, searched as one types; the title says how many there are. */
export function pickClientId(
  title: string,
  instance: Instance,
  /** True where an ID that is not on the list will do as well. */
  takesAny = false,
): Promise<string | undefined> {
  const box = vscode.window.createQuickPick<ClientItem>();
  const aliasOf = (clientId: string): string | undefined => attentionOf(instance, clientId).alias;
  const ready = new ClientIdSearch(clientIdsOf(instance), aliasOf);
  const search = (text: string): void => {
    const { found, total } = ready.find(text, MOST_SHOWN);
    const typed = text.trim();
    const isNew = takesAny && typed !== '' && !found.includes(typed);
    const items = [...(isNew ? [typed] : []), ...found].map((clientId) => clientItem(clientId, aliasOf(clientId)));
    const none: ClientItem = {
      label: vscode.l10n.t('No saved client holds "{0}".', withoutIcons(typed)),
      alwaysShow: true,
    };
    box.items = items.length === 0 ? [none] : items;
    box.title =
      found.length < total
        ? vscode.l10n.t('{0} ({1} of {2}: type to narrow)', title, numberText(found.length), numberText(total))
        : title;
  };
  box.onDidChangeValue(search);
  search('');
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const typed = box.value.trim();
      // Enter can come before the list has followed what was typed.
      const [chosenItem] = [...box.selectedItems, ...box.activeItems];
      const chosen = chosenItem?.clientId ?? (takesAny && typed !== '' ? typed : undefined);
      if (chosen === undefined) return;
      resolve(chosen);
      box.dispose();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
