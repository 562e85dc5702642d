import * as v from 'valibot';
import { type Disposable, Emitter } from '../../base/event';
import { ClientSet } from './clientSet';
import type { Expectations } from './expectations';
import type { StatusChange } from '../status/statusStore';

/** Where a window remembers over its reloads. The shape of VS Code's own. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'acknowledged';
/** A round that brings a fleet back is written once, not once a call. */
const SAVE_MS = 1000;
const shape = v.array(v.tuple([v.string(), v.array(v.string())]));

/**
 * Which broken expectations nobody has acknowledged. One that was acknowledged does not count again before it was
 * right once; that it is not known meanwhile is neither.
 */
export class Acknowledgements implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly acknowledged = new ClientSet();
  private readonly open = new ClientSet();
  private readonly subscription: Disposable;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly expectations: Pick<Expectations, 'verdictOf' | 'onDidChange'>,
    private readonly memory: Memory,
  ) {
    const saved = v.safeParse(shape, memory.get(KEY));
    for (const [instanceId, clientIds] of saved.success ? saved.output : [])
      for (const clientId of clientIds) this.acknowledged.add({ instanceId, clientId });
    this.subscription = expectations.onDidChange((change) => this.follow(change));
  }

  /** The clients that break their expectation and were not acknowledged. */
  get pending(): Pick<ClientSet, 'size' | 'first'> {
    return this.open;
  }

  /** Acknowledges all that is pending; resolves, once that is saved, with how many it were. */
  async acknowledge(): Promise<number> {
    const count = this.open.size;
    if (count === 0) return 0;
    this.prune();
    for (const key of this.open) this.acknowledged.add(key);
    this.open.clear();
    this.changed.fire();
    await this.save();
    return count;
  }

  dispose(): void {
    if (this.timer !== undefined) this.saveBeside();
    this.subscription.dispose();
    this.changed.dispose();
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    const acknowledged = this.acknowledged.size;
    const others = clientIds.filter((clientId) => this.judge(instanceId, clientId));
    if (this.acknowledged.size !== acknowledged) this.timer ??= setTimeout(() => this.saveBeside(), SAVE_MS);
    if (others.length > 0) this.changed.fire();
  }

  /** True where what is pending is another set than before. */
  private judge(instanceId: string, clientId: string): boolean {
    const key = { instanceId, clientId };
    const verdict = this.expectations.verdictOf(instanceId, clientId);
    switch (verdict) {
      case 'broken':
        return !this.acknowledged.has(key) && this.open.add(key);
      case 'notKnown':
        return this.open.delete(key);
      case 'asExpected':
      case undefined:
        this.acknowledged.delete(key);
        return this.open.delete(key);
    }
  }

  /** An expectation may have been taken back while this window was closed. */
  private prune(): void {
    for (const key of [...this.acknowledged])
      if (this.expectations.verdictOf(key.instanceId, key.clientId) === undefined) this.acknowledged.delete(key);
  }

  /** What cannot be saved holds in this window, and is saved with the next that changes. */
  private saveBeside(): void {
    void this.save().catch(() => undefined);
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.memory.update(KEY, this.acknowledged.toJSON());
  }
}
