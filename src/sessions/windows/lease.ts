import type { SharedLines } from '../calls/callLedger';

export interface LeaseParts {
  readonly lines: SharedLines;
  /** Names this window among the others. */
  readonly owner: string;
  readonly now: () => number;
}

/** A holder that has not renewed for so long has crashed or sleeps. */
export const LEASE_MS = 30_000;

/** One window at a time makes background rounds. Every window replays the same claims, so all agree who holds it. */
export class Lease {
  private holder: { readonly owner: string; readonly at: number } | undefined;
  private bucketAt: number | undefined;

  constructor(private readonly parts: LeaseParts) {}

  /** Takes or renews the lease; true when this window holds it. Where the storage fails, each window is on its own. */
  async take(): Promise<boolean> {
    const { lines, owner, now } = this.parts;
    try {
      this.replay(await lines.append([`${owner} ${now()} take`]));
      return this.holder?.owner === owner;
    } catch {
      return true;
    }
  }

  /** Gives it up, so that another window need not wait. */
  async release(): Promise<void> {
    const { lines, owner, now } = this.parts;
    if (this.holder?.owner !== owner) return;
    await lines.append([`${owner} ${now()} release`]).then(
      (page) => this.replay(page),
      () => undefined,
    );
  }

  private replay({ bucketAt, lines }: Awaited<ReturnType<SharedLines['append']>>): void {
    if (bucketAt !== this.bucketAt) this.holder = undefined;
    this.bucketAt = bucketAt;
    for (const line of lines) {
      const [owner, text, act] = line.split(' ');
      const at = Number(text);
      // A new file does not know who held the old one: nobody takes it before that lease has run out.
      if (owner === undefined || !Number.isFinite(at) || at < bucketAt + LEASE_MS) continue;
      if (act === 'release' && this.holder?.owner === owner) this.holder = undefined;
      if (act === 'take' && this.isFreeFor(owner, at)) this.holder = { owner, at };
    }
  }

  /** A lease from the future, by a clock that was set back since, has run out. */
  private isFreeFor(owner: string, at: number): boolean {
    return this.holder === undefined || this.holder.owner === owner || Math.abs(at - this.holder.at) > LEASE_MS;
  }
}
