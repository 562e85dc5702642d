import * as vscode from 'vscode';
import type { ContextKeys } from '../../host/contextKeys';
import type { Settings } from '../../host/settings';
import { CONTEXT_KEYS } from '../../manifest';
import type { Acknowledgements } from '../../sessions/fleet/acknowledgements';
import type { ClientKey } from '../../sessions/fleet/clientSet';
import { NextMoment } from '../../sessions/fleet/nextMoment';
import type { StatusStore } from '../../sessions/status/statusStore';
import { Gather } from '../gather';
import { isStale, staleAt } from '../words/statusLook';
import { listText, notAsExpectedText } from '../words/words';
import { saidText } from '../words/joiners';

const REDRAW_MS = 250;
const MOST_NAMED = 5;

export interface ViewBadgeParts {
  readonly view: Pick<vscode.TreeView<unknown>, 'badge'>;
  readonly acknowledgements: Acknowledgements;
  readonly store: Pick<StatusStore, 'get' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'showsViewBadge' | 'staleAfterSeconds' | 'onDidChange'>;
  readonly contextKeys: ContextKeys;
}

/** The number on the view: clients that break what is expected of them, until a person acknowledges it. */
export class ViewBadge implements vscode.Disposable {
  private readonly dirty = new Gather<'badge'>(REDRAW_MS, () => this.draw());
  private readonly stale = new NextMoment(Date.now, () => this.draw());
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(private readonly parts: ViewBadgeParts) {
    const follow = (): void => this.dirty.add('badge');
    this.subscriptions = [
      this.dirty,
      this.stale,
      parts.acknowledgements.onDidChange(follow),
      parts.settings.onDidChange(follow),
      // A new answer that is as bad as the last one is not stale any more.
      parts.store.onDidChange(() => {
        if (parts.acknowledgements.pending.size > 0) follow();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private draw(): void {
    const { view, acknowledgements, settings, contextKeys } = this.parts;
    const value = settings.showsViewBadge ? acknowledgements.pending.size : 0;
    const { shown, more } = acknowledgements.pending.first(MOST_NAMED);
    this.stale.await(
      value === 0 ? [] : shown.map((key) => staleAt(this.statusOf(key)?.last?.checkedAt, settings.staleAfterSeconds)),
    );
    contextKeys.set(CONTEXT_KEYS.isBadgeShown, value > 0);
    const named = listText(
      shown.map((key) => this.nameOf(key)),
      more,
    );
    const tooltip = saidText(notAsExpectedText(value), named);
    if (value === (view.badge?.value ?? 0) && (value === 0 || tooltip === view.badge?.tooltip)) return;
    view.badge = value === 0 ? undefined : { value, tooltip };
  }

  private nameOf(key: ClientKey): string {
    const isOld = isStale(this.statusOf(key), Date.now(), this.parts.settings.staleAfterSeconds);
    return isOld ? vscode.l10n.t('{0} (stale)', key.clientId) : key.clientId;
  }

  private statusOf({ instanceId, clientId }: ClientKey) {
    return this.parts.store.get(instanceId, clientId);
  }
}
