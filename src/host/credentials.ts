import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { SecretStorage, Disposable } from 'vscode';
import { Emitter } from '../base/event';
import type { Credential } from '../model/credential';

const KEY_PREFIX = 'credential:';
const shape = v.object({ accessKeyId: v.string(), accessKeySecret: v.string(), securityToken: v.optional(v.string()) });

/** Named AccessKey pairs in SecretStorage, read on each use: they may change or vanish at any time. */
export class Credentials implements Disposable {
  private readonly changed = new Emitter<string>();
  private readonly subscription: Disposable;
  /** Digests of what this window knows, so that the echo of its own change is no change. */
  private readonly seen = new Map<string, string>();
  /** Fires with the name of a credential that was set, removed or changed in another window. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly secrets: SecretStorage) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(KEY_PREFIX)) void this.follow(key.slice(KEY_PREFIX.length));
    });
  }

  async get(name: string): Promise<Credential | undefined> {
    // A keyring that fails is a key that is missing: the instance stays, and says so.
    const stored = await this.secrets.get(KEY_PREFIX + name).then(undefined, () => undefined);
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), stored);
    if (!parsed.success) return undefined;
    const { securityToken, ...pair } = parsed.output;
    return securityToken === undefined ? pair : { ...pair, securityToken };
  }

  async has(name: string): Promise<boolean> {
    return (await this.get(name)) !== undefined;
  }

  /** A digest that tells accounts' keys apart without naming them; undefined where the key is missing. */
  async accountOf(name: string): Promise<string | undefined> {
    const credential = await this.get(name);
    return credential === undefined ? undefined : digestOf(credential.accessKeyId).slice(0, 16);
  }

  async set(name: string, credential: Credential): Promise<void> {
    const text = JSON.stringify(credential);
    await this.secrets.store(KEY_PREFIX + name, text);
    this.note(name, text);
  }

  async remove(name: string): Promise<void> {
    await this.secrets.delete(KEY_PREFIX + name);
    this.note(name, undefined);
  }

  async names(): Promise<string[]> {
    const keys = await this.secrets.keys();
    return keys.filter((key) => key.startsWith(KEY_PREFIX)).map((key) => key.slice(KEY_PREFIX.length));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async follow(name: string): Promise<void> {
    this.note(name, await this.secrets.get(KEY_PREFIX + name));
  }

  private note(name: string, stored: string | undefined): void {
    const digest = digestOf(stored ?? '');
    if (this.seen.get(name) === digest) return;
    this.seen.set(name, digest);
    this.changed.fire(name);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
