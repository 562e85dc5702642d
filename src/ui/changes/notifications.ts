import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { findInstance } from '../../model/inventory/inventory';
import type { Notice, Notices } from '../../sessions/history/notices';
import { numberText } from '../words/numbers';
import { muteText, noticeText, onlyClientOf } from './changeWords';
import { tellFailure } from '../run';
import { tellInformation } from '../tell';
import type { RecentChanges } from './recentChanges';

const t = vscode.l10n.t;
/** More at once are joined to one: nobody reads ten notifications. */
const MOST_AT_ONCE = 3;

export interface NotificationsParts {
  readonly notices: Pick<Notices, 'onDidJoin'>;
  readonly inventory: Inventories;
  readonly recent: Pick<RecentChanges, 'choose' | 'showRow'>;
  readonly log: Log;
}

/** Tells a person, who asked for it in the settings, which clients went online or offline. */
export class Notifications implements vscode.Disposable {
  private readonly subscription: { dispose(): void };

  constructor(private readonly parts: NotificationsParts) {
    this.subscription = parts.notices.onDidJoin((notices) => {
      if (notices.length > MOST_AT_ONCE) void this.tellAll(notices);
      else for (const notice of notices) void this.tell(notice);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async tell(notice: Notice): Promise<void> {
    const [show, mute] = [t('Show'), muteText(notice)];
    const chosen = await tellInformation(noticeText(notice), show, mute);
    if (chosen === show) await this.orSay(() => this.show(notice));
    if (chosen === mute) await this.orSay(() => this.mute(notice));
  }

  private async tellAll(notices: readonly Notice[]): Promise<void> {
    const clients = notices.reduce((sum, { clientIds }) => sum + clientIds.length, 0);
    const groups = new Set(notices.map(({ instanceId, group }) => JSON.stringify([instanceId, group]))).size;
    const show = t('Show');
    const text = t('{0} clients in {1} groups went online or offline.', numberText(clients), numberText(groups));
    if ((await tellInformation(text, show)) === show) await this.orSay(() => this.parts.recent.choose({}));
  }

  private async show({ instanceId, clientIds }: Notice): Promise<void> {
    const instance = findInstance(this.parts.inventory.inventory, instanceId);
    const [clientId] = clientIds;
    if (instance === undefined || clientId === undefined) return;
    if (clientIds.length === 1) await this.parts.recent.showRow(instance, clientId);
    else await this.parts.recent.choose({ instance, clientIds: new Set(clientIds) });
  }

  private async mute(notice: Notice): Promise<void> {
    const { instanceId, group } = notice;
    const clientId = onlyClientOf(notice);
    const of = clientId === undefined ? { group } : { clientIds: [clientId] };
    await this.parts.inventory.edit({ kind: 'setAttention', instanceId, of, attention: { muted: true } });
  }

  /** The row or the group may be gone by the time the button is pressed. */
  private async orSay(act: () => Promise<void>): Promise<void> {
    await act().catch((error: unknown) => {
      void tellFailure(error, this.parts.log);
    });
  }
}
