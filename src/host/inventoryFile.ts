import * as vscode from 'vscode';
import { editInventory, type InventoryEdit, InventoryEditError } from '../model/editInventory';
import { EMPTY_INVENTORY, type Inventory } from '../model/inventory';
import { type InventoryProblem, parseInventory } from '../model/parseInventory';
import { FileBusyError, readText, updateFile } from './atomicFile';

/** What is saved; a broken document leaves what was known before it broke. */
export type InventoryState =
  | { readonly kind: 'loading'; readonly inventory: Inventory }
  | { readonly kind: 'ready'; readonly inventory: Inventory }
  | { readonly kind: 'broken'; readonly inventory: Inventory; readonly problem: InventoryProblem }
  | { readonly kind: 'unreadable'; readonly inventory: Inventory };

/** The inventory as a file in global storage, read again whenever anybody changes it. */
export class InventoryFile implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<InventoryState>();
  private readonly watcher: vscode.FileSystemWatcher;
  private current: InventoryState = { kind: 'loading', inventory: EMPTY_INVENTORY };
  private text: string | undefined;
  private loads = 0;
  /** Settles when the document was read for the first time. */
  readonly ready: Promise<void>;
  readonly onDidChange = this.changed.event;
  readonly uri: vscode.Uri;

  constructor(folder: vscode.Uri) {
    this.uri = vscode.Uri.joinPath(folder, 'inventory.json');
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, 'inventory.json'));
    const reload = (): void => void this.load();
    this.watcher.onDidChange(reload);
    this.watcher.onDidCreate(reload);
    this.watcher.onDidDelete(reload);
    this.ready = this.load();
  }

  get state(): InventoryState {
    return this.current;
  }

  get inventory(): Inventory {
    return this.current.inventory;
  }

  /** Saves one change. Rejects with InventoryEditError; then nothing was written. */
  async edit(change: InventoryEdit): Promise<void> {
    try {
      this.take(await updateFile(this.uri.fsPath, (text) => editInventory(text, change)));
    } catch (error) {
      throw error instanceof FileBusyError ? new InventoryEditError('busy') : error;
    }
  }

  /** Opens the document for editing by hand, making an empty one where there is none. */
  async open(): Promise<void> {
    await updateFile(this.uri.fsPath, (text) => (text === '' ? '{\n  "instances": []\n}\n' : text));
    const state = this.current;
    const at =
      state.kind === 'broken' ? new vscode.Position(state.problem.line - 1, state.problem.column - 1) : undefined;
    await vscode.window.showTextDocument(this.uri, at === undefined ? {} : { selection: new vscode.Range(at, at) });
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }

  private async load(): Promise<void> {
    const load = ++this.loads;
    try {
      const text = (await readText(this.uri.fsPath)) ?? '';
      if (load === this.loads) this.take(text);
    } catch {
      this.set({ kind: 'unreadable', inventory: this.inventory });
    }
  }

  private take(text: string): void {
    this.loads++;
    if (text === this.text && this.current.kind !== 'unreadable') return;
    this.text = text;
    const parsed = parseInventory(text);
    this.set(
      parsed.kind === 'ok' ? { kind: 'ready', inventory: parsed.inventory } : { ...parsed, inventory: this.inventory },
    );
  }

  private set(state: InventoryState): void {
    this.current = state;
    this.changed.fire(state);
  }
}
