import * as vscode from 'vscode';
import type { Credentials, KeyLook, KeyState } from '../../host/credentials';
import type { Inventories } from '../../host/inventory/inventories';
import type { Settings } from '../../host/settings';
import type { Expectations } from '../../sessions/fleet/expectations';
import type { GroupCounts } from '../../sessions/fleet/groupCounts';
import type { GroupEstimates } from '../../sessions/fleet/groupEstimates';
import type { RefreshPlan } from '../../sessions/refresh/autoRefresh';
import type { CallMeter } from '../../sessions/meter/callMeter';
import { type CostSettings, costSettingsOf, dayText } from '../words/meterWords';
import type { StatusHistory } from '../../sessions/history/statusHistory';
import type { StatusChange, StatusStore } from '../../sessions/status/statusStore';
import type { WatchedClients } from '../../sessions/wait/watchedClients';
import { appendPast } from '../changes/pastTooltip';
import { Gather } from '../gather';
import { type ClientRow, clientItem, clientRow, clientTooltip, looksAlike } from './clientItem';
import { moreItem } from './moreItem';
import type { Arrangement } from './arrangement';
import { type ClientNode, type GroupNode, type InstanceNode, instanceOf, type TreeNode } from './nodes';
import { OpenNodes } from './openNodes';
import { rollUpItem } from './rollUpItem';
import { TreeRows } from './treeRows';

/** How long changes gather before rows are drawn: one redraw for many answers. */
const GATHER_ROWS_MS = 100;
/** VS Code asks for all open rows below a group that is drawn again: with many rows the counts follow at a calmer pace. */
const GATHER_COUNTS_MS = 500;
const FEW_ROWS = 200;

/** Nothing is said to be missing before it was looked for. */
const KEY_NOT_LOOKED_FOR = { key: 'there', look: undefined } as const;

type RollUpNode = InstanceNode | GroupNode;

/** The timer of an instance, or of a group of it. */
type RefreshOf = (instanceId: string, group: string | undefined) => RefreshPlan | undefined;

export interface InstancesTreeParts {
  readonly inventory: Inventories;
  readonly store: StatusStore;
  readonly history: StatusHistory;
  readonly counts: GroupCounts;
  readonly expectations: Expectations;
  readonly estimates: GroupEstimates;
  readonly watched: WatchedClients;
  readonly credentials: Pick<Credentials, 'stateOf' | 'lookOf' | 'onDidChange' | 'sources'>;
  readonly settings: Pick<Settings, 'staleAfterSeconds' | 'flapping'> & CostSettings;
  readonly arrangement: Arrangement;
  readonly meter: Pick<CallMeter, 'today'>;
  /** Where devices connect to a local instance that runs in this window. */
  readonly brokerOf: (instanceId: string) => string | undefined;
}

