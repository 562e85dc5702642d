import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readText, updateFile } from './atomicFile';
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
  /** Successful calls, a file for each day. */
  readonly meter: SharedLog;
  /** Which window tells of a change that several found at once. */
  readonly notices: SharedLog;
  /** Changes of status, kept across reloads. */
  readonly changes: {
    readonly read: () => Promise<string | undefined>;
    readonly update: (change: (text: string) => string) => Promise<string>;
  };
  private readonly watcher: vscode.FileSystemWatcher;
  private readonly meterWatcher: vscode.FileSystemWatcher;

  constructor(private readonly storage: vscode.Uri) {
    this.calls = this.log('calls', 15 * MINUTE_MS);
    this.lease = this.log('lease', 24 * 60 * MINUTE_MS);
    this.statuses = this.log('statuses', 10 * MINUTE_MS);
    this.meter = this.log('meter', 25 * 60 * MINUTE_MS, (now) => new Date(now).setHours(0, 0, 0, 0));
    this.notices = this.log('notices', 10 * MINUTE_MS);
    const changes = join(storage.fsPath, 'changes.jsonl');
    this.changes = { read: () => readText(changes), update: (change) => updateFile(changes, change) };
    this.meterWatcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(storage, 'meter-*.log'));
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(storage, 'statuses-*.log'));
  }

  /** Calls back when any window found something. */
  onDidFind(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(this.watcher.onDidChange(listener), this.watcher.onDidCreate(listener));
  }

  /** Calls back when any window counted calls. */
  onDidCount(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(this.meterWatcher.onDidChange(listener), this.meterWatcher.onDidCreate(listener));
  }

  dispose(): void {
    this.watcher.dispose();
    this.meterWatcher.dispose();
    for (const log of [this.calls, this.lease, this.statuses, this.meter, this.notices]) void log.dispose();
  }

  private log(name: string, bucketMs: number, bucketStart?: (now: number) => number): SharedLog {
    const options = { folder: this.storage.fsPath, name, bucketMs, kept: 1, now: Date.now };
    return new SharedLog(bucketStart === undefined ? options : { ...options, bucketStart });
  }
}
