import * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import { PatternSearch } from '../../host/workers/patternSearch';
import type { StatusStore } from '../../sessions/status/statusStore';
import type { LookUpInstance } from '../lookup/lookUpInstance';
import { ClientActions, type ClientActionsParts } from './clientActions';
import { ClientHover } from './clientHover';
import { ClientIdsInText } from './clientIdsInText';
import { ClientLenses } from './clientLenses';
import { ClientPlaces } from './clientPlaces';
import { documentLinks } from './documentLinks';
import { InlineStatus } from './inlineStatus';
import { InstanceChoice } from './instanceChoice';
import { warnOfPattern } from './patternWarnings';
import { terminalLinks } from './terminalLinks';

export interface EditorPartsParts extends Omit<ClientActionsParts, 'places' | 'choice' | 'ids'> {
  readonly store: StatusStore;
  readonly lookUpInstance: LookUpInstance;
  /** The folder of the bundles. */
  readonly dist: vscode.Uri;
}

/** Client IDs where they are: hover, inline status, lenses and links in editors, outputs and terminals. */
export function editorParts(parts: EditorPartsParts): { readonly ids: ClientIdsInText; readonly owned: Disposable[] } {
  const { inventory, store, settings, subjects, lookUpInstance, dist } = parts;
  const script = vscode.Uri.joinPath(dist, 'patterns.js').fsPath;
  const patterns = new PatternSearch({ script, onProblem: (problem) => void warnOfPattern(problem) });
  const followPatterns = (): void => patterns.use(settings.clientIdPatterns);
  followPatterns();
  const places = new ClientPlaces(inventory, store);
  const ids = new ClientIdsInText(places, patterns);
  const choice = new InstanceChoice(places, subjects, lookUpInstance);
  const shared = { ids, places, choice, store, inventory, settings };
  const owned = [
    patterns,
    places,
    settings.onDidChange(followPatterns),
    new ClientActions({ ...parts, ...shared }).register(),
    new ClientHover(shared).register(),
    new InlineStatus(shared),
    new ClientLenses(shared),
    vscode.window.registerTerminalLinkProvider(terminalLinks(ids)),
    documentLinks(ids),
  ];
  return { ids, owned };
}
