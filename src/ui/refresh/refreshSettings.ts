import type { Disposable } from '../../base/event';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import { type AutoRefresh, type RefreshScope, scopeKey } from '../../sessions/refresh/autoRefresh';
import { scopesNamed } from '../../sessions/refresh/scopesNamed';

export interface RefreshSettingsParts {
  readonly inventory: Inventories;
  readonly settings: Settings;
  readonly refresh: AutoRefresh;
  readonly start: (scope: RefreshScope, intervalSeconds: number, isFromSettings: true) => void;
  readonly log: Log;
}

/** The timers that the settings ask for, from the moment a window opens. What a person started is left alone. */
export class RefreshSettings implements Disposable {
  private readonly subscriptions: Disposable[];
  private said = '';
  /** What was started already: a timer that ended, or that a person stopped, is not started again. */
  private readonly begun = new Set<string>();
  private readonly told = new Set<string>();

  constructor(private readonly parts: RefreshSettingsParts) {
    const follow = (): void => this.follow();
    this.subscriptions = [parts.settings.onDidChange(follow), parts.inventory.onDidChange(follow)];
    follow();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private follow(): void {
    const { inventory, settings, refresh, start } = this.parts;
    if (inventory.state.kind !== 'ready') return;
    const [seconds, names] = [settings.autoRefreshIntervalSeconds, settings.autoRefreshOnly];
    const said = JSON.stringify([seconds, names]);
    if (said !== this.said) this.begun.clear();
    this.said = said;
    const scopes = seconds === 0 ? [] : this.scopesOf(names);
    const wanted = new Set(scopes.map(scopeKey));
    for (const plan of refresh.plans)
      if (plan.isFromSettings && (plan.intervalSeconds !== seconds || !wanted.has(scopeKey(plan.scope))))
        refresh.stop(plan.scope);
    for (const scope of scopes) {
      const isNew = !this.begun.has(scopeKey(scope));
      this.begun.add(scopeKey(scope));
      if (isNew && !refresh.has(scope)) start(scope, seconds, true);
    }
  }

  private scopesOf(names: readonly string[]): RefreshScope[] {
    if (names.length === 0) return [{}];
    const { scopes, unknown } = scopesNamed(this.parts.inventory.inventory, names);
    for (const name of unknown.filter((each) => !this.told.has(each))) {
      this.told.add(name);
      this.parts.log.warn(`apsaramqMqtt.autoRefresh.only names no saved instance or group: ${name}`);
    }
    return scopes;
  }
}
