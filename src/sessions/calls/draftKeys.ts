import { randomUUID } from 'node:crypto';
import type { Credential } from '../../model/credential';

/** Where keys are stored, by name. */
export interface StoredKeys {
  get(name: string): PromiseLike<Credential | undefined>;
  accountOf(name: string): PromiseLike<string | undefined>;
  /** Fetches a key ahead of a call, where that takes time. Never rejects. */
  readonly ready?: ((name: string) => PromiseLike<void>) | undefined;
}

/** A key that has no name yet. */
export interface DraftKey {
  get(): Promise<Credential | undefined>;
  accountOf(): Promise<string | undefined>;
}

/**
 * Keys that a person has entered and not saved yet, beside those that are stored. A draft is in memory alone and for as
 * long as one piece of work, under a name that nobody can enter; its calls count with its account's, as any other's do.
 */
export class DraftKeys implements StoredKeys {
  private readonly drafts = new Map<string, DraftKey>();

  constructor(private readonly stored: StoredKeys) {}

  get(name: string): PromiseLike<Credential | undefined> {
    return this.drafts.get(name)?.get() ?? this.stored.get(name);
  }

  accountOf(name: string): PromiseLike<string | undefined> {
    return this.drafts.get(name)?.accountOf() ?? this.stored.accountOf(name);
  }

  async ready(name: string): Promise<void> {
    const draft = this.drafts.get(name);
    if (draft === undefined) await this.stored.ready?.(name);
    else await draft.get().catch(() => undefined);
  }

  /** Runs a piece of work with a draft under the name that it is handed, and forgets the draft. */
  async using<T>(key: DraftKey, work: (name: string) => Promise<T>): Promise<T> {
    const name = `\u0000draft ${randomUUID()}`;
    this.drafts.set(name, key);
    try {
      return await work(name);
    } finally {
      this.drafts.delete(name);
    }
  }
}
