import * as vscode from 'vscode';
import type { Disposable, Event } from '../../base/event';
import type { Settings } from '../../host/settings';
import { COMMANDS } from '../../manifest';
import type { FoundClientId } from '../../model/clientIds/findClientIds';
import { NextMoment } from '../../sessions/fleet/nextMoment';
import type { StatusStore } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import type { ClientAction } from './clientActions';
import type { ClientIdsInText } from './clientIdsInText';
import type { ClientPlaces } from './clientPlaces';
import { shortText } from './editorWords';
import { saidText } from '../words/joiners';

const t = vscode.l10n.t;
const GATHER_MS = 500;
const AGES_MS = 30_000;
const MOST_CHARACTERS = 1_000_000;
const MOST_IDS = 500;

/** Configuration files: by language where VS Code knows one, else by name. */
const CONFIG_FILES: vscode.DocumentFilter[] = [
  ...['json', 'jsonc', 'yaml', 'dockercompose', 'toml', 'ini', 'properties', 'dotenv'].map((language) => ({
    language,
  })),
  ...['**/*.toml', '**/*.conf', '**/.env', '**/.env.*', '**/*.env'].map((pattern) => ({ pattern })),
];

export interface ClientLensesParts {
  readonly ids: Pick<ClientIdsInText, 'find'>;
  readonly places: Pick<ClientPlaces, 'of'>;
  readonly store: Pick<StatusStore, 'onDidChange'>;
  readonly inventory: { readonly onDidChange: Event<unknown> | vscode.Event<unknown> };
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'showsCodeLens' | 'onDidChange'>;
}

/** The last known status above client IDs in configuration files, with links that ask. It asks nothing by itself. */
export class ClientLenses implements vscode.CodeLensProvider, Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly dirty = new Gather<'lenses'>(GATHER_MS, () => this.changed.fire());
  private readonly ages = new NextMoment(Date.now, () => this.redraw());
  private readonly subscriptions: { dispose(): unknown }[];
  /** The documents that have lenses: ages are kept right only while one of them is visible. */
  private readonly shown = new WeakSet<vscode.TextDocument>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly parts: ClientLensesParts) {
    const follow = (): void => {
      if (this.isShown()) this.dirty.add('lenses');
    };
    this.subscriptions = [
      this.changed,
      this.dirty,
      this.ages,
      vscode.languages.registerCodeLensProvider(CONFIG_FILES, this),
      vscode.window.onDidChangeWindowState(follow),
      vscode.window.onDidChangeVisibleTextEditors(() => this.awaitAges()),
      parts.store.onDidChange(follow),
      parts.inventory.onDidChange(follow),
      parts.settings.onDidChange(() => this.dirty.add('lenses')),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const text = this.parts.settings.showsCodeLens ? textOf(document) : '';
    const found = this.parts.ids.find(text).slice(0, MOST_IDS);
    if (found.length === 0) this.shown.delete(document);
    else this.shown.add(document);
    this.awaitAges();
    const perLine = Map.groupBy(found, ({ start }) => document.positionAt(start).line);
    return [...perLine.values()].flatMap((ids) => this.lensesOf(document, ids));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** One ID has its links beside its status; of several in a line each has one lens, which offers the same. */
  private lensesOf(document: vscode.TextDocument, ids: readonly FoundClientId[]): vscode.CodeLens[] {
    return ids.flatMap(({ clientId, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const text = shortText(this.parts.places.of(clientId), Date.now(), this.parts.settings.staleAfterSeconds);
      return ids.length > 1
        ? [lens(range, saidText(clientId, text), clientId)]
        : [
            lens(range, text, clientId),
            lens(range, t('check'), clientId, 'check'),
            lens(range, t('verify'), clientId, 'verify'),
          ];
    });
  }

  private isShown(): boolean {
    return vscode.window.visibleTextEditors.some(({ document }) => this.shown.has(document));
  }

  private awaitAges(): void {
    this.ages.await(this.isShown() ? [Date.now() + AGES_MS] : []);
  }

  private redraw(): void {
    if (this.isShown()) this.changed.fire();
  }
}

/** A file so large is no configuration that a person reads. */
function textOf(document: vscode.TextDocument): string {
  const text = document.getText();
  return text.length > MOST_CHARACTERS ? '' : text;
}

function lens(range: vscode.Range, title: string, clientId: string, action?: ClientAction): vscode.CodeLens {
  const link = { clientId, ...(action === undefined ? {} : { action }) };
  return new vscode.CodeLens(range, { title, command: COMMANDS.clientActions, arguments: [link] });
}
