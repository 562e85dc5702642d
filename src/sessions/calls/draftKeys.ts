import { randomUUID } from 'node:crypto';
import { accountNameOf } from '../../model/accountName';
import type { Credential } from '../../model/credential';

/** Where keys are stored, by name. */
export interface StoredKeys {
  get(name: string): PromiseLike<Credential | undefined>;
  accountOf(name: string): PromiseLike<string | undefined>;
}

/**
 * Keys that a person has entered and not saved yet, beside those that are stored. A draft is in memory alone and for as
 * long as one piece of work, under a name that nobody can enter; its calls count with its account's, as any other's do.
 */
export class DraftKeys implements StoredKeys {
  private readonly drafts = new Map<string, Credential>();

  constructor(private readonly stored: StoredKeys) {}

  get(name: string): PromiseLike<Credential | undefined> {
    const draft = this.drafts.get(name);
    return draft === undefined ? this.stored.get(name) : Promise.resolve(draft);
  }

  accountOf(name: string): PromiseLike<string | undefined> {
    const draft = this.drafts.get(name);
    return draft === undefined ? this.stored.accountOf(name) : Promise.resolve(accountNameOf(draft.accessKeyId));
  }

  /** Runs a piece of work with a draft under the name that it is handed, and forgets the draft. */
  async using<T>(key: Credential, work: (name: string) => Promise<T>): Promise<T> {
    const name = `\u0000draft ${randomUUID()}`;
    this.drafts.set(name, key);
    try {
      return await work(name);
    } finally {
      this.drafts.delete(name);
    }
  }
}
