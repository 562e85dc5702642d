import * as vscode from 'vscode';
import { pick } from '../inputs/steps';
import { whileTelling } from '../tell';
import type { FileImport } from './fileImport';

const t = vscode.l10n.t;

type SourceKind = 'file' | 'range' | 'workspace';

/** Asks where clients are imported from; undefined when cancelled. */
export function pickSource(): Promise<SourceKind | undefined> {
  const ofFile = t('CSV, JSON, lines, a log, or an exported inventory');
  const ofWorkspace = t('client IDs in its files, to tick');
  return pick<SourceKind>({
    title: t('Import Clients'),
    items: [
      { label: t('$(file) From a file…'), description: ofFile, value: 'file' },
      { label: t('$(list-ordered) From a range'), description: 'GID_x@@@dev-{001..200}', value: 'range' },
      { label: t('$(folder) From the workspace'), description: ofWorkspace, value: 'workspace' },
    ],
  });
}

/** Asks for a file by VS Code's own dialog; undefined when cancelled. */
export async function pickFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('Import Clients'),
    openLabel: t('Import'),
    filters: { [t('Lists of clients')]: ['csv', 'tsv', 'json', 'txt', 'log'], [t('All files')]: ['*'] },
  });
  return chosen?.[0];
}

/** What takes no longer is not worth a message. */
const QUICK_MS = 500;

/** Says that a file is read where that takes a while. Undefined when cancelled: then its thread ends, and it is not read on. */
export async function reading<T>(
  file: Pick<FileImport, 'name' | 'dispose'>,
  task: (token: vscode.CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const source = new vscode.CancellationTokenSource();
  source.token.onCancellationRequested(() => file.dispose());
  const running = task(source.token);
  const timer = setTimeout(() => void showProgress(file.name, running, source), QUICK_MS);
  try {
    const done = await running;
    return source.token.isCancellationRequested ? undefined : done;
  } catch (error) {
    if (source.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

async function showProgress(
  name: string,
  running: Promise<unknown>,
  source: vscode.CancellationTokenSource,
): Promise<void> {
  await whileTelling(t('Reading "{0}"', name), (signal) => {
    signal.addEventListener('abort', () => source.cancel());
    return running.then(
      () => undefined,
      () => undefined,
    );
  });
}
