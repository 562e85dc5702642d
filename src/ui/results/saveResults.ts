import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { exportResults } from '../../model/results/exportResults';
import type { ResultRow } from '../../model/results/resultRow';
import type { ExportFormat } from '../../model/results/resultsProtocol';
import { numberText } from '../words/numbers';

const t = vscode.l10n.t;

const EXTENSIONS: Record<ExportFormat, string> = { text: 'txt', csv: 'csv', markdown: 'md', json: 'json' };
/** Without it a spreadsheet reads Chinese names as something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Copies rows; resolves with the sentence that says so. */
export async function copyResults(rows: readonly ResultRow[], format: ExportFormat): Promise<string> {
  await vscode.env.clipboard.writeText(exportResults(rows, format, Date.now()));
  return t('Copied to the clipboard: {0} client IDs.', numberText(rows.length));
}

/** Saves rows where the person says; resolves with the sentence that says so, or undefined when cancelled. */
export async function saveResults(rows: readonly ResultRow[], format: ExportFormat): Promise<string | undefined> {
  const target = await askTarget(`client-status.${EXTENSIONS[format]}`);
  if (target === undefined) return undefined;
  await writeText(target, exportResults(rows, format, Date.now()));
  return t('Saved to {0}: {1} client IDs.', target.fsPath, numberText(rows.length));
}

/** Asks where to save a file, by VS Code's own dialog; undefined when cancelled. */
export async function askTarget(fileName: string): Promise<vscode.Uri | undefined> {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, fileName),
    filters: { [extension.toUpperCase()]: [extension] },
  });
}

/** Writes a file; a CSV such that a spreadsheet reads Chinese in it. */
export async function writeText(target: vscode.Uri, text: string): Promise<void> {
  const mark = target.path.endsWith('.csv') ? BYTE_ORDER_MARK : '';
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(mark + text));
}
