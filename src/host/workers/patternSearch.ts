import type { Worker } from 'node:worker_threads';
import { type ClientIdPattern, type MalformedPattern, readPatterns } from '../../model/clientIds/clientIdPatterns';
import { type FoundClientId, inOrder } from '../../model/clientIds/findClientIds';
import { placed, textChunks } from '../../model/clientIds/textChunks';
import { replyOf, startWorker } from './workerThread';

export interface PatternQuestion {
  readonly source: string;
  readonly text: string;
}

export type PatternReply =
  { readonly kind: 'ready' } | { readonly kind: 'found'; readonly found: readonly FoundClientId[] };

/** Why a pattern is not used: it is none, it took too long, or it failed. It stays unused until the setting changes. */
export type PatternProblem = Pick<MalformedPattern, 'position'> & {
  readonly why: MalformedPattern['why'] | { readonly kind: 'late' } | { readonly kind: 'failed' };
};

export interface PatternSearchParts {
  /** The bundle of patternWorker.ts. */
  readonly script: string;
  /** Told once of each. */
  readonly onProblem: (problem: PatternProblem) => void;
  /** How long one pattern may take for one piece of a text, and for a whole one. */
  readonly pieceMs?: number;
  readonly textMs?: number;
}

const MOST_MEMORY_MB = 256;
const PIECE_MS = 1000;
const TEXT_MS = 10_000;
const PIECE_CHARACTERS = 65_536;

/** Looks for a user's own patterns in a thread of its own, which is ended when a pattern is late. */
export class PatternSearch {
  private patterns: readonly ClientIdPattern[] = [];
  private told = '';
  private worker: Promise<Worker> | undefined;
  /** One text at a time: a pattern's time is its own. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: PatternSearchParts) {}

  /** Takes the setting as it is now; the same again changes nothing. */
  use(entries: readonly unknown[]): void {
    const text = JSON.stringify(entries);
    if (text === this.told) return;
    this.told = text;
    const { patterns, malformed } = readPatterns(entries);
    this.patterns = patterns;
    for (const problem of malformed) this.parts.onProblem(problem);
    if (patterns.length === 0) this.endThread();
  }

  /** Finds what the patterns find in a text of any length, in order. Never rejects. */
  find(text: string): Promise<FoundClientId[]> {
    if (this.patterns.length === 0) return Promise.resolve([]);
    const found = this.queue.then(() => this.search(text));
    this.queue = found;
    return found;
  }

  /** Ends the thread, and finds nothing any more until there are patterns again. */
  dispose(): void {
    this.patterns = [];
    this.endThread();
  }

  private endThread(): void {
    const ended = this.worker;
    this.worker = undefined;
    void ended?.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
  }

  private async search(text: string): Promise<FoundClientId[]> {
    let found: FoundClientId[] = [];
    for (const pattern of this.patterns) found = inOrder(found, await this.searchFor(pattern, text));
    return found;
  }

  private async searchFor(pattern: ClientIdPattern, text: string): Promise<FoundClientId[]> {
    const { pieceMs = PIECE_MS, textMs = TEXT_MS } = this.parts;
    const found: FoundClientId[] = [];
    let leftMs = textMs;
    for (const chunk of textChunks(text, PIECE_CHARACTERS)) {
      const question = { source: pattern.source, text: text.slice(chunk.start, chunk.end) };
      const start = performance.now();
      const answer = await this.ask(question, Math.min(pieceMs, leftMs));
      leftMs -= performance.now() - start;
      if (typeof answer === 'string') {
        this.switchOff(pattern, answer);
        return found;
      }
      found.push(...placed(answer, chunk));
    }
    return found;
  }

  private async ask(question: PatternQuestion, limitMs: number): Promise<readonly FoundClientId[] | 'late' | 'failed'> {
    try {
      this.worker ??= startWorker(this.parts.script, MOST_MEMORY_MB);
      const worker = await this.worker;
      worker.postMessage(question);
      const reply = await replyOf<PatternReply>(worker, limitMs);
      if (reply !== 'late' && reply.kind === 'found') return reply.found;
      this.endThread();
      return 'late';
    } catch {
      this.endThread();
      return 'failed';
    }
  }

  private switchOff(pattern: ClientIdPattern, kind: 'late' | 'failed'): void {
    if (!this.patterns.includes(pattern)) return;
    this.patterns = this.patterns.filter((other) => other !== pattern);
    this.parts.onProblem({ position: pattern.position, why: { kind } });
  }
}
