import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { COMMANDS } from '../../manifest';
import { hasOlder, type TraceRecord, traceText } from './traceText';

const t = vscode.l10n.t;
const TRACE_SCHEME = 'apsaramq-mqtt-trace';
/** A document that was closed may be opened again from the history of the editor; not for ever. */
const MOST_KEPT = 20;

/** Records as read-only Markdown documents, which VS Code shows, previews and saves elsewhere. */
export class TraceDocuments implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider {
  private readonly records = new Map<string, TraceRecord>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  // Before VS Code is told of this provider: it looks for its events then and never again.
  readonly onDidChange = this.changed.event;
  readonly onDidChangeCodeLenses = this.lensesChanged.event;
  private readonly subscriptions = [
    this.changed,
    this.lensesChanged,
    vscode.workspace.registerTextDocumentContentProvider(TRACE_SCHEME, this),
    vscode.languages.registerCodeLensProvider({ scheme: TRACE_SCHEME }, this),
  ];

  /** Shows a record in a tab of its own. */
  async open(record: TraceRecord): Promise<vscode.Uri> {
    const path = `/connection-history-${record.question.clientId.replace(/[^\w@.-]/g, '_')}.md`;
    const uri = vscode.Uri.from({ scheme: TRACE_SCHEME, path, query: randomUUID() });
    this.records.set(uri.toString(), record);
    const [oldest] = this.records.keys();
    if (this.records.size > MOST_KEPT && oldest !== undefined) this.records.delete(oldest);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    return uri;
  }

  /** The record of a document, where this window still has it. */
  recordOf(uri: vscode.Uri): TraceRecord | undefined {
    return this.records.get(uri.toString());
  }

  /** Shows what is known by now in a document that is open. */
  replace(uri: vscode.Uri, record: TraceRecord): void {
    this.records.set(uri.toString(), record);
    this.changed.fire(uri);
    this.lensesChanged.fire();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const record = this.recordOf(uri);
    return record === undefined
      ? t('This connection history was not saved, so it is gone. Ask for it again.')
      : traceText(record);
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const record = this.recordOf(uri);
    if (record === undefined) return [];
    const older = { title: t('Show older events (1 call)'), command: COMMANDS.showOlderEvents };
    const save = { title: t('Save as…'), command: COMMANDS.saveConnectionHistory };
    const preview = { title: t('Show as a page'), command: 'markdown.showPreview', arguments: [uri] };
    const commands: vscode.Command[] = [...(hasOlder(record) ? [older] : []), save, preview];
    return commands.map((command) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
