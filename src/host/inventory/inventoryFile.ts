import * as vscode from 'vscode';
import { editInventory, type InventoryEdit, InventoryEditError } from '../../model/inventory/editInventory';
import { EMPTY_INVENTORY, type Inventory } from '../../model/inventory/inventory';
import { type InventoryProblem, parseInventory } from '../../model/inventory/parseInventory';
import { FileBusyError, FileTooLargeError, readText, updateFile } from '../shared/atomicFile';
import { assertTrusted, isTrusted } from '../trust';

/** What is saved; a broken document leaves what was known before it broke. */
export type InventoryState =
  | { readonly kind: 'loading'; readonly inventory: Inventory }
  | { readonly kind: 'ready'; readonly inventory: Inventory }
  | { readonly kind: 'broken'; readonly inventory: Inventory; readonly problem: InventoryProblem }
  | { readonly kind: 'unreadable'; readonly inventory: Inventory; readonly isTooLarge: boolean };

/** How the text of a file is read and replaced. */
export interface TextFile {
  /** Undefined where there is none. */
  readonly read: () => Promise<string | undefined>;
  /** Makes the file where there is none. */
  readonly update: (change: (text: string) => string) => Promise<string>;
}

/** An editor that saves empties a file before it fills it. */
const EMPTY_MS = 250;

const FRESH = '{\n  "instances": []\n}\n';

/** An inventory as a file in a folder, read again whenever anybody changes it. */
export class InventoryFile implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<InventoryState>();
  private readonly watcher: vscode.FileSystemWatcher;
  private readonly text: TextFile;
  private current: InventoryState = { kind: 'loading', inventory: EMPTY_INVENTORY };
  private known: string | undefined;
  private loads = 0;
  /** Settles when the document was read for the first time. */
  readonly ready: Promise<void>;
  readonly onDidChange = this.changed.event;
  readonly uri: vscode.Uri;

  /** `path` in the folder; the default is the user's own inventory in the extension's storage. */
  constructor(
    folder: vscode.Uri,
    readonly path = 'inventory.json',
    text?: TextFile,
  ) {
    this.uri = vscode.Uri.joinPath(folder, path);
    this.text = text ?? plainText(this.uri.fsPath);
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, withFolders(path)));
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

  /** True where the file was there when it was last looked at. */
  get isThere(): boolean {
    return this.known !== undefined;
  }

  /** Saves changes, all of them or none. Rejects with InventoryEditError or RestrictedModeError; then nothing was written. */
  async edit(...changes: readonly InventoryEdit[]): Promise<void> {
    assertTrusted();
    await this.update((text) => changes.reduce(editInventory, text));
  }

  /** Opens the document for editing by hand, making one where there is none; rejects instead in Restricted Mode. */
  async open(fresh = FRESH): Promise<void> {
    if (!isTrusted() && ((await this.text.read()) ?? '') === '') assertTrusted();
    await this.update((text) => (text === '' ? fresh : text));
    const state = this.current;
    const at =
      state.kind === 'broken' ? new vscode.Position(state.problem.line - 1, state.problem.column - 1) : undefined;
    await vscode.window.showTextDocument(this.uri, at === undefined ? {} : { selection: new vscode.Range(at, at) });
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }

  /** Reads the document again: a watcher on a folder that was just made may miss its first changes. */
  async reload(): Promise<void> {
    await this.load();
  }

  private async update(change: (text: string) => string): Promise<void> {
    try {
      this.take(await this.text.update(change));
    } catch (error) {
      if (error instanceof FileBusyError) throw new InventoryEditError('busy', this.path);
      const isOfFile = error instanceof InventoryEditError && error.about === '';
      throw isOfFile ? new InventoryEditError(error.reason, this.path) : error;
    }
  }

  private async load(): Promise<void> {
    const load = ++this.loads;
    try {
      const text = await this.readFilled();
      if (load === this.loads) this.take(text);
    } catch (error) {
      const isTooLarge = error instanceof FileTooLargeError;
      this.set({ kind: 'unreadable', inventory: this.inventory, isTooLarge });
    }
  }

  /** What is gone all at once is looked for once more before it is believed. */
  private async readFilled(): Promise<string | undefined> {
    const text = await this.text.read();
    if ((text ?? '') !== '' || (this.known ?? '') === '') return text;
    await new Promise((resolve) => setTimeout(resolve, EMPTY_MS));
    return this.text.read();
  }

  private take(text: string | undefined): void {
    this.loads++;
    const { kind } = this.current;
    if (text === this.known && kind !== 'loading' && kind !== 'unreadable') return;
    this.known = text;
    const parsed = parseInventory(text ?? '');
    this.set(
      parsed.kind === 'ok' ? { kind: 'ready', inventory: parsed.inventory } : { ...parsed, inventory: this.inventory },
    );
  }

  private set(state: InventoryState): void {
    this.current = state;
    this.changed.fire(state);
  }
}

function plainText(path: string): TextFile {
  return { read: () => readText(path), update: (change) => updateFile(path, change) };
}

/** The path and every folder on the way to it: VS Code tells of a folder that goes, and not of the files that go with it. */
function withFolders(path: string): string {
  const parts = path.split('/');
  const paths = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  return paths.length === 1 ? path : `{${paths.join(',')}}`;
}
