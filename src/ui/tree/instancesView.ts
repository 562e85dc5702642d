import * as vscode from 'vscode';
import type { ContextKeys } from '../../host/contextKeys';
import type { Inventories } from '../../host/inventory/inventories';
import { isTrusted, onDidGrantTrust } from '../../host/trust';
import { CONTEXT_KEYS, VIEW_ID } from '../../manifest';
import type { ClientDecorations } from '../bars/clientDecorations';
import type { InstancesTree } from './instancesTree';
import type { TreeNode } from './nodes';
import { SelectedRows } from './selectedRows';
import { unlinked } from '../tell';
import { workspaceProblemsText } from '../team/teamWords';
import { inventoryProblemText, withoutControls } from '../words/words';

const AGES_MS = 5000;

/** The view around the tree: message, context keys, and the ages of a view that stands still. */
export class InstancesView implements vscode.Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  private readonly selected: SelectedRows<TreeNode>;
  private readonly watchedChanged = new vscode.EventEmitter<void>();
  private readonly subscriptions: { dispose(): void }[];
  private agesTimer: NodeJS.Timeout | undefined;
  private progress: string | undefined;
  private refreshing: string | undefined;
  private filter: string | undefined;
  private blocked: string | undefined;
  /** Fires when the view was shown or hidden, or the window gained or lost the focus. */
  readonly onDidChangeWatched = this.watchedChanged.event;

  constructor(
    private readonly tree: InstancesTree,
    private readonly decorations: Pick<ClientDecorations, 'redrawAges'>,
    private readonly inventory: Inventories,
    private readonly contextKeys: ContextKeys,
    dragAndDropController: vscode.TreeDragAndDropController<TreeNode>,
  ) {
    this.view = vscode.window.createTreeView(VIEW_ID, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController,
    });
    this.selected = new SelectedRows(this.view, (rows) => tree.rows.standing(rows));
    this.subscriptions = [
      this.view,
      this.selected,
      this.watchedChanged,
      this.view.onDidExpandElement(({ element }) => tree.open.note(element, true)),
      this.view.onDidCollapseElement(({ element }) => tree.open.note(element, false)),
      this.view.onDidChangeSelection(({ selection }) => contextKeys.set(CONTEXT_KEYS.selected, kindOf(selection))),
      this.view.onDidChangeVisibility(() => this.followWatched()),
      vscode.window.onDidChangeWindowState(() => this.followWatched()),
      inventory.onDidChange(() => this.followInventory()),
      onDidGrantTrust(() => this.describe()),
    ];
    this.followInventory();
    this.followWatched();
  }

  /** The rows selected, while the view is visible. */
  get selectedRows(): readonly TreeNode[] {
    return this.selected.rows;
  }

  get isWatched(): boolean {
    return this.view.visible && vscode.window.state.focused;
  }

  /** Shows a row, opening what it stands in, and puts the focus on it. */
  async show(node: TreeNode): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  /** Says above the rows how far a check is. */
  showProgress(text: string | undefined): void {
    this.progress = text;
    this.describe();
  }

  /** Says above the rows when the next round of auto refresh is. */
  showRefresh(text: string | undefined): void {
    this.refreshing = text;
    this.describe();
  }

  /** Says above the rows, for as long as it is so, that some have none. */
  showFilter(text: string | undefined): void {
    this.filter = text;
    this.describe();
  }

  /** Says above the rows for what one cause nothing can be asked. */
  showBlocked(text: string | undefined): void {
    this.blocked = text;
    this.describe();
  }

  dispose(): void {
    clearTimeout(this.agesTimer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** VS Code shows no description of a view that is alone in its container, but always its message. */
  private describe(): void {
    const others = this.problem() ?? this.progress ?? this.blocked ?? this.restricted() ?? this.refreshing;
    const text = [this.filter, others].filter((part) => part !== undefined).join(' · ');
    if (this.view.message !== text) this.view.message = text;
  }

  private followWatched(): void {
    this.watchedChanged.fire();
    clearTimeout(this.agesTimer);
    this.agesTimer = undefined;
    if (this.view.visible) this.keepAges();
  }

  private keepAges(): void {
    this.tree.redrawAges();
    this.decorations.redrawAges();
    this.agesTimer = setTimeout(() => this.keepAges(), AGES_MS);
  }

  private followInventory(): void {
    const { state } = this.inventory;
    const isEmpty = state.inventory.instances.length === 0;
    this.contextKeys.set(CONTEXT_KEYS.inventory, state.kind === 'ready' ? (isEmpty ? 'empty' : 'ready') : state.kind);
    this.describe();
  }

  /** VS Code shows no welcome beside a message, and that of an empty inventory says the same. */
  private restricted(): string | undefined {
    if (isTrusted() || this.inventory.inventory.instances.length === 0) return undefined;
    return vscode.l10n.t(
      'Restricted Mode: what you saved is shown and can be checked by hand. Nothing is changed, started or asked by itself.',
    );
  }

  private problem(): string | undefined {
    const { state } = this.inventory;
    switch (state.kind) {
      case 'broken':
        return `${inventoryProblemText(state.problem, 'inventory.json')} ${vscode.l10n.t('Nothing is saved until it is mended; what was known is still shown.')}`;
      case 'unreadable':
        return vscode.l10n.t('inventory.json cannot be read.');
      case 'loading':
        return undefined;
      case 'ready': {
        const text = workspaceProblemsText(this.inventory);
        return text === '' ? undefined : unlinked(withoutControls(text));
      }
    }
  }
}

/** One word for rows that are all of one kind: keys such as F2 mean another command for each. */
function kindOf(rows: readonly TreeNode[]): string {
  const [kind = '', ...others] = new Set(rows.map((row) => row.kind));
  if (kind === '' || others.length > 0) return '';
  return rows.length === 1 ? kind : `${kind}s`;
}