/** The rows: instances, their groups, their clients. Draws what the store and the inventory hold; asks nothing. */
export class InstancesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  private readonly subscriptions: { dispose(): unknown }[];
  /** What was drawn last, of the rows drawn at all. */
  private readonly drawnClients = new Map<ClientNode, ClientRow>();
  private readonly drawnRollUps = new Map<RollUpNode, string>();
  /** Rows and, where they are few, the counts above them: drawn in one, so that they never contradict each other. */
  private readonly soon = new Gather<ClientNode | RollUpNode>(GATHER_ROWS_MS, (nodes) => {
    this.redraw(
      nodes.filter((node) => node.kind === 'client'),
      nodes.filter((node) => node.kind !== 'client'),
    );
  });
  private readonly later = new Gather<RollUpNode>(GATHER_COUNTS_MS, (nodes) => this.redraw([], nodes));
  private refreshOf: RefreshOf = () => undefined;
  /** By the credential's name, as far as they were looked for. */
  private readonly keys = new Map<string, { readonly key: KeyState; readonly look: KeyLook | undefined }>();
  /** True once VS Code has asked for the rows: what is changed before then it is told with its first question. */
  private isAsked = false;
  readonly open = new OpenNodes();
  readonly onDidChangeTreeData = this.changed.event;
  readonly rows: TreeRows;

  constructor(private readonly parts: InstancesTreeParts) {
    const { counts, estimates, watched, credentials } = parts;
    this.rows = new TreeRows(parts);
    this.subscriptions = [
      this.rows.onDidReset(() => this.redrawAll()),
      this.rows.onDidMove((nodes) => this.changed.fire([...nodes])),
      this.rows.onDidChangeMatching((nodes) => nodes.forEach((node) => this.soon.add(node))),
      counts.onDidChange((change) => this.followStatus(change)),
      watched.onDidChange((change) => this.followStatus(change)),
      estimates.onDidChange(({ instanceId, group }) => this.touch(this.rows.group(instanceId, group))),
      credentials.onDidChange(() => void this.lookForKeys()),
      credentials.sources.onDidChangeLook(() => void this.lookForKeys()),
      ...[this.rows, this.soon, this.later, this.changed],
    ];
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node === undefined) {
      this.isAsked = true;
      void this.lookForKeys();
      return this.rows.roots;
    }
    switch (node.kind) {
      case 'instance':
        return this.drawnNoMore(node, this.rows.below(node));
      case 'group':
        this.open.note(node, true);
        return this.drawnNoMore(node, this.rows.rowsOf(node));
      case 'client':
      case 'more':
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.rows.parentOf(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'instance':
      case 'group': {
        const item = this.rollUp(node);
        this.drawnRollUps.set(node, lookOf(item));
        return item;
      }
      case 'client': {
        const row = this.row(node);
        this.drawnClients.set(node, row);
        return clientItem(node, row);
      }
      case 'more':
        return moreItem(node, this.rows.rowIdsOf(node.parent).length, this.rows.matchingIn(node.parent));
    }
  }

  /** Lets the rows say which of them a timer refreshes. */
  sayRefresh(refreshOf: RefreshOf): void {
    this.refreshOf = refreshOf;
    this.redraw([], [...this.drawnRollUps.keys()]);
  }

  /** A client's tooltip is made when somebody looks at it. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const { history, settings } = this.parts;
    if (node.kind === 'client')
      item.tooltip = appendPast(clientTooltip(node, this.row(node).status), node, history, settings);
    return item;
  }

  /** Redraws the rows whose words no longer hold, because time has passed. */
  redrawAges(): void {
    this.rows.followTime();
    this.redraw([...this.drawnClients.keys()], [...this.drawnRollUps.keys()]);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** What has gone from below a row is drawn no more. */
  private drawnNoMore(parent: InstanceNode | GroupNode, children: TreeNode[]): TreeNode[] {
    const there = new Set(children);
    for (const row of this.drawnClients.keys())
      if (this.rows.parentOf(row) === parent && !there.has(row)) this.drawnClients.delete(row);
    for (const row of this.drawnRollUps.keys())
      if (row.kind === 'group' && row.parent === parent && !there.has(row)) this.drawnRollUps.delete(row);
    return children;
  }

  private row(node: ClientNode): ClientRow {
    return clientRow(node, this.parts, Date.now());
  }

  private rollUp(node: RollUpNode): vscode.TreeItem {
    const { counts, expectations, estimates, watched, meter, brokerOf, settings } = this.parts;
    const { instance } = instanceOf(node);
    const { instanceId, credential } = instance;
    const isGroup = node.kind === 'group';
    return rollUpItem(node, {
      counts: isGroup ? counts.ofGroup(instanceId, node.group.name) : counts.ofInstance(instanceId),
      shortfall: isGroup ? expectations.ofGroup(instanceId, node.group.name) : expectations.ofInstance(instanceId),
      matching: this.rows.isFiltered ? this.rows.matchingIn(node) : undefined,
      refresh: this.refreshOf(instanceId, isGroup ? node.group.name : undefined),
      isOpen: this.open.of(node),
      estimate: isGroup ? estimates.get(instanceId, node.group.name) : undefined,
      isWatched: isGroup && watched.isGroupWatched(instanceId, node.group.name),
      ...((credential === undefined ? undefined : this.keys.get(credential)) ?? KEY_NOT_LOOKED_FOR),
      calls: dayText(meter.today(instanceId), costSettingsOf(instance, settings)),
      broker: brokerOf(instanceId),
      now: Date.now(),
      staleAfterSeconds: settings.staleAfterSeconds,
    });
  }

  private redrawAll(): void {
    this.drawnClients.clear();
    this.drawnRollUps.clear();
    if (this.isAsked) this.changed.fire(undefined);
  }

  private followStatus({ instanceId, clientIds }: StatusChange): void {
    const touched = new Set<string>();
    for (const clientId of clientIds) {
      for (const name of this.parts.counts.groupsWith(instanceId, clientId)) touched.add(name);
      for (const row of this.rows.builtRows(instanceId, clientId)) if (this.drawnClients.has(row)) this.soon.add(row);
    }
    for (const name of touched) this.touch(this.rows.group(instanceId, name));
  }

  private touch(group: GroupNode | undefined): void {
    if (group === undefined) return;
    const gather = this.drawnClients.size <= FEW_ROWS ? this.soon : this.later;
    gather.add(group);
    gather.add(group.parent);
  }

  /** Rows never drawn need no redrawing; rows that look as before neither. */
  private redraw(clients: readonly ClientNode[], rollUps: readonly RollUpNode[]): void {
    const changed: TreeNode[] = rollUps.filter((node) => {
      const look = this.drawnRollUps.get(node);
      return look !== undefined && look !== lookOf(this.rollUp(node));
    });
    for (const node of clients) {
      const drawn = this.drawnClients.get(node);
      if (drawn !== undefined && !looksAlike(drawn, this.row(node))) changed.push(node);
    }
    if (changed.length > 0) this.changed.fire(changed);
  }

  private async lookForKeys(): Promise<void> {
    const names = new Set(this.rows.roots.map(({ instance }) => instance.credential));
    const { credentials } = this.parts;
    for (const name of names)
      if (name !== undefined)
        this.keys.set(name, { key: await credentials.stateOf(name), look: await credentials.lookOf(name) });
    this.redraw([], this.rows.roots);
  }
}

/** All that is seen of a row, as one text: two rows look alike where these are the same. */
export function lookOf({ label, description, iconPath, contextValue, tooltip }: vscode.TreeItem): string {
  const icon = iconPath instanceof vscode.ThemeIcon ? iconPath.id : '';
  // As JSON a MarkdownString is empty, whatever it says.
  const told = tooltip instanceof vscode.MarkdownString ? tooltip.value : tooltip;
  return JSON.stringify([label, description, icon, contextValue, told]);
}
