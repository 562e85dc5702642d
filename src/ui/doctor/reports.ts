import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { registerCommand } from '../run';
import { sayShortly } from '../commands/clientDeeds';
import { UserError } from '../userError';

const t = vscode.l10n.t;
const SCHEME = 'apsaramq-mqtt-report';

/** A text that nobody can change, and what can be done at its lines. */
export interface Report {
  readonly text: string;
  readonly lenses: readonly { readonly line: number; readonly command: vscode.Command }[];
}

/** Reports in editors: read-only, drawn anew as they grow, copied as a whole. Forgotten when their editor is closed. */
export class Reports implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  private readonly reports = new Map<string, Report>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly lensesChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChange = this.changed.event;
  readonly onDidChangeCodeLenses = this.lensesChanged.event;

  constructor(log: Log) {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerCodeLensProvider({ scheme: SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.reports.delete(uri.toString())),
      registerCommand('copyReport', log, () => this.copy()),
      ...[this.changed, this.lensesChanged],
    ];
  }

  /** Where a report stands: the same subject has the same place, so that a new report takes that of the old one. */
  uriOf(title: string, subject: string, extension: 'txt' | 'json'): vscode.Uri {
    return vscode.Uri.from({
      scheme: SCHEME,
      path: `/${title.replaceAll(/[\\/]/g, ' ')}.${extension}`,
      query: subject,
    });
  }

  set(uri: vscode.Uri, report: Report): void {
    this.reports.set(uri.toString(), report);
    this.changed.fire(uri);
    this.lensesChanged.fire();
  }

  async show(uri: vscode.Uri): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.reports.get(uri.toString())?.text ?? '';
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const lenses = this.reports.get(uri.toString())?.lenses ?? [];
    return lenses.map(({ line, command }) => new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async copy(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.uri.scheme !== SCHEME) throw new UserError(t('No report is open in the active editor.'));
    await vscode.env.clipboard.writeText(document.getText());
    sayShortly(t('The report was copied.'));
  }
}
