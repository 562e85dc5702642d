import * as v from 'valibot';
import type { SecretStorage } from 'vscode';
import { type Disposable, Emitter } from '../base/event';
import { accountNameOf } from '../model/accountName';
import type { Credential } from '../model/credential';
import type { CredentialSource } from '../model/sources/credentialSource';
import { digestOf } from './digest';
import type { Kept } from './kept';
import type { SourceLook, Sources } from './sources/sources';

const KEY_PREFIX = 'credential:';
const shape = v.object({ accessKeyId: v.string(), accessKeySecret: v.string(), securityToken: v.optional(v.string()) });

/** A key that is lost was entered here before: what keeps secrets did not keep it. */
export type KeyState = 'there' | 'missing' | 'lost';

/** What a name stands for, as far as it may be shown. */
export type KeyLook = { readonly kind: 'stored' | 'session' } | ({ readonly kind: 'source' } & SourceLook);

/** What a name is to stand for from now on, in place of whatever it stood for. */
export type KeyEntry =
  | { readonly kind: 'stored' | 'session'; readonly credential: Credential }
  | { readonly kind: 'source'; readonly source: CredentialSource };

/**
 * Keys by name, read on each use: they may change or vanish at any time. A name stands for one thing: an AccessKey pair in
 * SecretStorage, one in this window's memory, or a source.
 */
