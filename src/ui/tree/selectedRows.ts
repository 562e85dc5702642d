import type { TreeView } from 'vscode';

type SelectingView<T> = Pick<TreeView<T>, 'visible' | 'selection' | 'onDidChangeSelection'>;

/** The rows that a person has selected in a view. */
export class SelectedRows<T> {
  private told: readonly T[] = [];
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly view: SelectingView<T>,
    /** False for a row that is gone: VS Code does not tell when a selected one goes. */
    private readonly isThere: (row: T) => boolean,
  ) {
    this.subscription = view.onDidChangeSelection(({ selection }) => (this.told = selection));
  }

  /**
   * None while the view is hidden. Between the moment a row is drawn anew and the one when the rows below it are fetched,
   * VS Code knows no selection of these; a command of that moment is about those that it told last and that are there.
   */
  get rows(): readonly T[] {
    if (!this.view.visible) return [];
    const known = this.view.selection;
    return (known.length < this.told.length ? this.told : known).filter((row) => this.isThere(row));
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
