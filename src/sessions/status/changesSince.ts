import { type Disposable, Emitter } from '../../base/event';
import type { ClientStatus, StatusChange, StatusStore } from './statusStore';

type Known = 'online' | 'offline';

/** A client that is not as it was. */
export interface ClientChange {
  readonly instanceId: string;
  readonly clientId: string;
  readonly from: Known;
  readonly to: Known;
  readonly isVerified: boolean;
  /** Milliseconds since the epoch of the answer that showed it. */
  readonly at: number;
}

/** Follows some clients from now on: tells each that drops or comes back, and at the end what is another than at the start. */
export class ChangesSince implements Disposable {
  private readonly changed = new Emitter<ClientChange>();
  private readonly first = new Map<string, Known>();
  private readonly last = new Map<string, ClientChange>();
  private readonly before = new Map<string, Known>();
  private readonly subscription: Disposable;
  /** Fires once for each change. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly store: Pick<StatusStore, 'get' | 'onDidChange'>,
    private readonly isFollowed: (instanceId: string, clientId: string) => boolean,
    /** Milliseconds since the epoch: what was learnt before is no news, and no start to compare with. */
    private readonly since: number,
  ) {
    this.subscription = store.onDidChange((change) => this.follow(change));
  }

  /** The clients that are not as they were when they were first seen, with when that showed. */
  summary(): ClientChange[] {
    return [...this.last].flatMap(([key, change]) => {
      const from = this.first.get(key);
      return from === undefined || from === change.to ? [] : [{ ...change, from }];
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private follow({ instanceId, clientIds }: StatusChange): void {
    for (const clientId of clientIds)
      if (this.isFollowed(instanceId, clientId)) this.note(instanceId, clientId, this.store.get(instanceId, clientId));
  }

  /** What the answer says nothing of, or what failed, is no change. */
  private note(instanceId: string, clientId: string, known: ClientStatus | undefined): void {
    const last = known?.last;
    if (last === undefined || last.status === 'unknown' || last.checkedAt < this.since) return;
    const key = `${instanceId} ${clientId}`;
    const from = this.before.get(key);
    this.before.set(key, last.status);
    if (from === undefined) this.first.set(key, last.status);
    if (from === undefined || from === last.status) return;
    const { status: to, isVerified, checkedAt: at } = last;
    const change = { instanceId, clientId, from, to, isVerified, at };
    this.last.set(key, change);
    this.changed.fire(change);
  }
}
