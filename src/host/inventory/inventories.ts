import * as vscode from 'vscode';
import { editFiles } from '../../model/inventory/editFiles';
import type { InventoryEdit } from '../../model/inventory/editInventory';
import type { Inventory } from '../../model/inventory/inventory';
import {
  mergeInventories,
  type MergedInventory,
  type WorkspaceInventory,
} from '../../model/inventory/mergeInventories';
import { routeEdit } from '../../model/inventory/routeEdit';
import type { InventoryFile, InventoryState } from './inventoryFile';
import type { PersonalState } from './personalState';
import type { FolderInventory, WorkspaceInventories } from './workspaceInventories';

/** The one inventory that everything shows and edits: the user's own, and those of the open folders. */
export class Inventories implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<InventoryState>();
  private readonly subscriptions: { dispose(): unknown }[];
  private merged: MergedInventory;
  private isReady = false;
  /** Settles when every document was read for the first time. */
  readonly ready: Promise<void>;
  readonly onDidChange = this.changed.event;

  constructor(
    readonly own: InventoryFile,
    private readonly workspaces: WorkspaceInventories,
    readonly personal: PersonalState,
  ) {
    this.merged = this.merge();
    const follow = (): void => this.follow();
    this.subscriptions = [
      own.onDidChange(follow),
      workspaces.onDidChange(follow),
      personal.onDidChange(follow),
      this.changed,
      own,
      workspaces,
      personal,
    ];
    this.ready = this.begin();
  }

  /** The state of the user's own document, with what the folders add. Nothing is ready before all of them were read. */
  get state(): InventoryState {
    const { state } = this.own;
    return this.isReady ? { ...state, inventory: this.inventory } : { kind: 'loading', inventory: this.inventory };
  }

  get inventory(): Inventory {
    return this.merged.inventory;
  }

  /** What of the folders' inventories is not shown, and why. */
  get problems(): MergedInventory['problems'] {
    return this.merged.problems;
  }

  /** The folders that may have an inventory; none in a workspace that is not trusted. */
  get folders(): readonly FolderInventory[] {
    return this.workspaces.folders;
  }

  /** Saves one change in the files that it is about, each written once. Rejects with InventoryEditError. */
  async edit(change: InventoryEdit): Promise<void> {
    const { files, marks, moved } = routeEdit(this.inventory, change, this.saved());
    // A folder that closes meanwhile still gets what was meant for it, and nothing goes astray.
    await editFiles(files.map(({ file, edit }) => ({ file: this.fileOf(file), name: this.nameOf(file), edit })));
    if (marks.size > 0 || moved !== undefined) this.personal.mark(marks, moved);
  }

  /** The file with a key; the user's own for undefined. */
  fileOf(key: string | undefined): InventoryFile {
    if (key === undefined) return this.own;
    const folder = this.folders.find((each) => each.key === key);
    if (folder === undefined) throw new Error('The folder is not open any more');
    return folder.file;
  }

  /** Files of several folders are called the same, so each is told with its folder. */
  private nameOf(key: string | undefined): string {
    const { path } = this.fileOf(key);
    const folder = this.folders.find((each) => each.key === key);
    return folder === undefined ? path : `${folder.folder.name}/${path}`;
  }

  async reload(): Promise<void> {
    await Promise.all([this.own.reload(), this.workspaces.reload()]);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async begin(): Promise<void> {
    await Promise.all([this.own.ready, this.workspaces.ready()]);
    this.isReady = true;
    this.follow();
  }

  private follow(): void {
    this.merged = this.merge();
    this.changed.fire(this.state);
  }

  private merge(): MergedInventory {
    return mergeInventories(this.own.inventory, this.saved(), this.personal.personal);
  }

  /** What the files of the folders say. */
  private saved(): WorkspaceInventory[] {
    return this.folders.map(({ key, folder, file: { inventory } }) => ({ file: key, folder: folder.name, inventory }));
  }
}
