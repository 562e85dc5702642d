import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { SharedLog } from './sharedLog';

const MINUTE_MS = 60_000;

/** What the windows of this machine share, in the extension's global storage. */
export class SharedFolder implements vscode.Disposable {
  /** Names this window among the others. */
  readonly owner = randomUUID().slice(0, 8);
  /** Calls granted in the last second, by account. */
  readonly calls: SharedLog;

  constructor(storage: vscode.Uri) {
    const folder = `${storage.fsPath}/shared`;
    this.calls = new SharedLog({ folder, name: 'calls', bucketMs: 15 * MINUTE_MS, kept: 1, now: Date.now });
  }

  dispose(): void {
    void this.calls.dispose();
  }
}
