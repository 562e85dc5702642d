import type * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { type KeptWatch, readWatches } from './watch';

const KEY = 'watches';
/** The first statuses of a large group come in round by round. */
const WRITE_EVERY_MS = 5000;

export interface KeptWatchesParts {
  /** Where watches outlive a reload of the window. */
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Log;
}

/** The watches as the workspace keeps them. */
export class KeptWatches implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private isStale = false;

  constructor(
    private readonly parts: KeptWatchesParts,
    private readonly current: () => KeptWatch[],
  ) {}

  read(): KeptWatch[] {
    return readWatches(this.parts.memento.get(KEY));
  }

  write(): void {
    this.isStale = false;
    // Where the workspace cannot be written, the watches go on until the window is closed.
    this.parts.memento
      .update(KEY, this.current())
      .then(undefined, () => this.parts.log.warn('The watches could not be kept for after a reload.'));
  }

  /** Writes now, or a little later where it has just been written. */
  writeSoon(): void {
    this.isStale = true;
    if (this.timer !== undefined) return;
    this.write();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isStale) this.writeSoon();
    }, WRITE_EVERY_MS);
  }

  /** Writes what is not written yet. */
  dispose(): void {
    clearTimeout(this.timer);
    if (this.isStale) this.write();
  }
}
