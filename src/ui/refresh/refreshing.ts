import type { Memento } from 'vscode';
import type { Disposable } from '../../base/event';
import type { Log } from '../../base/log';
import { kept } from '../../host/kept';
import type { RefreshPlan } from '../../sessions/refresh/autoRefresh';
import type { Subjects } from '../commands/arguments';
import { DebugSessions, type DebugSessionsParts } from '../debug/debugSessions';
import type { InstancesView } from '../tree/instancesView';
import type { InstancesTree } from '../tree/instancesTree';
import { refreshCommands } from './refreshCommands';
import { RefreshControl } from './refreshControl';
import { planOn } from './scopes';
import { mostOf, ShownClients } from './shownClients';

export interface RefreshingParts extends DebugSessionsParts {
  readonly tree: InstancesTree;
  readonly view: InstancesView;
  readonly subjects: Subjects;
  /** Of this window alone: its timers outlive a reload. */
  readonly memento: Pick<Memento, 'get' | 'update'>;
  readonly log: Log;
}

/** All that asks by itself: the timers that people start, and the groups followed while debugging. */
export function refreshing(parts: RefreshingParts): Disposable[] {
  const { tree, memento } = parts;
  const control = new RefreshControl({
    ...parts,
    kept: kept<readonly RefreshPlan[]>(memento, 'autoRefresh'),
    shown: new ShownClients(tree),
  });
  const sayRefresh = (): void => tree.sayRefresh((...scope) => planOn(control.refresh.plans, ...scope));
  sayRefresh();
  return [
    control,
    control.refresh.onDidChange(sayRefresh),
    ...refreshCommands({ ...parts, control, mostOf: (scope) => mostOf(tree, scope) }),
    new DebugSessions(parts),
  ];
}
