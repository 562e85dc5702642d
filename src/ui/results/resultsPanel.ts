import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { savedInstances } from '../../model/results/checkPlan';
import type { FromPage, ShownCheck, ToPage } from '../../model/results/resultsProtocol';
import { CLIENTS_PER_CALL } from '../../sessions/meter/callCost';
import type { Freshness } from '../../sessions/calls/question';
import type { StatusStore } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import { sayable } from '../run';
import { tellError } from '../tell';
import { pageHtml, pageRoots } from './pageHtml';
import { readPageMessage } from './pageMessages';
import { pageWords } from './pageWords';
import type { ResultSet } from './resultSet';
import { copyResults, saveResults } from './saveResults';

const t = vscode.l10n.t;
const GATHER_MS = 250;
const VIEW_TYPE = 'apsaramqMqtt.results';

export interface ResultsPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly store: Pick<StatusStore, 'onDidChange'>;
  readonly inventory: Inventories;
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'onDidChange'>;
  readonly log: Log;
}

/** What a person can have done from the table. */
export interface ResultsHandlers {
  readonly check: (set: ResultSet, keys: readonly number[], freshness: Freshness) => Promise<unknown>;
  readonly cancel: () => void;
  readonly changeInstance: (set: ResultSet) => Promise<unknown>;
}

/** The table of results: one tab, used again for each check. It shows what the store knows and never asks by itself. */
export class ResultsPanel implements vscode.Disposable {
  private readonly dirty = new Gather<number>(GATHER_MS, (keys) => this.sendRows(keys));
  private readonly subscriptions: { dispose(): unknown }[];
  private panel: vscode.WebviewPanel | undefined;
  private set: ResultSet | undefined;
  private checkId = 0;
  private running = 0;
  /** True from the page's first word until its tab is hidden, when VS Code drops the page. */
  private isReady = false;

  constructor(
    private readonly parts: ResultsPanelParts,
    private readonly handlers: ResultsHandlers,
  ) {
    const sendAll = (): void => this.sendCheck();
    this.subscriptions = [
      this.dirty,
      parts.store.onDidChange((change) => {
        for (const key of this.set?.keysOf(change) ?? []) this.dirty.add(key);
      }),
      parts.inventory.onDidChange(sendAll),
      parts.settings.onDidChange(sendAll),
    ];
  }

  /** Shows another check in the tab, opening it if need be. */
  show(set: ResultSet): void {
    this.set = set;
    this.checkId++;
    this.panel ??= this.open();
    this.panel.title = t('Client IDs: {0}', set.title);
    this.panel.reveal();
    this.sendCheck();
  }

  /** While this goes on, the table offers to cancel. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.setRunning(1);
    try {
      return await work();
    } finally {
      this.setRunning(-1);
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const { extensionUri } = this.parts;
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, '', vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: pageRoots(extensionUri),
    });
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `results-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    panel.onDidChangeViewState(() => (this.isReady &&= panel.visible));
    panel.onDidDispose(() => this.close());
    panel.webview.html = pageHtml(panel.webview, extensionUri);
    return panel;
  }

  private close(): void {
    this.panel = undefined;
    this.set = undefined;
    this.isReady = false;
  }

  private receive(message: unknown): void {
    const read = readPageMessage(message);
    if (read === undefined) {
      this.parts.log.warn('The table of results sent a message of the wrong shape.');
      return;
    }
    this.act(read).catch((error: unknown) => {
      void tellError(sayable(error, this.parts.log).message);
    });
  }

  private async act(message: FromPage): Promise<void> {
    const { set } = this;
    if (message.kind === 'ready') {
      this.isReady = true;
      this.sendCheck();
    }
    if (message.kind === 'cancel') this.handlers.cancel();
    if (set === undefined || ('checkId' in message && message.checkId !== this.checkId)) return;
    switch (message.kind) {
      case 'check':
        await this.handlers.check(set, message.keys, message.freshness);
        return;
      case 'changeInstance':
        await this.handlers.changeInstance(set);
        return;
      case 'copy':
        this.tell(await copyResults(set.rows(message.keys), message.format));
        return;
      case 'save':
        this.tell(await saveResults(set.rows(message.keys), message.format));
        return;
      case 'ready':
      case 'cancel':
        return;
    }
  }

  private sendCheck(): void {
    if (this.set !== undefined) this.send({ kind: 'show', check: this.shown(this.set) });
  }

  private shown(set: ResultSet): ShownCheck {
    const { settings, inventory } = this.parts;
    const savedAt = savedInstances(inventory.inventory.instances);
    return {
      checkId: this.checkId,
      title: t('Client IDs: {0}', set.title),
      note: set.note,
      language: vscode.env.language,
      words: pageWords(),
      clientsPerCall: CLIENTS_PER_CALL,
      staleAfterSeconds: settings.staleAfterSeconds,
      canChangeInstance:
        inventory.inventory.instances.length > 1 && set.planned.some(({ clientId }) => !savedAt.has(clientId)),
      isRunning: this.running > 0,
      rows: set.rows(),
    };
  }

  private sendRows(keys: readonly number[]): void {
    if (this.set !== undefined) this.send({ kind: 'rows', checkId: this.checkId, rows: this.set.rows(keys) });
  }

  private setRunning(by: 1 | -1): void {
    this.running += by;
    this.send({ kind: 'running', isRunning: this.running > 0 });
  }

  private tell(text: string | undefined): void {
    if (text !== undefined) this.send({ kind: 'tell', text });
  }

  /** A page that is not there yet, or not any more, is told all once it is. */
  private send(message: ToPage): void {
    if (this.isReady) void this.panel?.webview.postMessage(message);
  }
}
