import type { SharedPage } from '../../../src/sessions/calls/callLedger';

/** One file that several windows append to, in memory. */
export class SharedFile {
  readonly lines: string[] = [];

  constructor(public bucketAt = 0) {}

  window() {
    let read = 0;
    const append = (lines: readonly string[]): Promise<SharedPage> => {
      this.lines.push(...lines);
      const since = this.lines.slice(read);
      read = this.lines.length;
      return Promise.resolve({ bucketAt: this.bucketAt, lines: since });
    };
    return { append, read: () => append([]) };
  }
}
