import * as vscode from 'vscode';
import type { ContextKeys } from '../host/contextKeys';
import type { InventoryFile } from '../host/inventoryFile';
import type { Settings } from '../host/settings';
import { CONTEXT_KEYS, VIEW_ID } from '../manifest';
import { clientIdsOf } from '../model/inventory';
import { rollUp } from '../sessions/rollUp';
import type { StatusStore } from '../sessions/statusStore';
import type { InstancesTree } from './tree/instancesTree';
import type { TreeNode } from './tree/nodes';
import { inventoryProblemText } from './words';

const AGES_MS = 5000;
const BADGE_MS = 250;

/** The view around the tree: message, badge, context keys, and the ages of a view that stands still. */
export class InstancesView implements vscode.Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  private readonly watchedChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: { dispose(): void }[];
  private agesTimer: NodeJS.Timeout | undefined;
  private badgeTimer: NodeJS.Timeout | undefined;
  /** Fires when the view was shown or hidden, or the window gained or lost the focus. */
  readonly onDidChangeWatched = this.watchedChanged.event;

  constructor(
    private readonly tree: InstancesTree,
    private readonly inventory: InventoryFile,
    private readonly store: StatusStore,
    private readonly settings: Settings,
    private readonly contextKeys: ContextKeys,
  ) {
    this.view = vscode.window.createTreeView(VIEW_ID, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.view,
      this.watchedChanged,
      this.view.onDidChangeVisibility(() => this.followWatched()),
      vscode.window.onDidChangeWindowState(() => this.followWatched()),
      inventory.onDidChange(() => this.followInventory()),
      store.onDidChange(() => this.followStatus()),
      settings.onDidChange(() => this.followStatus()),
    ];
    this.followInventory();
    this.followWatched();
  }

  get isWatched(): boolean {
    return this.view.visible && vscode.window.state.focused;
  }

  /** Says beside the view's name how far a check is. */
  showProgress(text: string | undefined): void {
    this.view.description = text ?? '';
  }

  dispose(): void {
    clearTimeout(this.agesTimer);
    clearTimeout(this.badgeTimer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private followWatched(): void {
    this.watchedChanged.fire();
    clearTimeout(this.agesTimer);
    this.agesTimer = undefined;
    if (this.view.visible) this.keepAges();
  }

  private keepAges(): void {
    this.tree.redrawAges();
    this.agesTimer = setTimeout(() => this.keepAges(), AGES_MS);
  }

  private followInventory(): void {
    const { state } = this.inventory;
    const isEmpty = state.inventory.instances.length === 0;
    this.contextKeys.set(CONTEXT_KEYS.inventory, state.kind === 'ready' ? (isEmpty ? 'empty' : 'ready') : state.kind);
    this.view.message = this.messageOf() ?? '';
    this.followStatus();
  }

  private messageOf(): string | undefined {
    const { state } = this.inventory;
    switch (state.kind) {
      case 'broken':
        return `${inventoryProblemText(state.problem)} ${vscode.l10n.t('Nothing is saved until it is mended; what was known is still shown.')}`;
      case 'unreadable':
        return vscode.l10n.t('inventory.json cannot be read.');
      case 'loading':
      case 'ready':
        return undefined;
    }
  }

  private followStatus(): void {
    this.badgeTimer ??= setTimeout(() => {
      this.badgeTimer = undefined;
      this.drawBadge();
    }, BADGE_MS);
  }

  /** Counts what needs attention alone: clients that are offline or whose check failed. */
  private drawBadge(): void {
    const counts = this.inventory.inventory.instances.map((instance) =>
      rollUp(this.store, instance.instanceId, clientIdsOf(instance)),
    );
    const offline = counts.reduce((sum, count) => sum + count.offline, 0);
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    const value = this.settings.showsViewBadge ? offline + failed : 0;
    const tooltip = vscode.l10n.t('{0} offline, {1} failed', offline, failed);
    if (this.view.badge?.value === value && this.view.badge.tooltip === tooltip) return;
    this.view.badge = value === 0 ? undefined : { value, tooltip };
  }
}
