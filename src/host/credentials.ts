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
  /** Fires with the name of a credential that was set, removed or changed in another window. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly secrets: SecretStorage) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(KEY_PREFIX)) this.changed.fire(key.slice(KEY_PREFIX.length));
    });
  }

  async get(name: string): Promise<Credential | undefined> {
    const stored = await this.secrets.get(KEY_PREFIX + name);
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), stored);
    if (!parsed.success) return undefined;
    const { securityToken, ...pair } = parsed.output;
    return securityToken === undefined ? pair : { ...pair, securityToken };
  }

  async has(name: string): Promise<boolean> {
    return (await this.get(name)) !== undefined;
  }

  async set(name: string, credential: Credential): Promise<void> {
    await this.secrets.store(KEY_PREFIX + name, JSON.stringify(credential));
    this.changed.fire(name);
  }

  async remove(name: string): Promise<void> {
    await this.secrets.delete(KEY_PREFIX + name);
    this.changed.fire(name);
  }

  async names(): Promise<string[]> {
    const keys = await this.secrets.keys();
    return keys.filter((key) => key.startsWith(KEY_PREFIX)).map((key) => key.slice(KEY_PREFIX.length));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
