import * as vscode from 'vscode';
import type { Disposable, Event } from '../../base/event';
import type { Settings } from '../../host/settings';
import { NextMoment } from '../../sessions/fleet/nextMoment';
import type { StatusStore } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import type { ClientIdsInText } from './clientIdsInText';
import type { ClientPlaces } from './clientPlaces';
import { shortText } from './editorWords';

const GATHER_MS = 200;
const AGES_MS = 30_000;
/** Bounds for a minified file, or a window of many editors. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 2000;

export interface InlineStatusParts {
  readonly ids: Pick<ClientIdsInText, 'find'>;
  readonly places: Pick<ClientPlaces, 'of' | 'isKnown'>;
  readonly store: Pick<StatusStore, 'onDidChange'>;
  readonly inventory: { readonly onDidChange: Event<unknown> | vscode.Event<unknown> };
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'showsInlineStatus' | 'onDidChange'>;
}

/** The last known status behind client IDs in the visible part of editors. It draws what is known and asks nothing. */
export class InlineStatus implements Disposable {
  private readonly type = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 1ch', fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly dirty = new Gather<vscode.TextEditor>(GATHER_MS, (editors) => this.draw(editors));
  private readonly ages = new NextMoment(Date.now, () => this.drawAll());
  private readonly shown = new Set<vscode.TextEditor>();
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(private readonly parts: InlineStatusParts) {
    const all = (): void => this.drawAll();
    this.subscriptions = [
      this.type,
      this.dirty,
      this.ages,
      vscode.window.onDidChangeVisibleTextEditors(all),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.mark(textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.mark(editor);
      }),
      // A timer does not count while the machine sleeps.
      vscode.window.onDidChangeWindowState(all),
      parts.store.onDidChange(all),
      parts.inventory.onDidChange(all),
      parts.settings.onDidChange(all),
    ];
    all();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.mark(editor);
  }

  private mark(editor: vscode.TextEditor): void {
    if (this.parts.settings.showsInlineStatus || this.shown.has(editor)) this.dirty.add(editor);
  }

  private draw(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const options = this.parts.settings.showsInlineStatus ? inlineTexts(editor, this.parts, Date.now()) : [];
      editor.setDecorations(this.type, options);
      if (options.length > 0) this.shown.add(editor);
      else this.shown.delete(editor);
    }
    const visible = new Set(vscode.window.visibleTextEditors);
    for (const editor of this.shown) if (!visible.has(editor)) this.shown.delete(editor);
    this.ages.await(this.shown.size === 0 ? [] : [Date.now() + AGES_MS]);
  }
}

/** What stands behind which client IDs of an editor's visible lines: those of which something is known. */
export function inlineTexts(
  { document, visibleRanges }: Pick<vscode.TextEditor, 'document' | 'visibleRanges'>,
  {
    ids,
    places,
    settings,
  }: Pick<InlineStatusParts, 'ids' | 'places'> & { settings: Pick<Settings, 'staleAfterSeconds'> },
  now: number,
): vscode.DecorationOptions[] {
  return visibleLines(document, visibleRanges).flatMap((line) =>
    ids
      .find(document.lineAt(line).text.slice(0, MOST_CHARACTERS))
      .filter(({ clientId, end }) => end < MOST_CHARACTERS && places.isKnown(clientId))
      .map(({ clientId, start, end }) => ({
        range: new vscode.Range(line, start, line, end),
        renderOptions: { after: { contentText: shortText(places.of(clientId), now, settings.staleAfterSeconds) } },
      })),
  );
}

function visibleLines(document: vscode.TextDocument, ranges: readonly vscode.Range[]): number[] {
  const lines = new Set<number>();
  for (const { start, end } of ranges)
    for (let line = start.line; line <= Math.min(end.line, document.lineCount - 1) && lines.size < MOST_LINES; line++)
      lines.add(line);
  return [...lines];
}
