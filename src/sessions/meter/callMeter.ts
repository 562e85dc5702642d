import * as v from 'valibot';
import { type Disposable, Emitter } from '../../base/event';
import { asciiJson } from '../windows/asciiJson';
import type { SharedPage } from '../calls/callLedger';

/** What an instance has cost today, in all windows. */
export interface DayCount {
  /** Successful calls: the ones that are billed. */
  readonly calls: number;
  /** Calls that were not needed: merged, joined or fresh enough. */
  readonly saved: number;
}

export interface CallMeterParts {
  /** A file for each day, that all windows append to. */
  readonly lines: { append(lines: readonly string[]): Promise<SharedPage> };
}

/** A crash loses no more than this. */
const FLUSH_MS = 1000;
const shape = v.tuple([v.string(), v.pipe(v.number(), v.minValue(0)), v.pipe(v.number(), v.minValue(0))]);
const NOTHING: DayCount = { calls: 0, saved: 0 };

/** Counts calls by instance and day, across windows and restarts. */
export class CallMeter implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly written = new Map<string, DayCount>();
  private unwritten = new Map<string, DayCount>();
  /** On their way to the file: they count all the while. */
  private underWay = new Map<string, DayCount>();
  private bucketAt: number | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: CallMeterParts) {}

  /** Counts one successful call, and what it saved. */
  count(instanceId: string, calls: number, saved: number): void {
    if (calls === 0 && saved === 0) return;
    add(this.unwritten, instanceId, { calls, saved });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    this.changed.fire();
  }

  today(instanceId: string): DayCount {
    return [this.written, this.underWay, this.unwritten]
      .map((counts) => counts.get(instanceId) ?? NOTHING)
      .reduce(sum, NOTHING);
  }

  total(): DayCount {
    return [this.written, this.underWay, this.unwritten].flatMap((counts) => [...counts.values()]).reduce(sum, NOTHING);
  }

  /** Writes what was counted and learns what other windows did. Where the storage fails, the count goes on in memory. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.write());
    await this.flushing;
  }

  private async write(): Promise<void> {
    this.underWay = this.unwritten;
    this.unwritten = new Map();
    const lines = [...this.underWay].map(([instanceId, { calls, saved }]) => asciiJson([instanceId, calls, saved]));
    try {
      const page = await this.parts.lines.append(lines);
      this.underWay = new Map();
      this.take(page);
    } catch {
      for (const [instanceId, count] of this.underWay) add(this.unwritten, instanceId, count);
      this.underWay = new Map();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    // Handed over at once, whatever is under way: who ends the file after this waits for it.
    if (this.unwritten.size > 0) void this.write();
    this.changed.dispose();
  }

  /** Counts lines of all windows; one that a crash cut in half is left out. */
  private take({ bucketAt, lines }: SharedPage): void {
    const isNewDay = bucketAt !== this.bucketAt;
    if (isNewDay) this.written.clear();
    this.bucketAt = bucketAt;
    for (const line of lines) {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), line);
      if (!parsed.success) continue;
      const [instanceId, calls, saved] = parsed.output;
      add(this.written, instanceId, { calls, saved });
    }
    if (isNewDay || lines.length > 0) this.changed.fire();
  }
}

function add(counts: Map<string, DayCount>, instanceId: string, count: DayCount): void {
  counts.set(instanceId, sum(counts.get(instanceId) ?? NOTHING, count));
}

function sum(a: DayCount, b: DayCount): DayCount {
  return { calls: a.calls + b.calls, saved: a.saved + b.saved };
}
