import type { Credential } from '../../model/credential';
import { SourceError } from '../../model/sources/sourceError';
import type { TemporaryKey } from '../../model/sources/temporaryKey';

/** Keys are renewed so long before their end, or at a fifth of their life before it where that is shorter. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** So near its end a key may have ended when the call arrives: then the new one is waited for. */
const WAIT_BEFORE_MS = 30_000;
/** After a renewal that failed while the old key still holds. */
const AGAIN_AFTER_MS = 20_000;
/**
 * A check readies its key before it calls, and many calls want it at once: for so long a failure is theirs as well. Each
 * further failure counts twice as long as the one before it: a timer runs no failing command on every round.
 */
const FAILED_MS = 2000;
const MOST_FAILED_MS = 5 * 60_000;
/** A key that was fetched in place of a rejected one is believed so long: a service that rejects them all gets no flood. */
const REJECTED_AGAIN_MS = 5 * 60_000;

interface Failure {
  readonly error: Error;
  /** For how long it counts. */
  readonly lastsMs: number;
  readonly until: number;
}

interface Held {
  readonly key: TemporaryKey;
  readonly renewAt: number;
  readonly waitAt: number;
}

/** The keys of roles and commands, in memory alone: fetched at first use, renewed before they end, once for all who ask. */
export class TemporaryKeys {
  private readonly held = new Map<string, Held>();
  /** Until when the key under a name is kept though it be rejected. */
  private readonly believedUntil = new Map<string, number>();
  private readonly underWay = new Map<string, Promise<Held>>();
  private readonly failures = new Map<string, Failure>();

  constructor(
    private readonly now: () => number,
    /** Told when a key is another now, or is there no more. */
    private readonly onDidRenew: () => void,
  ) {}

  /** The key under a name that says all that it depends on. Rejects as `fetch` does where no key holds any more. */
  async get(name: string, fetch: () => Promise<TemporaryKey>): Promise<Credential> {
    const held = this.held.get(name);
    const now = this.now();
    if (held === undefined || now >= held.waitAt) return (await this.renew(name, fetch)).key.credential;
    if (now >= held.renewAt) void this.renew(name, fetch).catch(() => this.tryLater(name));
    return held.key.credential;
  }

  /** When the key under a name is due to be renewed, in milliseconds since 1970; undefined where there is none. */
  renewsAt(name: string): number | undefined {
    return this.held.get(name)?.renewAt;
  }

  /** Drops a key that the service rejected, so that the next ask fetches another; once for each key. */
  rejected({ accessKeyId, securityToken }: Credential): void {
    for (const [name, { key }] of this.held) {
      const { credential } = key;
      if (credential.accessKeyId !== accessKeyId || credential.securityToken !== securityToken) continue;
      if (this.now() < (this.believedUntil.get(name) ?? -Infinity)) continue;
      this.believedUntil.set(name, this.now() + REJECTED_AGAIN_MS);
      this.held.delete(name);
      this.onDidRenew();
    }
  }

  /** Keeps the keys under these names alone. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.held.keys()) if (!names.has(name)) this.held.delete(name);
  }

  /** Lets the next ask fetch at once what failed or was rejected a while ago: a person asks. */
  tryAnew(): void {
    this.failures.clear();
    this.believedUntil.clear();
  }

  private renew(name: string, fetch: () => Promise<TemporaryKey>): Promise<Held> {
    const known = this.underWay.get(name);
    if (known !== undefined) return known;
    const failure = this.failures.get(name);
    if (failure !== undefined && this.now() < failure.until) return Promise.reject(failure.error);
    const renewal = this.fetchAnew(name, fetch)
      .catch((error: unknown) => {
        if (error instanceof Error && !isRefusal(error)) this.noteFailure(name, error);
        throw error;
      })
      .finally(() => this.underWay.delete(name));
    this.underWay.set(name, renewal);
    return renewal;
  }

  private async fetchAnew(name: string, fetch: () => Promise<TemporaryKey>): Promise<Held> {
    const key = await fetch();
    const lifeMs = key.expiresAt - this.now();
    if (!(lifeMs > 0)) throw new SourceError({ kind: 'expired' });
    const renewAt = key.expiresAt - Math.min(RENEW_BEFORE_MS, lifeMs / 5);
    const held = { key, renewAt, waitAt: key.expiresAt - Math.min(WAIT_BEFORE_MS, lifeMs / 10) };
    this.held.set(name, held);
    this.failures.delete(name);
    this.onDidRenew();
    return held;
  }

  private noteFailure(name: string, error: Error): void {
    const before = this.failures.get(name);
    const lastsMs = before === undefined ? FAILED_MS : Math.min(before.lastsMs * 2, MOST_FAILED_MS);
    this.failures.set(name, { error, lastsMs, until: this.now() + lastsMs });
  }

  private tryLater(name: string): void {
    const held = this.held.get(name);
    if (held !== undefined) this.held.set(name, { ...held, renewAt: this.now() + AGAIN_AFTER_MS });
  }
}

/** Nothing was asked, and a yes of the person's counts at once. */
function isRefusal(error: unknown): boolean {
  const kind = error instanceof SourceError ? error.problem.kind : undefined;
  return kind === 'commandNotAllowed' || kind === 'commandRestricted';
}
