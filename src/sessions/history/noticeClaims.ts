import * as v from 'valibot';
import { asciiJson } from '../windows/asciiJson';
import type { SharedLines } from '../calls/callLedger';

/** One client's change that a window would tell of. */
export interface Claim {
  readonly instanceId: string;
  readonly clientId: string;
  readonly to: 'online' | 'offline';
  /** When this window saw it. */
  readonly at: number;
}

export interface NoticeClaimsParts {
  readonly lines: SharedLines;
  /** Names this window among the others. */
  readonly owner: string;
}

/** Two windows whose calls find the same change do so before either has heard of the other's answer. */
const SAME_CHANGE_MS = 3000;
const shape = v.tuple([v.string(), v.string(), v.string(), v.picklist(['online', 'offline']), v.number()]);

/** Who tells of a change that two windows found at once: each claims it in one file, and the first line has it. */
export class NoticeClaims {
  /** By client and status, in the order of the file. */
  private readonly claims = new Map<string, { readonly owner: string; readonly at: number }[]>();

  private bucketAt: number | undefined;

  constructor(private readonly parts: NoticeClaimsParts) {}

  /** Resolves with those of the changes that are this window's to tell. Where the storage fails, all are. */
  async take<T extends Claim>(wanted: readonly T[]): Promise<T[]> {
    const { lines, owner } = this.parts;
    const texts = wanted.map(({ instanceId, clientId, to, at }) => asciiJson([owner, instanceId, clientId, to, at]));
    try {
      const page = await lines.append(texts);
      if (page.bucketAt !== this.bucketAt) this.claims.clear();
      this.bucketAt = page.bucketAt;
      for (const line of page.lines) this.note(line);
    } catch {
      return [...wanted];
    }
    return wanted.filter((claim) => this.isFirst(claim));
  }

  private isFirst(claim: Claim): boolean {
    const first = this.claims.get(keyOf(claim))?.find(({ at }) => Math.abs(at - claim.at) < SAME_CHANGE_MS);
    return first === undefined || first.owner === this.parts.owner;
  }

  private note(line: string): void {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), line);
    if (!parsed.success) return;
    const [owner, instanceId, clientId, to, at] = parsed.output;
    const key = keyOf({ instanceId, clientId, to });
    const recent = (this.claims.get(key) ?? []).filter((other) => Math.abs(at - other.at) < SAME_CHANGE_MS);
    this.claims.set(key, [...recent, { owner, at }]);
  }
}

function keyOf({ instanceId, clientId, to }: Pick<Claim, 'instanceId' | 'clientId' | 'to'>): string {
  return JSON.stringify([instanceId, clientId, to]);
}
