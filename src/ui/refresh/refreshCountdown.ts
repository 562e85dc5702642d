import * as vscode from 'vscode';
import type { AutoRefresh } from '../../sessions/refresh/autoRefresh';
import { durationText } from '../words/ages';
import type { InstancesView } from '../tree/instancesView';

const t = vscode.l10n.t;
const SECONDS_UP_TO_MS = 120_000;

/** "Auto refresh: next in 18 seconds" above the rows: it counts only while somebody can see it. */
export class RefreshCountdown implements vscode.Disposable {
  private readonly subscriptions: { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly refresh: AutoRefresh,
    private readonly view: Pick<InstancesView, 'showRefresh' | 'isWatched'>,
  ) {
    this.subscriptions = [refresh.onDidChange(() => this.draw())];
    this.draw();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const leftMs = this.leftMs();
    this.view.showRefresh(this.textOf(leftMs));
    if (leftMs === undefined || !this.view.isWatched) return;
    // Whole seconds up to two minutes, whole minutes beyond: the next redraw is due when the number changes.
    const stepMs = leftMs <= SECONDS_UP_TO_MS ? 1000 : 60_000;
    this.timer = setTimeout(() => this.draw(), leftMs % stepMs || stepMs);
  }

  /** Until the next round; where none comes before they end, until the last of them ends. */
  private leftMs(): number | undefined {
    const { dueAt, plans } = this.refresh;
    if (plans.length === 0 || this.refresh.isPaused) return undefined;
    return Math.max(0, (dueAt ?? Math.max(...plans.map(({ endsAt }) => endsAt))) - Date.now());
  }

  private textOf(leftMs: number | undefined): string | undefined {
    const { isPaused, outcome, dueAt } = this.refresh;
    if (isPaused) return t('Auto refresh is paused.');
    if (leftMs === undefined) return undefined;
    if (outcome === 'spent') return t("Auto refresh: today's budget is spent");
    if (outcome === 'nothing') return t('Auto refresh: no client in sight to ask about');
    const stepMs = leftMs <= SECONDS_UP_TO_MS ? 1000 : 60_000;
    const left = durationText(Math.ceil(leftMs / stepMs) * (stepMs / 1000));
    return dueAt === undefined ? t('Auto refresh: ends in {0}', left) : t('Auto refresh: next in {0}', left);
  }
}
