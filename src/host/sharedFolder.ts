import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { SharedLog } from './sharedLog';

const MINUTE_MS = 60_000;

/** What the windows of this machine share, in the extension's global storage. */
export class SharedFolder implements vscode.Disposable {
  /** Names this window among the others. */
  readonly owner = randomUUID().slice(0, 8);
  /** Claims of calls in the last second, by account. */
  readonly calls: SharedLog;
  /** Claims of the background rounds. */
  readonly lease: SharedLog;
  /** What was found lately. */
  readonly statuses: SharedLog;
  private readonly watcher: vscode.FileSystemWatcher;

  constructor(private readonly storage: vscode.Uri) {
    this.calls = this.log('calls', 15 * MINUTE_MS);
    this.lease = this.log('lease', 24 * 60 * MINUTE_MS);
    this.statuses = this.log('statuses', 10 * MINUTE_MS);
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(storage, 'statuses-*.log'));
  }

  /** Calls back when any window found something. */
  onDidFind(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(this.watcher.onDidChange(listener), this.watcher.onDidCreate(listener));
  }

  dispose(): void {
    this.watcher.dispose();
    for (const log of [this.calls, this.lease, this.statuses]) void log.dispose();
  }

  private log(name: string, bucketMs: number): SharedLog {
    return new SharedLog({ folder: this.storage.fsPath, name, bucketMs, kept: 1, now: Date.now });
  }
}
