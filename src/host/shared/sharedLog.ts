import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface SharedLogOptions {
  readonly folder: string;
  /** The files are called `<name>-<start>.log`. */
  readonly name: string;
  /** Every so many milliseconds a new file begins. */
  readonly bucketMs: number;
  /** When the file of a moment begins, where that is not every `bucketMs` since the epoch. */
  readonly bucketStart?: (now: number) => number;
  /** How many files before the current one stay. */
  readonly kept: number;
  readonly now: () => number;
}

/** ASCII lines that all windows append and read in one order. The system appends in one step: no lock to leave behind. */
export class SharedLog {
  private current: { readonly bucketAt: number; readonly handle: FileHandle; offset: number; rest: string } | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private isDisposed = false;

  constructor(private readonly options: SharedLogOptions) {}

  /** Appends lines; resolves with what came since the last read, these among them. Rejects where the storage fails. */
  append(lines: readonly string[]): Promise<{ bucketAt: number; lines: string[] }> {
    const page = this.last.then(() => this.exchange(lines)).finally(() => this.closeIfDisposed());
    this.last = page.catch(() => undefined);
    return page;
  }

  /** Resolves with what others appended since the last read. */
  read(): Promise<{ bucketAt: number; lines: string[] }> {
    return this.append([]);
  }

  /** What is appended after this is written still, and leaves no open file behind. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    await this.last;
    await this.closeIfDisposed();
  }

  private async closeIfDisposed(): Promise<void> {
    const open = this.current;
    if (!this.isDisposed || open === undefined) return;
    this.current = undefined;
    await open.handle.close();
  }

  private async exchange(lines: readonly string[]): Promise<{ bucketAt: number; lines: string[] }> {
    const file = await this.file();
    // A line begins on a line of its own even where a crash cut the one before it in half.
    if (lines.length > 0) await file.handle.appendFile(lines.map((line) => `\n${line}\n`).join(''));
    const text = file.rest + (await this.readOn(file));
    const end = text.lastIndexOf('\n') + 1;
    file.rest = text.slice(end);
    return {
      bucketAt: file.bucketAt,
      lines: text
        .slice(0, end)
        .split('\n')
        .filter((line) => line !== ''),
    };
  }

  private async readOn(file: { readonly handle: FileHandle; offset: number }): Promise<string> {
    const { size } = await file.handle.stat();
    if (size <= file.offset) return '';
    const buffer = Buffer.alloc(size - file.offset);
    const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, file.offset);
    file.offset += bytesRead;
    return buffer.toString('latin1', 0, bytesRead);
  }

  private async file() {
    const { folder, bucketMs, now, name } = this.options;
    const bucketAt = this.options.bucketStart?.(now()) ?? Math.floor(now() / bucketMs) * bucketMs;
    if (this.current?.bucketAt === bucketAt) return this.current;
    await this.current?.handle.close();
    this.current = undefined;
    await mkdir(folder, { recursive: true });
    const handle = await open(join(folder, `${name}-${bucketAt}.log`), 'a+');
    this.current = { bucketAt, handle, offset: 0, rest: '' };
    await this.clean(bucketAt).catch(() => undefined);
    return this.current;
  }

  private async clean(bucketAt: number): Promise<void> {
    const { folder, name, bucketMs, kept } = this.options;
    for (const file of await readdir(folder)) {
      const [, own, at] = /^(.*)-(\d+)\.log$/.exec(file) ?? [];
      if (own !== name || Math.abs(bucketAt - Number(at)) <= kept * bucketMs) continue;
      await rm(join(folder, file), { force: true });
    }
  }
}
