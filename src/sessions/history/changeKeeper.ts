import type { Disposable } from '../../base/event';
import type { Log } from '../../base/log';
import { type ChangeLine, changeText, readChangeLines, union } from './changeLines';
import type { SeenChange, StatusHistory } from './statusHistory';

/** A text that windows share: `update` reads it again, changes it and replaces it in one step. */
export interface SharedText {
  read(): Promise<string | undefined>;
  update(change: (text: string) => string): Promise<string>;
}

export interface ChangeKeeperParts {
  readonly file: SharedText;
  readonly history: Pick<StatusHistory, 'onDidChange' | 'instanceIds' | 'changesOf' | 'adopt' | 'forget'>;
  /** A digest of where an instance is and whose key asks; undefined for one this window does not know. */
  readonly placeOf: (instanceId: string) => PromiseLike<string | undefined>;
  readonly now: () => number;
  readonly log: Log;
}

/** How long changes gather before they are written; a crash loses no more. */
const GATHER_MS = 2000;

/** Keeps the changes across reloads, in one file for all windows. Clients that never changed are not in it. */
export class ChangeKeeper implements Disposable {
  private readonly subscription: Disposable;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** Instances of which nothing stays but what was seen at their present place. */
  private readonly moved = new Set<string>();

  constructor(private readonly parts: ChangeKeeperParts) {
    this.subscription = parts.history.onDidChange(() => this.flushLater());
  }

  /** Takes in what is kept. Call it again when an instance or its key came: what was seen there before is shown then. */
  async load(): Promise<void> {
    try {
      await this.adopt((await this.parts.file.read()) ?? '');
    } catch (error) {
      this.parts.log.warn(`The changes kept of earlier windows could not be read: ${nameOf(error)}`);
    }
  }

  /** Forgets an instance whose key or address changed, or that was removed, on disk as well. */
  forget(instanceId: string): void {
    this.parts.history.forget(instanceId);
    this.moved.add(instanceId);
    this.flushLater();
  }

  /** Writes what was seen and takes in what others wrote. Where the storage fails, the next change tries again. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    await this.writing;
  }

  /** Begins the last write; it ends when the window grants it the time. */
  dispose(): void {
    this.subscription.dispose();
    if (this.timer !== undefined) void this.flush();
  }

  private flushLater(): void {
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private async write(): Promise<void> {
    const { file, log, now } = this.parts;
    try {
      const left = await this.placesOfMoved();
      const seen = await this.seen();
      const text = await file.update((known) => {
        const kept = readChangeLines(known, now()).filter(
          ({ instanceId, place }) => !left.has(instanceId) || left.get(instanceId) === place,
        );
        return changeText(union(kept, seen));
      });
      for (const instanceId of left.keys()) this.moved.delete(instanceId);
      await this.adopt(text);
    } catch (error) {
      log.warn(`The changes seen could not be saved: ${nameOf(error)}`);
    }
  }

  private async placesOfMoved(): Promise<Map<string, string | undefined>> {
    const places = new Map<string, string | undefined>();
    for (const instanceId of this.moved) places.set(instanceId, await this.parts.placeOf(instanceId));
    return places;
  }

  private async seen(): Promise<ChangeLine[]> {
    const { history, placeOf } = this.parts;
    const lines: ChangeLine[] = [];
    for (const instanceId of history.instanceIds) {
      const place = await placeOf(instanceId);
      if (place === undefined) continue;
      for (const { clientId, transition } of history.changesOf(instanceId))
        lines.push({ instanceId, place, clientId, ...transition });
    }
    return lines;
  }

  /** What was seen at another place, or with another key, is not shown here. */
  private async adopt(text: string): Promise<void> {
    const byInstance = Map.groupBy(readChangeLines(text, this.parts.now()), ({ instanceId }) => instanceId);
    for (const [instanceId, lines] of byInstance) {
      const here = await this.parts.placeOf(instanceId);
      const changes = lines.filter(({ place }) => place === here).map(seenChangeOf);
      if (changes.length > 0) this.parts.history.adopt(instanceId, changes);
    }
  }
}

function seenChangeOf({ clientId, to, at, notBefore, since, isVerified }: ChangeLine): SeenChange {
  return { clientId, transition: { to, at, notBefore, since, isVerified } };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? String(error.code) : error.name;
}
