import * as vscode from 'vscode';
import { InventoryFile } from './inventoryFile';
import { workspaceText } from './workspaceText';

/** Where a folder's inventory lies. */
export const WORKSPACE_PATH = '.vscode/apsaramq-mqtt.json';
/** More than 400,000 client IDs; what is longer would stop the window while it is read. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Which folders are open and whether they may be read; VS Code's own `workspace` is one. */
export type WorkspaceSource = Pick<
  typeof vscode.workspace,
  'isTrusted' | 'onDidGrantWorkspaceTrust' | 'workspaceFolders' | 'onDidChangeWorkspaceFolders'
>;

/** The inventory of one folder. */
export interface FolderInventory {
  /** Tells the file from others. */
  readonly key: string;
  readonly folder: vscode.WorkspaceFolder;
  readonly file: InventoryFile;
}

interface Opened extends FolderInventory {
  readonly subscription: vscode.Disposable;
}

/** The inventories of the open folders, one each. Nothing of them is read until the workspace is trusted. */
export class WorkspaceInventories implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private opened = new Map<string, Opened>();
  /** Fires when a folder came or went, or its file changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly source: WorkspaceSource) {
    const follow = (): void => this.follow();
    this.subscriptions = [
      this.changed,
      source.onDidGrantWorkspaceTrust(follow),
      source.onDidChangeWorkspaceFolders(follow),
    ];
    this.follow();
  }

  /** In the order of the folders. */
  get folders(): readonly FolderInventory[] {
    return [...this.opened.values()];
  }

  async ready(): Promise<void> {
    await Promise.all(this.folders.map(({ file }) => file.ready));
  }

  async reload(): Promise<void> {
    await Promise.all(this.folders.map(({ file }) => file.reload()));
  }

  dispose(): void {
    for (const { file, subscription } of this.opened.values()) vscode.Disposable.from(subscription, file).dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** A folder that stays keeps its file, and what is known of it. */
  private follow(): void {
    const before = this.opened;
    const folders = this.source.isTrusted ? (this.source.workspaceFolders ?? []) : [];
    const onDisk = folders.filter(({ uri }) => uri.scheme === 'file');
    this.opened = new Map(onDisk.map((folder) => [keyOf(folder), before.get(keyOf(folder)) ?? this.open(folder)]));
    for (const [key, { file, subscription }] of before)
      if (!this.opened.has(key)) vscode.Disposable.from(subscription, file).dispose();
    this.changed.fire();
  }

  private open(folder: vscode.WorkspaceFolder): Opened {
    const text = workspaceText(folder.uri.fsPath, WORKSPACE_PATH, MOST_BYTES);
    const file = new InventoryFile(folder.uri, WORKSPACE_PATH, text);
    return { key: keyOf(folder), folder, file, subscription: file.onDidChange(() => this.changed.fire()) };
  }
}

function keyOf({ uri }: vscode.WorkspaceFolder): string {
  return uri.toString();
}
