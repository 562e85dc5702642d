import type * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Credentials } from '../../host/credentials';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import type { SharedFolder } from '../../host/shared/sharedFolder';
import { isQuiet, parseQuietHours } from '../../model/quietHours';
import type { GroupCounts } from '../../sessions/fleet/groupCounts';
import type { ChangeKeeper } from '../../sessions/history/changeKeeper';
import { NoticeClaims } from '../../sessions/history/noticeClaims';
import { Notices } from '../../sessions/history/notices';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { Checks } from '../checks';
import type { Subjects } from '../commands/arguments';
import type { InstancesView } from '../tree/instancesView';
import type { InstancesTree } from '../tree/instancesTree';
import { muteCommands } from './muteCommands';
import { Notifications } from './notifications';
import { RecentChanges } from './recentChanges';

export interface ChangesParts {
  readonly inventory: Inventories;
  readonly credentials: Pick<Credentials, 'onDidChange'>;
  readonly settings: Settings;
  readonly shared: Pick<SharedFolder, 'owner' | 'notices'>;
  readonly sessions: {
    readonly history: StatusHistory;
    readonly keeper: ChangeKeeper;
    readonly counts: GroupCounts;
  };
  readonly checks: Pick<Checks, 'isRunning'>;
  readonly tree: InstancesTree;
  readonly view: InstancesView;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** What shows and tells of changes: the list, the notifications, and what is muted. */
export function changes(parts: ChangesParts): { dispose(): unknown }[] {
  const { inventory, credentials, settings, shared, sessions, checks, view, subjects, log } = parts;
  const { history, keeper } = sessions;
  const recent = new RecentChanges({ ...parts, ...sessions });
  const notices = new Notices({
    history,
    inventory,
    claims: new NoticeClaims({ lines: shared.notices, owner: shared.owner }),
    // A notification is for what happens while one looks elsewhere: a check that a person started with the view before
    // them shows its answer there. What a timer finds is told though the view be visible: who writes code does not read it.
    isWanted: () => settings.notifies && !(checks.isRunning && view.view.visible),
    isQuiet: (now) => isQuiet(parseQuietHours(settings.quietHours), now),
    now: Date.now,
  });
  const load = (): void => void keeper.load();
  load();
  return [
    notices,
    new Notifications({ notices, inventory, recent, log }),
    recent.register(),
    ...muteCommands(inventory, subjects, log),
    inventory.onDidChange(load),
    credentials.onDidChange(load),
    warnOfQuietHours(settings, log),
  ];
}

/** Says once for each text that is no stretch of the day, and then means none. */
function warnOfQuietHours(settings: Settings, log: Log): vscode.Disposable {
  let told: string | undefined;
  const look = (): void => {
    const text = settings.quietHours;
    if (text !== told && parseQuietHours(text).kind === 'malformed')
      log.warn(`The setting notifications.quietHours is none such as 22:00-07:00, so no hours are quiet: ${text}`);
    told = text;
  };
  look();
  return settings.onDidChange(look);
}
