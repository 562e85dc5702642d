import { unlinked } from '../tell';
import * as vscode from 'vscode';
import type { ContextKeys } from '../../host/contextKeys';
import type { Inventories } from '../../host/inventory/inventories';
import { isTrusted, onDidGrantTrust } from '../../host/trust';
import { CONTEXT_KEYS } from '../../manifest';
import { findInstance, type Group, type Instance, type Inventory } from '../../model/inventory/inventory';
import type { Baseline } from '../../sessions/wait/condition';
import { Waiter, type WaiterParts, type WaitEvent, type WaitOutcome } from '../../sessions/wait/waiter';
import type { WatchedClients } from '../../sessions/wait/watchedClients';
import { timeText } from '../words/ages';
import type { BudgetGuard } from '../budgetGuard';
import { numberText } from '../words/numbers';
import { asideText } from '../words/joiners';
import { clientResult, wishText } from '../words/waitWords';
import { KeptWatches, type KeptWatchesParts } from './keptWatches';
import { followGroup, keptOf, type KeptWatch, keyOf, type Watch, watchOfKept, wishOf } from './watch';
import { subjectOf, tellEnd, tellOver } from './watchTold';
import { endText } from './watchWords';

const t = vscode.l10n.t;

export interface WatchesParts extends KeptWatchesParts {
  readonly waiter: WaiterParts;
  readonly inventory: Inventories;
  readonly budget: Pick<BudgetGuard, 'mayAsk'>;
  readonly watched: WatchedClients;
  readonly contextKeys: ContextKeys;
}

/** What a caller of the command is told when a watch has ended. */
export interface WatchResult {
  readonly outcome: WaitOutcome['kind'];
  readonly message: string;
  readonly clients: readonly ReturnType<typeof clientResult>[];
}

interface Running {
  watch: Watch;
  readonly abort: AbortController;
  /** Aborted when its group has another name or other clients, to go on with those. */
  moved: AbortController;
}

/** The watches of this window: each with its progress and its one notification at the end. */
export class Watches implements vscode.Disposable {
  private readonly running = new Map<Running, Promise<WatchResult>>();
  private readonly kept: KeptWatches;
  private readonly subscriptions: vscode.Disposable[];
  /** What was watched before a reload, until the inventory tells of whom. */
  private pending: KeptWatch[];
  /** The inventory before its last change. */
  private known: Inventory;
  private isDisposed = false;

  constructor(private readonly parts: WatchesParts) {
    const { inventory } = parts;
    this.kept = new KeptWatches(parts, () => [...this.pending, ...this.watches.map(keptOf)]);
    this.pending = this.kept.read();
    this.known = inventory.inventory;
    this.subscriptions = [inventory.onDidChange(() => this.followInventory()), onDidGrantTrust(() => this.resume())];
    void inventory.ready.then(() => this.resume());
  }

  /** Starts a watch, or joins the same one; resolves when it has ended. */
  async start(watch: Watch): Promise<WatchResult> {
    const known = this.resultOfSame(watch);
    if (known !== undefined) return known;
    const mayAsk = await this.parts.budget.mayAsk([watch.instanceId]);
    return mayAsk ? this.run(watch) : this.resultOf(watch, { kind: 'cancelled' });
  }

  /** Stops the watches that are about a group or a client, or all; tells how many those were. */
  stop(instanceId?: string, isMeant: (watch: Watch) => boolean = () => true): number {
    const meant = [...this.running.keys()].filter(
      ({ watch }) => (instanceId === undefined || watch.instanceId === instanceId) && isMeant(watch),
    );
    for (const { abort } of meant) abort.abort();
    return meant.length;
  }

  /** Ends them here; after a reload of the window they go on. */
  dispose(): void {
    this.isDisposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
    this.kept.dispose();
    this.stop();
  }

  private get watches(): Watch[] {
    return [...this.running.keys()].map(({ watch }) => watch);
  }

  private resultOfSame(watch: Watch): Promise<WatchResult> | undefined {
    const key = keyOf(watch);
    return [...this.running].find(([running]) => keyOf(running.watch) === key)?.[1];
  }

  /**
   * Goes on with what was watched before the window was closed; in Restricted Mode once that has ended. An inventory
   * that cannot be read tells nothing of it.
   */
  private resume(): void {
    const { state } = this.parts.inventory;
    if (this.isDisposed || !isTrusted() || state.kind !== 'ready' || this.pending.length === 0) return;
    const watches = this.pending.map((kept) => watchOfKept(kept, state.inventory));
    this.pending = [];
    const isOver = ({ deadline }: Watch): boolean => deadline <= this.parts.waiter.now();
    for (const watch of watches) if (!isOver(watch)) this.goOn(watch);
    tellOver(watches.filter(isOver));
    this.keep();
  }

