import { Emitter } from '../../base/event';
import type { Credentials } from '../../host/credentials';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance, type Instance } from '../../model/inventory/inventory';
import { keyOfRow, type LookUpRow, lookUpRows } from '../../model/lookup/lookUpRows';
import { MOST_RECENT, type RecentClient } from '../../model/lookup/recentClients';
import type { SavedClients } from '../../model/lookup/savedClients';
import type { Freshness } from '../../sessions/calls/question';
import type { ClientStatus, StatusChange, StatusStore } from '../../sessions/status/statusStore';
import type { Checks } from '../checks';
import type { RecentLookUps } from './recentLookUps';

export interface LookUpStateParts {
  readonly inventory: Pick<Inventories, 'inventory'>;
  readonly credentials: Pick<Credentials, 'onDidChange'>;
  readonly store: Pick<StatusStore, 'get' | 'isChecking' | 'onDidChange'>;
  readonly checks: Pick<Checks, 'run'>;
  readonly recent: RecentLookUps;
  readonly savedOf: (instance: Instance) => SavedClients;
}

/**
 * What an open look-up holds: its instance, its rows, and who was asked about. The rows stay where they are until
 * something is typed or taken out; answers change their words alone.
 */
export class LookUpState {
  private readonly changed = new Emitter<void>();
  /** Clients that were answered for since the look-up was opened: Enter on them verifies. */
  private readonly answered = new Set<string>();
  private asking = 0;
  /** Another one from the moment on at which another instance, address or key is asked. */
  private era = 0;
  private shown: readonly LookUpRow[] = [];
  /** What the rows fit; undefined while they are the answers to many questions. */
  private text: string | undefined;
  private keys: ReadonlySet<string> = new Set();
  /** Fires when the words of some row may have changed. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: { dispose(): void }[];

  constructor(
    private readonly parts: LookUpStateParts,
    private current: Instance,
    private recent: readonly RecentClient[],
  ) {
    this.subscriptions = [
      parts.store.onDidChange((change) => this.followStore(change)),
      parts.credentials.onDidChange((name) => {
        if (name === this.current.credential) void this.startAfresh();
      }),
    ];
  }

  get instance(): Instance {
    return this.current;
  }

  get saved(): SavedClients {
    return this.parts.savedOf(this.current);
  }

  get rows(): readonly LookUpRow[] {
    return this.shown;
  }

  get isAsking(): boolean {
    return this.asking > 0;
  }

  get hasAnswers(): boolean {
    return this.answered.size > 0;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  /** Lists what fits a text. */
  list(text: string): void {
    this.text = text;
    this.show(lookUpRows(text, { saved: this.saved, recent: this.recent.map(({ clientId }) => clientId) }));
  }

  /** Takes the instance as it is saved now; false where it is saved no more. */
  followInventory(): boolean {
    const instance = findInstance(this.parts.inventory.inventory, this.current.instanceId);
    if (instance === undefined) return false;
    const isElsewhere = addressOf(instance) !== addressOf(this.current);
    this.current = instance;
    if (isElsewhere) void this.startAfresh();
    return true;
  }

  /** Goes on with another instance, of which nothing was asked yet. */
  async change(instance: Instance): Promise<void> {
    const recent = await this.parts.recent.of(instance.instanceId);
    this.era++;
    this.answered.clear();
    this.recent = recent;
    this.current = instance;
  }

  isRecent(clientId: string): boolean {
    return this.recent.some((each) => each.clientId === clientId);
  }

  isChecking(clientId: string): boolean {
    return this.parts.store.isChecking(this.current.instanceId, clientId);
  }

  /** What the store knows, else what was kept of an earlier look-up. */
  statusOf(clientId: string): ClientStatus | undefined {
    const last = this.recent.find((each) => each.clientId === clientId)?.last;
    const known = this.parts.store.get(this.current.instanceId, clientId);
    return last === undefined ? known : { last, ...known };
  }

  async forget(clientId: string): Promise<void> {
    const { instanceId } = this.current;
    const others = await this.parts.recent.remove(instanceId, clientId);
    if (instanceId !== this.current.instanceId) return;
    this.recent = others;
    this.listAgain();
  }

  clearRecent(): void {
    this.recent = this.parts.recent.clear(this.current.instanceId);
    this.listAgain();
  }

  /** Asks about one client: the service's cache first, in real time where that has answered. */
  async askOne(clientId: string): Promise<void> {
    if (this.isChecking(clientId)) return;
    const isAnswered = this.answered.has(clientId) && this.statusOf(clientId)?.failure === undefined;
    await this.ask([clientId], isAnswered ? 'verified' : 'cached');
  }

  /** Asks about many, which then are all that is listed. */
  async askMany(clientIds: readonly string[]): Promise<void> {
    this.text = undefined;
    this.show(clientIds.map((clientId) => ({ kind: 'client', clientId })));
    await this.ask(clientIds, 'cached');
  }

  /** It goes on when the look-up is closed: its calls are paid for, and the tree and the recent look-ups show the answers. */
  async ask(clientIds: readonly string[], freshness: Freshness): Promise<void> {
    const { current: target, era } = this;
    const asked = new Set(clientIds);
    this.show(this.shown.map((row) => (row.kind === 'lookUp' && asked.has(row.clientId) ? clientOf(row) : row)));
    this.asking++;
    this.changed.fire();
    try {
      await this.note(target, clientIds);
      const results = await this.parts.checks.run([{ target, clientIds }], freshness);
      const answered = era === this.era ? results.filter(({ error }) => error === undefined) : [];
      for (const { clientId } of answered) this.answered.add(clientId);
      await this.note(target, clientIds);
    } finally {
      this.asking--;
      this.changed.fire();
    }
  }

  /** A paste of more would push out all that were looked up before. */
  private async note({ instanceId }: Instance, clientIds: readonly string[]): Promise<void> {
    if (clientIds.length > MOST_RECENT) return;
    const looked = clientIds.map((clientId) => ({ clientId, last: this.parts.store.get(instanceId, clientId)?.last }));
    const noted = await this.parts.recent.note(instanceId, looked);
    if (instanceId === this.current.instanceId) this.recent = noted;
  }

  /** What another address or account answered is not said of this one. */
  private async startAfresh(): Promise<void> {
    const era = ++this.era;
    this.answered.clear();
    this.recent = this.recent.map(clientAlone);
    this.changed.fire();
    const recent = await this.parts.recent.of(this.current.instanceId);
    if (era !== this.era) return;
    this.recent = recent;
    this.changed.fire();
  }

  private listAgain(): void {
    if (this.text !== undefined) this.list(this.text);
    this.changed.fire();
  }

  private show(rows: readonly LookUpRow[]): void {
    this.shown = rows;
    this.keys = new Set(rows.map(keyOfRow));
  }

  private followStore({ instanceId, clientIds }: StatusChange): void {
    if (instanceId !== this.current.instanceId) return;
    if (clientIds.some((clientId) => this.keys.has(keyOfRow({ kind: 'client', clientId })))) this.changed.fire();
  }
}

/** Where calls go and whose key they are signed with, as saved. */
function addressOf({ regionId, endpoint, credential }: Instance): string {
  return JSON.stringify([regionId, endpoint, credential]);
}

function clientAlone({ clientId }: RecentClient): RecentClient {
  return { clientId };
}

function clientOf({ clientId }: { readonly clientId: string }): LookUpRow {
  return { kind: 'client', clientId };
}
