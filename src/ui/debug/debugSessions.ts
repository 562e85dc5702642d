import * as vscode from 'vscode';
import type { ContextKeys } from '../../host/contextKeys';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import type { BackgroundRound } from '../../sessions/refresh/backgroundRound';
import { ChangesSince, type ClientChange } from '../../sessions/status/changesSince';
import { requestsIn, scopesNamed } from '../../sessions/refresh/scopesNamed';
import { RefreshTimer } from '../../sessions/refresh/refreshTimer';
import type { StatusStore } from '../../sessions/status/statusStore';
import { withoutIcons } from '../tell';
import { withoutControls } from '../words/words';
import { changeText, summaryText } from './debugWords';

const t = vscode.l10n.t;
/** The quick pace: the least interval of auto refresh. */
const INTERVAL_SECONDS = 10;
const STATUS_BAR_MS = 15_000;

export interface DebugSessionsParts {
  readonly inventory: Inventories;
  readonly settings: Settings;
  readonly store: StatusStore;
  readonly round: BackgroundRound;
  readonly contextKeys: ContextKeys;
}

interface Following {
  readonly timer: RefreshTimer;
  readonly changes: ChangesSince;
}

/** While anything is debugged, follows the groups that the settings name, and says in the debug console what changes. */
export class DebugSessions implements vscode.Disposable {
  private readonly running = new Set<string>();
  /** Of them, those about to end. */
  private readonly ending = new Set<string>();
  private readonly subscriptions: vscode.Disposable[];
  private following: Following | undefined;

  constructor(private readonly parts: DebugSessionsParts) {
    this.subscriptions = [
      vscode.debug.onDidStartDebugSession(({ id }) => void this.started(id)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.ended(id)),
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: ({ id }) => ({
          onDidSendMessage: (message: unknown) => isTerminated(message) && this.isEnding(id),
          onWillStopSession: () => this.isEnding(id),
        }),
      }),
    ];
    if (vscode.debug.activeDebugSession !== undefined) void this.started(vscode.debug.activeDebugSession.id);
  }

  dispose(): void {
    this.stop();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** A session may have children; all of them together are one time of debugging. */
  private async started(id: string): Promise<void> {
    this.running.add(id);
    if (this.parts.settings.debugWatchGroups.length === 0) return;
    await this.parts.inventory.ready;
    if (this.following === undefined && this.running.has(id)) this.following = this.follow();
  }

  /** The debug console takes no line once its last session has ended, so the summary comes just before. */
  private isEnding(id: string): void {
    this.ending.add(id);
    if (this.following === undefined || [...this.running].some((other) => !this.ending.has(other))) return;
    say(summaryText(this.following.changes.summary()));
    this.stop();
  }

  private ended(id: string): void {
    this.running.delete(id);
    this.ending.delete(id);
    if (this.running.size === 0) this.stop();
  }

  private stop(): void {
    this.following?.timer.dispose();
    this.following?.changes.dispose();
    this.following = undefined;
  }

  private follow(): Following {
    const { settings, store, round, contextKeys, inventory } = this.parts;
    for (const name of scopesNamed(inventory.inventory, settings.debugWatchGroups).unknown)
      say(t('"{0}" in apsaramqMqtt.debug.watchGroups is no saved group.', name));
    // Read anew for each round: groups are renamed and filled while one debugs.
    const requests = () =>
      requestsIn(inventory.inventory, scopesNamed(inventory.inventory, settings.debugWatchGroups).scopes);
    let followed = new Set<string>();
    const since = Date.now() - INTERVAL_SECONDS * 1000;
    const changes = new ChangesSince(store, (instanceId, id) => followed.has(keyOf(instanceId, id)), since);
    changes.onDidChange((change) => this.tell(change));
    const timer = new RefreshTimer({
      intervalSeconds: INTERVAL_SECONDS,
      endsAt: Infinity,
      startsAtOnce: true,
      isSteady: true,
      isWanted: () => true,
      round: async (signal, intervalMs) => {
        await contextKeys.windowAnswers();
        const asked = requests();
        followed = new Set(
          asked.flatMap(({ target, clientIds }) => clientIds.map((id) => keyOf(target.instanceId, id))),
        );
        return signal.aborted ? 'quiet' : round.run(asked, intervalMs, signal);
      },
      onMoved: () => undefined,
      onEnded: () => undefined,
      now: Date.now,
    });
    timer.update();
    return { timer, changes };
  }

  private tell(change: ClientChange): void {
    say(changeText(change));
    if (change.to === 'offline')
      vscode.window.setStatusBarMessage(`$(debug-disconnect) ${withoutIcons(changeText(change))}`, STATUS_BAR_MS);
  }
}

/** The event by which a debug adapter says that its program has ended (Debug Adapter Protocol, Terminated). */
function isTerminated(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'event' in message && message.event === 'terminated';
}

function say(line: string): void {
  vscode.debug.activeDebugConsole.appendLine(`ApsaraMQ MQTT: ${withoutControls(line)}`);
}

function keyOf(instanceId: string, clientId: string): string {
  return `${instanceId} ${clientId}`;
}
