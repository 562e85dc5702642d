import { type Disposable, Emitter } from '../../base/event';
import { findInstance } from '../../model/inventory/inventory';
import { isMuted, tellingGroup } from '../../model/inventory/muted';
import type { InventorySource } from '../fleet/groupCounts';
import type { Claim, NoticeClaims } from './noticeClaims';
import type { SeenChanges, StatusHistory } from './statusHistory';

/** What a person is told at once: clients of one group that changed alike. */
export interface Notice {
  readonly kind: 'online' | 'offline' | 'flapping';
  readonly instanceId: string;
  readonly group: string;
  readonly clientIds: readonly string[];
}

export interface NoticesParts {
  readonly history: Pick<StatusHistory, 'onDidChange' | 'isFlapping'>;
  readonly inventory: Pick<InventorySource, 'inventory'>;
  readonly claims: Pick<NoticeClaims, 'take'>;
  /** False where nobody asked for notices, or where a person is looking at the answer already. */
  readonly isWanted: () => boolean;
  readonly isQuiet: (now: number) => boolean;
  readonly now: () => number;
}

/** Changes gather until none has come for so long, */
const GATHER_MS = 2000;
/** but not for longer than this. */
const GATHER_AT_MOST_MS = 10_000;

/**
 * Joins changes to notices. Only what a call of this window found and confirmed in real time is told: what another
 * window found is told there. Where calls of two windows find it at once, the first to claim it tells it.
 */
export class Notices implements Disposable {
  private readonly joined = new Emitter<readonly Notice[]>();
  private readonly subscription: Disposable;
  /** The last change of each client. */
  private pending = new Map<string, Claim>();
  private pendingSince = 0;
  private readonly toldFlapping = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  readonly onDidJoin = this.joined.event;

  constructor(private readonly parts: NoticesParts) {
    this.subscription = parts.history.onDidChange((changes) => this.take(changes));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.joined.dispose();
  }

  private take({ instanceId, changes, origin }: SeenChanges): void {
    const verified = changes.filter(({ transition }) => transition.isVerified);
    if (origin !== 'here' || verified.length === 0 || !this.parts.isWanted()) return;
    for (const { clientId, transition } of verified) {
      const { to, at } = transition;
      this.pending.set(clientKey(instanceId, clientId), { instanceId, clientId, to, at });
    }
    this.joinLater();
  }

  private joinLater(): void {
    const now = this.parts.now();
    if (this.timer === undefined) this.pendingSince = now;
    clearTimeout(this.timer);
    const leftMs = this.pendingSince + GATHER_AT_MOST_MS - now;
    this.timer = setTimeout(() => void this.join(), Math.max(0, Math.min(GATHER_MS, leftMs)));
  }

  private async join(): Promise<void> {
    this.timer = undefined;
    const pending = [...this.pending.values()];
    this.pending = new Map();
    const { inventory, claims, isQuiet, now } = this.parts;
    if (isQuiet(now())) return;
    const heard = pending.filter(({ instanceId, clientId }) => {
      const instance = findInstance(inventory.inventory, instanceId);
      return instance !== undefined && !isMuted(instance, clientId);
    });
    const notices = this.noticesOf(await claims.take(heard));
    if (notices.length > 0) this.joined.fire(notices);
  }

  private noticesOf(changes: readonly Claim[]): Notice[] {
    const notices = new Map<string, Notice & { clientIds: string[] }>();
    for (const { instanceId, clientId, to } of changes) {
      const kind = this.kindOf(instanceId, clientId, to);
      const instance = findInstance(this.parts.inventory.inventory, instanceId);
      // A client that is not saved was looked up by a person, who has read the answer.
      const group = instance === undefined ? undefined : tellingGroup(instance, clientId)?.name;
      if (group === undefined || kind === undefined) continue;
      const key = JSON.stringify([instanceId, group, kind]);
      const notice = notices.get(key) ?? { kind, instanceId, group, clientIds: [] };
      notice.clientIds.push(clientId);
      notices.set(key, notice);
    }
    return [...notices.values()];
  }

  /** A client that flaps is told of once, until it has come to rest. */
  private kindOf(instanceId: string, clientId: string, to: 'online' | 'offline'): Notice['kind'] | undefined {
    const key = clientKey(instanceId, clientId);
    if (!this.parts.history.isFlapping(instanceId, clientId)) {
      this.toldFlapping.delete(key);
      return to;
    }
    if (this.toldFlapping.has(key)) return undefined;
    this.toldFlapping.add(key);
    return 'flapping';
  }
}

function clientKey(instanceId: string, clientId: string): string {
  return JSON.stringify([instanceId, clientId]);
}
