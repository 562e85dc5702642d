import * as vscode from 'vscode';
import { textOfBytes } from '../../model/clientIds/textOfBytes';
import type { FoundClientId } from '../../model/clientIds/findClientIds';
import { MOST_IMPORTED } from '../../model/import/readContent';
import { UserError } from '../userError';
import { numberText } from '../words/numbers';
import { findInSlices } from './findInSlices';
import { tooManyText } from './importWords';
import { phrasesText } from '../words/joiners';

const t = vscode.l10n.t;
const MOST_FILES = 20_000;
const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 16;

/** How often a client ID stands in each file, by the file's path. */
export type Places = ReadonlyMap<string, number>;

export interface Scan {
  readonly found: ReadonlyMap<string, Places>;
  /** How many files were looked through, and how many were not, and why. */
  readonly files: number;
  readonly skipped: Readonly<Record<Skipped, number>>;
  /** True where the workspace has more files than are looked through. */
  readonly isCut: boolean;
}

type Skipped = 'binary' | 'large' | 'unreadable';

/**
 * Looks for client IDs in the files of all folders of the workspace, save what `files.exclude` and `search.exclude` name.
 * Undefined when cancelled. VS Code offers extensions no look into .gitignore.
 */
export async function scanWorkspace(
  find: (text: string) => Promise<readonly FoundClientId[]>,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<Scan | undefined> {
  const { uris, isCut } = await filesOf(token);
  const found = new Map<string, Map<string, number>>();
  const skipped = { binary: 0, large: 0, unreadable: 0 };
  for (const [at, uri] of uris.entries()) {
    if (token.isCancellationRequested) return undefined;
    if (at % 20 === 0) progress.report({ message: progressText(at, uris.length, found.size) });
    const text = await read(uri);
    if (typeof text !== 'string') {
      skipped[text.why]++;
      continue;
    }
    const path = vscode.workspace.asRelativePath(uri);
    for (const [clientId, count] of await findInSlices(text, find, token)) {
      const places = found.get(clientId) ?? new Map<string, number>();
      found.set(clientId, places.set(path, count));
    }
    if (found.size > MOST_IMPORTED) throw new UserError(tooManyText(t('the workspace')));
  }
  if (token.isCancellationRequested) return undefined;
  const files = uris.length - skipped.binary - skipped.large - skipped.unreadable;
  return { found, files, skipped, isCut };
}

/** What was looked through, and what was left out and why. */
export function scanText({ files, skipped, isCut }: Scan): string {
  const reasons = [
    ...(skipped.binary > 0 ? [t('binary: {0}', numberText(skipped.binary))] : []),
    ...(skipped.large > 0 ? [t('larger than {0} MB: {1}', numberText(MOST_MEGABYTES), numberText(skipped.large))] : []),
    ...(skipped.unreadable > 0 ? [t('not readable: {0}', numberText(skipped.unreadable))] : []),
    ...(isCut ? [t('all beyond the first {0}', numberText(MOST_FILES))] : []),
  ];
  const looked = t('Files looked through: {0}', numberText(files));
  return reasons.length === 0 ? looked : t('{0}; left out: {1}', looked, phrasesText(reasons));
}

function progressText(done: number, total: number, found: number): string {
  return t('{0} of {1} files, {2} client IDs', numberText(done), numberText(total), numberText(found));
}

async function filesOf(token: vscode.CancellationToken): Promise<{ uris: vscode.Uri[]; isCut: boolean }> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new UserError(t('No folder is open, so there is no workspace to look through. Open a folder first.'));
  const uris = new Map<string, vscode.Uri>();
  for (const folder of folders) {
    const include = new vscode.RelativePattern(folder, '**/*');
    const found = await vscode.workspace.findFiles(include, excludedIn(folder), MOST_FILES + 1, token);
    for (const uri of found) uris.set(uri.toString(), uri);
  }
  const all = [...uris.values()].sort((a, b) => a.path.localeCompare(b.path, 'en'));
  return { uris: all.slice(0, MOST_FILES), isCut: all.length > MOST_FILES };
}

/** `findFiles` knows of `files.exclude` by itself. A pattern with braces cannot stand in the braces of this one. */
function excludedIn(folder: vscode.WorkspaceFolder): vscode.RelativePattern | undefined {
  const setting = vscode.workspace.getConfiguration('search', folder).get<Record<string, unknown>>('exclude') ?? {};
  const patterns = Object.keys(setting).filter((pattern) => setting[pattern] === true && !/[{},]/.test(pattern));
  return patterns.length === 0 ? undefined : new vscode.RelativePattern(folder, `{${patterns.join(',')}}`);
}

async function read(uri: vscode.Uri): Promise<string | { readonly why: Skipped }> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_MEGABYTES * MEGABYTE) return { why: 'large' };
    return textOfBytes(await vscode.workspace.fs.readFile(uri)) ?? { why: 'binary' };
  } catch {
    return { why: 'unreadable' };
  }
}