export class Credentials implements Disposable {
  private readonly changed = new Emitter<string>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  /** Digests of what this window knows, so that the echo of its own change is no change. */
  private readonly seen = new Map<string, string>();
  /** Pairs that end with this extension host. */
  private readonly ofSession = new Map<string, Credential>();
  /** Fires with the name of a credential that was set, removed or changed, here or in another window. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly secrets: SecretStorage,
    /** The names of what was entered, never the keys: they tell a key that was lost from one that never was. */
    private readonly entered: Kept<readonly string[]>,
    readonly sources: Sources,
    /** What ends with the keys. */
    private readonly owned: { dispose(): unknown } = sources,
  ) {
    this.subscriptions = [
      sources.onDidChange((name) => this.changed.fire(name)),
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(KEY_PREFIX)) void this.follow(key.slice(KEY_PREFIX.length));
      }),
    ];
  }

  /** The key to sign with now; undefined where there is none. Rejects with a SourceError where a source gives none. */
  async get(name: string): Promise<Credential | undefined> {
    return this.ofSession.get(name) ?? (await this.sources.get(name)) ?? (await this.stored(name));
  }

  /** Makes a source fetch its key ahead of a call, so that the call leaves when its turn has come. Never rejects. */
  async ready(name: string): Promise<void> {
    if (!this.ofSession.has(name)) await this.sources.get(name).catch(() => undefined);
  }

  /** Tells that the service rejected a key that a name gave: where that is a temporary one, the next ask fetches another. */
  rejected(name: string, credential: Credential): void {
    if (!this.ofSession.has(name)) this.sources.rejected(credential);
  }

  /** The pair that VS Code keeps under a name. */
  private async stored(name: string): Promise<Credential | undefined> {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), await this.read(name));
    if (!parsed.success) return undefined;
    const { securityToken, ...pair } = parsed.output;
    return securityToken === undefined ? pair : { ...pair, securityToken };
  }

  /** True where a name stands for something, though it may give no key at the moment. */
  async has(name: string): Promise<boolean> {
    return (await this.lookOf(name)) !== undefined;
  }

  async stateOf(name: string): Promise<KeyState> {
    const look = await this.lookOf(name);
    if (look?.kind === 'source') return look.problem === undefined ? 'there' : 'missing';
    if (look !== undefined) return 'there';
    return this.enteredNames().includes(name) ? 'lost' : 'missing';
  }

  /** What may be shown of a name; undefined where it stands for nothing. */
  async lookOf(name: string): Promise<KeyLook | undefined> {
    if (this.ofSession.has(name)) return { kind: 'session' };
    const source = await this.sources.lookOf(name);
    if (source !== undefined) return { kind: 'source', ...source };
    return (await this.stored(name)) === undefined ? undefined : { kind: 'stored' };
  }

  /**
   * A digest that tells accounts' keys apart without naming them, the same while a role's keys are renewed; undefined where
   * the key is missing.
   */
  async accountOf(name: string): Promise<string | undefined> {
    const pair = this.ofSession.get(name);
    const identity =
      pair?.accessKeyId ?? (await this.sources.identityOf(name)) ?? (await this.stored(name))?.accessKeyId;
    return identity === undefined ? undefined : accountNameOf(identity);
  }

  /** What would be read where a name stood for an entry: the key, and whose account it counts with. Keeps nothing. */
  draft(entry: KeyEntry): { get(): Promise<Credential | undefined>; accountOf(): Promise<string | undefined> } {
    if (entry.kind !== 'source') {
      const { credential } = entry;
      const account = accountNameOf(credential.accessKeyId);
      return { get: () => Promise.resolve(credential), accountOf: () => Promise.resolve(account) };
    }
    return {
      get: () => this.sources.get(entry.source),
      accountOf: async () => {
        const identity = await this.sources.identityOf(entry.source);
        return identity === undefined ? undefined : accountNameOf(identity);
      },
    };
  }

  /** Lets a name stand for a key or a source from now on, and for nothing else. Rejects where VS Code cannot keep a pair. */
  async put(name: string, entry: KeyEntry): Promise<void> {
    switch (entry.kind) {
      case 'stored':
        return this.set(name, entry.credential);
      case 'session':
        this.ofSession.set(name, entry.credential);
        await this.sources.remove(name);
        await this.forgetStored(name);
        this.changed.fire(name);
        return;
      case 'source':
        await this.sources.set(name, entry.source);
        this.ofSession.delete(name);
        await this.forgetStored(name);
        this.changed.fire(name);
    }
  }

  /** Stores a pair under a name. */
  async set(name: string, credential: Credential): Promise<void> {
    const text = JSON.stringify(credential);
    await this.secrets.store(KEY_PREFIX + name, text);
    this.entered.write([...new Set([...this.enteredNames(), name])]);
    await this.sources.remove(name);
    if (this.ofSession.delete(name)) this.seen.delete(name);
    this.note(name, text);
  }

  async remove(name: string): Promise<void> {
    await this.secrets.delete(KEY_PREFIX + name);
    await this.forgetStored(name);
    await this.sources.remove(name);
    if (this.ofSession.delete(name)) this.changed.fire(name);
  }

  async names(): Promise<string[]> {
    const keys = await this.secrets.keys();
    const stored = keys.filter((key) => key.startsWith(KEY_PREFIX)).map((key) => key.slice(KEY_PREFIX.length));
    return [...new Set([...stored, ...(await this.sources.names()), ...this.ofSession.keys()])];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.owned.dispose();
    this.changed.dispose();
  }

  /** Where a keyring fails, what it holds is read no more all the same: a name of this session or a source goes first. */
  private async forgetStored(name: string): Promise<void> {
    await this.secrets.delete(KEY_PREFIX + name).then(undefined, () => undefined);
    this.entered.write(this.enteredNames().filter((other) => other !== name));
    this.note(name, undefined);
  }

  private enteredNames(): readonly string[] {
    const names = v.safeParse(v.array(v.string()), this.entered.read());
    return names.success ? names.output : [];
  }

  private async follow(name: string): Promise<void> {
    this.note(name, await this.read(name));
  }

  /** A keyring that fails is a key that is missing: the instance stays, and says so. */
  private async read(name: string): Promise<string | undefined> {
    return this.secrets.get(KEY_PREFIX + name).then(undefined, () => undefined);
  }

  private note(name: string, stored: string | undefined): void {
    const digest = digestOf(stored ?? '');
    if (this.seen.get(name) === digest) return;
    this.seen.set(name, digest);
    this.changed.fire(name);
  }
}
