import { GrantWindow } from './grantWindow';

/** Lines that every window of this machine appends and reads in one order; see host/sharedLog. */
export interface SharedLines {
  /** Appends lines; resolves with what came since the last read, these among them. `bucketAt` is the file's start. */
  append(lines: readonly string[]): Promise<SharedPage>;
}

export interface SharedPage {
  readonly bucketAt: number;
  readonly lines: readonly string[];
}

/** How many calls may start now; where it is none, after how many milliseconds to ask again. */
export interface Grant {
  readonly granted: number;
  readonly waitMs: number;
  /** Names the claim, to tell that its calls came late. */
  readonly id: string;
}

export interface CallLedgerParts {
  readonly lines: SharedLines;
  /** Names this window among the others. */
  readonly owner: string;
  readonly now: () => number;
  /** Milliseconds that no change of the clock touches. */
  readonly monotonic: () => number;
}

/** A second, and room for clocks that tick in milliseconds; what is late on its way is told afterwards. */
const WINDOW_MS = 1005;
const CLOCK_JUMP_MS = 500;

/** Deals out calls so that all windows together stay below each account's rate in any second. */
export class CallLedger {
  private window = new GrantWindow(WINDOW_MS);
  private bucketAt: number | undefined;
  private seen: { readonly at: number; readonly monotonic: number } | undefined;
  private blockedUntil = -Infinity;
  private count = 0;

  constructor(private readonly parts: CallLedgerParts) {}

  /** Takes up to `wanted` calls of an account that may make `limit` in any second. Never rejects. */
  async take(account: string, wanted: number, limit: number): Promise<Grant> {
    const { now, monotonic, owner } = this.parts;
    const blockedMs = this.blockedMs();
    const id = `${owner}.${++this.count}`;
    if (blockedMs > 0) return { granted: 0, waitMs: blockedMs, id };
    const page = await this.append(`${id} ${now()} ${wanted} ${limit} ${account}`);
    const granted = this.replay(page, id);
    this.seen = { at: now(), monotonic: monotonic() };
    return { granted, waitMs: granted > 0 ? 0 : this.window.nextMs(now(), account, limit), id };
  }

  /** How many calls of an account all windows of this machine made in the last second. */
  recent(account: string): number {
    return this.window.recent(account, this.parts.now());
  }

  /** Tells every window that the calls of a claim may have reached the server so late, and count in a later second. */
  async late(id: string, lateMs: number): Promise<void> {
    this.replay(await this.append(`${id} ${Math.ceil(lateMs)} late`));
  }

  /** After a jump of the clock nobody knows how old the last calls are: wait until none can count any more. */
  private blockedMs(): number {
    const { now, monotonic } = this.parts;
    if (this.seen !== undefined) {
      const drift = now() - this.seen.at - (monotonic() - this.seen.monotonic);
      if (Math.abs(drift) > CLOCK_JUMP_MS) this.blockedUntil = monotonic() + WINDOW_MS;
      this.seen = { at: now(), monotonic: monotonic() };
    }
    return Math.ceil(this.blockedUntil - monotonic());
  }

  /** Where the storage fails, this window keeps the rate for itself alone. */
  private async append(line: string): Promise<SharedPage> {
    return this.parts.lines.append([line]).catch(() => ({ bucketAt: this.bucketAt ?? -Infinity, lines: [line] }));
  }

  private replay({ bucketAt, lines }: SharedPage, ownId?: string): number {
    if (bucketAt !== this.bucketAt) this.window = new GrantWindow(WINDOW_MS);
    this.bucketAt = bucketAt;
    let own = 0;
    for (const line of lines) {
      const [id = '', at, wanted, limit, account] = line.split(' ');
      if (wanted === 'late') this.window.late(id, Number(at));
      const claim = { id, at: Number(at), wanted: Number(wanted), limit: Number(limit), account: account ?? '' };
      if (![claim.at, claim.wanted, claim.limit].every(Number.isFinite) || claim.account === '') continue;
      // A new file does not know the last calls of the old one: nobody calls in its first second.
      const granted = this.window.take(claim.at < bucketAt + WINDOW_MS ? { ...claim, wanted: 0 } : claim);
      if (id === ownId) own = granted;
    }
    return own;
  }
}
