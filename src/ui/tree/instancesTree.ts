import * as vscode from 'vscode';
import type { Credentials } from '../../host/credentials';
import type { InventoryFile } from '../../host/inventoryFile';
import type { Settings } from '../../host/settings';
import type { StatusChange, StatusStore } from '../../sessions/statusStore';
import { clientItem } from './clientItem';
import { type InstanceNode, instanceOf, type TreeNode, TreeNodes } from './nodes';
import { rollUpItem } from './rollUpItem';

/** How long changes gather before the rows are drawn: one redraw for many answers. */
const GATHER_MS = 100;

/** The rows: instances, their groups, their clients. Draws what the store and the inventory hold; asks nothing. */
export class InstancesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  private readonly nodes = new TreeNodes();
  private readonly subscriptions: { dispose(): void }[];
  private readonly drawn = new Map<string, { node: TreeNode; look: string }>();
  private readonly missingKeys = new Set<string>();
  private dirty = new Set<TreeNode>();
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly inventory: InventoryFile,
    private readonly store: StatusStore,
    private readonly credentials: Pick<Credentials, 'has' | 'onDidChange'>,
    private readonly settings: Pick<Settings, 'staleAfterSeconds'>,
    /** What an instance has cost today, in words. */
    private readonly callsText: (instanceId: string) => string,
  ) {
    this.nodes.update(inventory.inventory);
    this.subscriptions = [
      inventory.onDidChange(() => this.followInventory()),
      store.onDidChange((change) => this.followStatus(change)),
      credentials.onDidChange(() => void this.lookForKeys()),
    ];
  }

  get roots(): readonly InstanceNode[] {
    return this.nodes.roots;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node === undefined) {
      void this.lookForKeys();
      return this.nodes.roots;
    }
    switch (node.kind) {
      case 'instance':
        return [...node.groups.values()];
      case 'group':
        return [...node.clients.values()];
      case 'client':
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'instance' ? undefined : node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = this.itemOf(node);
    this.drawn.set(node.id, { node, look: lookOf(item) });
    return item;
  }

  /** Redraws the rows whose words no longer hold, because time has passed. */
  redrawAges(): void {
    this.redraw([...this.drawn.values()].map(({ node }) => node));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private itemOf(node: TreeNode): vscode.TreeItem {
    if (node.kind === 'client') return clientItem(node, this.store, Date.now(), this.settings.staleAfterSeconds);
    const { instanceId, credential } = instanceOf(node).instance;
    return rollUpItem(node, this.store, this.missingKeys.has(credential), this.callsText(instanceId));
  }

  private followInventory(): void {
    this.nodes.update(this.inventory.inventory);
    this.drawn.clear();
    this.changed.fire(undefined);
  }

  private followStatus({ instanceId, clientIds }: StatusChange): void {
    for (const clientId of clientIds) {
      for (const node of this.nodes.clientNodes(instanceId, clientId)) {
        this.dirty.add(node).add(node.parent).add(node.parent.parent);
      }
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const dirty = [...this.dirty];
      this.dirty = new Set();
      this.redraw(dirty);
    }, GATHER_MS);
  }

  /** Rows never drawn need no redrawing; rows that look as before neither. */
  private redraw(nodes: readonly TreeNode[]): void {
    const changed = nodes.filter((node) => {
      const drawn = this.drawn.get(node.id);
      return drawn !== undefined && drawn.look !== lookOf(this.itemOf(node));
    });
    if (changed.length > 0) this.changed.fire(changed);
  }

  private async lookForKeys(): Promise<void> {
    const names = new Set(this.nodes.roots.map(({ instance }) => instance.credential));
    for (const name of names) {
      if (await this.credentials.has(name)) this.missingKeys.delete(name);
      else this.missingKeys.add(name);
    }
    this.redraw(this.nodes.roots);
  }
}

function lookOf({ label, description, iconPath, contextValue, tooltip }: vscode.TreeItem): string {
  const icon = iconPath instanceof vscode.ThemeIcon ? iconPath.id : '';
  return JSON.stringify([label, description, icon, contextValue, tooltip]);
}
