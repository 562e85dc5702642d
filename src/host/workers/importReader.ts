import type { Worker } from 'node:worker_threads';
import type { ParsedClientIds } from '../../model/clientIds/parseClientIds';
import type { Overview } from '../../model/import/readFile';
import { replyOf, startWorker } from './workerThread';

export type ImportQuestion =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly fileName: string }
  | { readonly kind: 'text' }
  | ({ readonly kind: 'sort' } & SortQuestion);

export type ImportReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly overview: Overview }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sorted'; readonly sorted: ParsedClientIds };

/** What to sort: a column of the file that was read, its list, or texts from elsewhere. */
export interface SortQuestion {
  readonly column?: number | undefined;
  readonly texts?: readonly string[] | undefined;
  readonly groupId: string | undefined;
  readonly known: readonly string[];
}

/** Why nothing was read: it took too long, or the thread failed, as it does for want of memory. */
export class ImportReaderError extends Error {
  override readonly name = 'ImportReaderError';

  constructor(readonly reason: 'late' | 'failed') {
    super(reason);
  }
}

const MOST_MEMORY_MB = 1024;
const READ_MS = 30_000;

/** Reads one file and sorts its client IDs in a thread of its own, which ends with `dispose`. */
export class ImportReader {
  private worker: Promise<Worker> | undefined;

  constructor(
    /** The bundle of importWorker.ts. */
    private readonly script: string,
    private readonly limitMs = READ_MS,
  ) {}

  /** What there is to choose from in a file. Rejects with ImportReaderError. */
  async read(bytes: Uint8Array, fileName: string): Promise<Overview> {
    return (await this.ask({ kind: 'read', bytes, fileName }, 'read')).overview;
  }

  /** The file that was read, as a text. */
  async text(): Promise<string> {
    return (await this.ask({ kind: 'text' }, 'text')).text;
  }

  async sort(question: SortQuestion): Promise<ParsedClientIds> {
    return (await this.ask({ kind: 'sort', ...question }, 'sorted')).sorted;
  }

  dispose(): void {
    const ended = this.worker;
    this.worker = undefined;
    void ended?.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
  }

  private async ask<K extends ImportReply['kind']>(
    question: ImportQuestion,
    kind: K,
  ): Promise<Extract<ImportReply, { kind: K }>> {
    const reply = await this.reply(question).catch(() => 'failed' as const);
    if (typeof reply === 'string') {
      this.dispose();
      throw new ImportReaderError(reply);
    }
    if (!isOfKind(reply, kind)) throw new ImportReaderError('failed');
    return reply;
  }

  private async reply(question: ImportQuestion): Promise<ImportReply | 'late'> {
    this.worker ??= startWorker(this.script, MOST_MEMORY_MB);
    const worker = await this.worker;
    worker.postMessage(question);
    return replyOf<ImportReply>(worker, this.limitMs);
  }
}

function isOfKind<K extends ImportReply['kind']>(
  reply: ImportReply,
  kind: K,
): reply is Extract<ImportReply, { kind: K }> {
  return reply.kind === kind;
}