  private goOn(watch: Watch): void {
    if (watch.clientIds.length > 0) void this.run(watch);
    else tellEnd({ kind: 'removed' }, this.resultOf(watch, { kind: 'removed' }).message);
  }

  private followInventory(): void {
    const { inventory } = this.parts.inventory;
    for (const running of this.running.keys()) {
      const watch = followGroup(running.watch, this.known, inventory);
      if (watch === running.watch) continue;
      running.watch = watch;
      running.moved.abort();
      this.keep();
    }
    this.known = inventory;
    this.resume();
  }

  private run(watch: Watch): Promise<WatchResult> {
    const known = this.resultOfSame(watch);
    if (known !== undefined) return known;
    const running = { watch, abort: new AbortController(), moved: new AbortController() };
    const result = this.follow(running).finally(() => {
      this.running.delete(running);
      if (!this.isDisposed) this.keep();
    });
    this.running.set(running, result);
    this.keep();
    return result;
  }

  /** Waits, and begins anew whenever the group has changed. */
  private async follow(running: Running): Promise<WatchResult> {
    for (;;) {
      running.moved = new AbortController();
      const outcome = await this.show(running);
      const isMoved = outcome.kind === 'cancelled' && running.moved.signal.aborted && !running.abort.signal.aborted;
      if (isMoved) continue;
      const result = this.resultOf(running.watch, outcome);
      tellEnd(outcome, result.message);
      return result;
    }
  }

  private async show(running: Running): Promise<WaitOutcome> {
    const { watch, abort } = running;
    const place = this.parts.watched.add(watch);
    try {
      return await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          cancellable: true,
          title: unlinked(t('Watching {0} until {1}', subjectOf(watch), wishText(wishOf(watch)))),
        },
        (progress, token) => {
          token.onCancellationRequested(() => abort.abort());
          return this.wait(running, (message) => progress.report({ message: unlinked(message) }));
        },
      );
    } finally {
      place.dispose();
    }
  }

  private wait(running: Running, show: (message: string) => void): Promise<WaitOutcome> {
    const { watch, abort, moved } = running;
    show(t('ends at {0}', timeText(watch.deadline)));
    return new Waiter(this.parts.waiter, {
      instanceId: watch.instanceId,
      target: () => this.targetOf(watch),
      wish: wishOf(watch),
      verify: true,
      deadline: watch.deadline,
      baseline: new Map(watch.baseline),
      report: (event) => this.report(running, event, show),
    }).run(AbortSignal.any([abort.signal, moved.signal]));
  }

  /** Undefined once the instance is saved no more, or the group. */
  private targetOf({ instanceId, group }: Watch): Instance | undefined {
    const { inventory } = this.parts.inventory;
    const instance = findInstance(inventory, instanceId);
    const isThere = ({ name, clientIds }: Group): boolean => name === group && clientIds.length > 0;
    return group === undefined || instance?.groups.some(isThere) === true ? instance : undefined;
  }

  private report(running: Running, event: WaitEvent, show: (message: string) => void): void {
    const { watch } = running;
    const ends = t('ends at {0}', timeText(watch.deadline));
    switch (event.kind) {
      case 'seen':
        return;
      case 'trouble': {
        show(`${asideText(t('the last check failed'), event.error.code)} · ${ends}`);
        return;
      }
      case 'round': {
        const { length } = watch.clientIds;
        show(
          length > 1 && watch.until !== 'change'
            ? `${t('{0} of {1} missing', numberText(event.missing.length), numberText(length))} · ${ends}`
            : ends,
        );
        this.keepBaseline(running, event.baseline);
      }
    }
  }

  private keepBaseline(running: Running, baseline: Baseline): void {
    const { watch } = running;
    const known = new Map(watch.baseline);
    const isKnown = known.size === baseline.size && [...baseline].every(([id, status]) => known.get(id) === status);
    if (this.isDisposed || watch.until !== 'change' || isKnown) return;
    running.watch = { ...watch, baseline: [...baseline] };
    this.kept.writeSoon();
  }

  private keep(): void {
    this.parts.contextKeys.set(CONTEXT_KEYS.isWatching, this.running.size > 0);
    this.kept.write();
  }

  private resultOf(watch: Watch, outcome: WaitOutcome): WatchResult {
    const { store } = this.parts.waiter;
    const clients = watch.clientIds.map((clientId) =>
      clientResult(clientId, store.get(watch.instanceId, clientId)?.last),
    );
    const isSaved = findInstance(this.parts.inventory.inventory, watch.instanceId) !== undefined;
    const gone = watch.group !== undefined && isSaved ? 'group' : 'instance';
    return { outcome: outcome.kind, message: endText(watch, subjectOf(watch), outcome, gone), clients };
  }
}
