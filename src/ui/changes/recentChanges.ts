import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Inventories } from '../../host/inventory/inventories';
import { type Instance } from '../../model/inventory/inventory';
import type { GroupCounts } from '../../sessions/fleet/groupCounts';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import { fromOf, type Transition } from '../../sessions/history/transition';
import { readArguments, type Subjects } from '../commands/arguments';
import { pick } from '../inputs/steps';
import type { InstancesView } from '../tree/instancesView';
import { numberText } from '../words/numbers';
import { registerCommand } from '../run';
import { tellInformation, withoutIcons } from '../tell';
import type { TreeRows } from '../tree/treeRows';
import { clientIdsUnder, instanceOf, isTreeNode } from '../tree/nodes';
import { UserError } from '../userError';
import { directionText, seenText } from './changeWords';

const t = vscode.l10n.t;
const shape = v.object({ instance: v.optional(v.string()), clientId: v.optional(v.string()) });

export interface RecentChangesParts {
  readonly inventory: Inventories;
  readonly history: StatusHistory;
  readonly counts: Pick<GroupCounts, 'groupsWith'>;
  readonly tree: { readonly rows: Pick<TreeRows, 'rowOf'> };
  readonly view: Pick<InstancesView, 'show'>;
  readonly subjects: Subjects;
  readonly log: Log;
}

/** Which changes are asked for: those of all saved instances, of one, or of some clients of one. */
export interface Wanted {
  readonly instance?: Instance;
  readonly clientIds?: ReadonlySet<string>;
}

/** What the command tells its caller of one change. */
export interface RecentChange {
  readonly instance: string;
  readonly instanceId: string;
  readonly clientId: string;
  readonly from: 'online' | 'offline';
  readonly to: 'online' | 'offline';
  /** ISO 8601: when it was seen, and the last time the old status was seen. */
  readonly at: string;
  readonly notBefore: string;
  readonly verified: boolean;
}

interface Found {
  readonly instance: Instance;
  readonly clientId: string;
  readonly transition: Transition;
}

/** "Show Recent Changes": a list, newest first; the one chosen shows its row. */
export class RecentChanges {
  constructor(private readonly parts: RecentChangesParts) {}

  register(): vscode.Disposable {
    return registerCommand('showRecentChanges', this.parts.log, (argument) => this.run(argument));
  }

  /** Lets a person choose one of the changes. */
  async choose(wanted: Wanted): Promise<void> {
    const found = this.find(wanted);
    if (found.length === 0) {
      void tellInformation(
        t('No change of status was seen yet. A change is seen when a client is checked more than once.'),
      );
      return;
    }
    const items = found.map((each) => this.itemOf(each));
    const chosen = await pick({ title: t('Recent changes: {0}', numberText(found.length)), items });
    if (chosen !== undefined) await this.showRow(chosen.instance, chosen.clientId);
  }

  /** Shows the row of a client. */
  async showRow(instance: Instance, clientId: string): Promise<void> {
    const row = this.parts.tree.rows.rowOf(instance.instanceId, clientId);
    if (row === undefined) throw new UserError(t('"{0}" is in no group of "{1}".', clientId, instance.name));
    await this.parts.view.show(row);
  }

  private async run(argument: unknown): Promise<RecentChange[] | undefined> {
    await this.parts.inventory.ready;
    if (argument === undefined || isTreeNode(argument)) {
      await this.choose(wantedBy(argument));
      return undefined;
    }
    const { instance: named, clientId } = readArguments(shape, argument);
    const instance = named === undefined ? undefined : await this.parts.subjects.instance({ instance: named });
    return this.find({
      ...(instance === undefined ? {} : { instance }),
      ...(clientId === undefined ? {} : { clientIds: new Set([clientId]) }),
    }).map(tellOf);
  }

  /** Newest first. */
  private find({ instance, clientIds }: Wanted): Found[] {
    const { history, inventory } = this.parts;
    return (instance === undefined ? inventory.inventory.instances : [instance])
      .flatMap((each) => history.changesOf(each.instanceId).map((change) => ({ instance: each, ...change })))
      .filter(({ clientId }) => clientIds?.has(clientId) ?? true)
      .sort((a, b) => b.transition.at - a.transition.at);
  }

  private itemOf(found: Found) {
    const { instance, clientId, transition } = found;
    const group = this.parts.counts.groupsWith(instance.instanceId, clientId)[0];
    const place = group === undefined ? instance.name : `${instance.name} / ${group}`;
    return {
      label: `$(${transition.to === 'online' ? 'arrow-up' : 'arrow-down'}) ${withoutIcons(clientId)}`,
      description: directionText(transition),
      detail: [seenText(transition), withoutIcons(place)].join(' · '),
      value: found,
    };
  }
}

/** The changes a row of the tree is about; all of them without a row. */
function wantedBy(argument: unknown): Wanted {
  if (!isTreeNode(argument)) return {};
  const { instance } = instanceOf(argument);
  return argument.kind === 'instance' ? { instance } : { instance, clientIds: new Set(clientIdsUnder(argument)) };
}

function tellOf({ instance, clientId, transition }: Found): RecentChange {
  const { to, at, notBefore, isVerified } = transition;
  return {
    instance: instance.name,
    instanceId: instance.instanceId,
    clientId,
    from: fromOf(transition),
    to,
    at: new Date(at).toISOString(),
    notBefore: new Date(notBefore).toISOString(),
    verified: isVerified,
  };
}
