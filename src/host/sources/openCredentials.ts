import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { Credentials } from '../credentials';
import { kept } from '../kept';
import { isTrusted, onDidGrantTrust } from '../trust';
import { SourceRecords } from './sourceRecords';
import { Sources } from './sources';

const RECORDS = 'credentials.json';

/** Opens what keys there are: pairs that VS Code keeps, and names that stand for a source. */
export function openCredentials({
  secrets,
  globalState,
  globalStorageUri,
}: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'globalStorageUri'>): Credentials {
  const records = join(globalStorageUri.fsPath, RECORDS);
  const sources = new Sources({
    records: new SourceRecords(records),
    profilePath: () => join(homedir(), '.aliyun', 'config.json'),
    variables: () => process.env,
    loadRoles: () => import('./roleSdk'),
    now: Date.now,
    mayRunCommands: isTrusted,
    watch,
  });
  const follow = (): void => void sources.follow().catch(() => undefined);
  const followed = vscode.Disposable.from(watch(records, follow), onDidGrantTrust(follow), sources);
  follow();
  return new Credentials(secrets, kept(globalState, 'credentialsEntered'), sources, followed);
}

/** A folder that is not there yet is waited for by VS Code. */
function watch(path: string, listener: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(path)), basename(path));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  watcher.onDidChange(listener);
  watcher.onDidCreate(listener);
  watcher.onDidDelete(listener);
  return watcher;
}
