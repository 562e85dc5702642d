import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { ContextKeys } from '../../host/contextKeys';
import type { Inventories } from '../../host/inventory/inventories';
import type { Kept } from '../../host/kept';
import type { Settings } from '../../host/settings';
import { isTrusted, onDidGrantTrust } from '../../host/trust';
import { CONTEXT_KEYS } from '../../manifest';
import { AutoRefresh, type RefreshPlan, type RefreshScope } from '../../sessions/refresh/autoRefresh';
import type { BackgroundRound } from '../../sessions/refresh/backgroundRound';
import type { RoundOutcome } from '../../sessions/refresh/refreshPace';
import { durationText } from '../words/ages';
import type { InstancesView } from '../tree/instancesView';
import { tellInformation } from '../tell';
import { RefreshCountdown } from './refreshCountdown';
import { RefreshSettings } from './refreshSettings';
import { scopeExists, scopeText } from './scopes';
import type { ShownClients } from './shownClients';

const t = vscode.l10n.t;

export interface RefreshControlParts {
  readonly view: InstancesView;
  readonly round: BackgroundRound;
  readonly inventory: Inventories;
  readonly settings: Settings;
  readonly contextKeys: ContextKeys;
  readonly kept: Kept<readonly RefreshPlan[]>;
  /** What is seen of a scope: rows that stand open, and what is pinned. */
  readonly shown: Pick<ShownClients, 'of' | 'ended'>;
  readonly log: Log;
}

/** Auto refresh in this window: follows the view, the settings and the inventory, and says when it ends. */
export class RefreshControl implements vscode.Disposable {
  readonly refresh: AutoRefresh;
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(private readonly parts: RefreshControlParts) {
    const { view, inventory, kept } = parts;
    this.refresh = new AutoRefresh({
      isWatched: () => isTrusted() && view.isWatched,
      // A document that cannot be read now says nothing of what is saved.
      exists: (scope) => inventory.state.kind !== 'ready' || scopeExists(inventory.inventory, scope),
      round: (scope, intervalMs, signal) => this.round(scope, intervalMs, signal),
      kept,
      now: Date.now,
    });
    const update = (): void => this.refresh.update();
    this.subscriptions = [
      view.onDidChangeWatched(update),
      inventory.onDidChange(update),
      onDidGrantTrust(update),
      this.refresh.onDidChange(() => this.tellState()),
      this.refresh.onDidEnd(({ plan, why }) => void this.tellEnd(plan, why)),
      new RefreshCountdown(this.refresh, view),
      new RefreshSettings({ ...parts, refresh: this.refresh, start: (...plan) => this.start(...plan) }),
      this.refresh,
    ];
    this.refresh.update();
    this.tellState();
  }

  /** Starts a timer for as long as the settings allow. */
  start(scope: RefreshScope, intervalSeconds: number, isFromSettings = false): void {
    const startedAt = Date.now();
    const endsAt = startedAt + this.parts.settings.autoRefreshStopAfterMinutes * 60_000;
    this.refresh.start({ scope, intervalSeconds, startedAt, endsAt, isFromSettings, isPaused: false });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Nobody sees the result of a round where the window is gone. */
  private async round(scope: RefreshScope, intervalMs: number, signal: AbortSignal): Promise<RoundOutcome> {
    const { contextKeys, round, shown } = this.parts;
    await contextKeys.windowAnswers();
    if (signal.aborted) return 'quiet';
    const outcome = await round.run(shown.of(scope), intervalMs, signal);
    shown.ended(scope, outcome);
    return outcome;
  }

  private tellState(): void {
    const { isPaused, plans } = this.refresh;
    this.parts.contextKeys.set(CONTEXT_KEYS.autoRefresh, plans.length === 0 ? 'off' : isPaused ? 'paused' : 'on');
  }

  private async tellEnd(plan: RefreshPlan, why: 'timeOver' | 'gone'): Promise<void> {
    const what = scopeText(this.parts.inventory.inventory, plan.scope);
    if (why === 'gone') {
      await tellInformation(t('Auto refresh of {0} has ended: it is saved no more under this name.', what));
      return;
    }
    const lasted = durationText(Math.round((plan.endsAt - plan.startedAt) / 60_000) * 60);
    const again = t('Start Again');
    const chosen = await tellInformation(t('Auto refresh of {0} has ended by itself after {1}.', what, lasted), again);
    if (chosen === again) this.start(plan.scope, plan.intervalSeconds);
  }
}
