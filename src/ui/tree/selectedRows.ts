import type { TreeView } from 'vscode';

type SelectingView<T> = Pick<TreeView<T>, 'visible' | 'selection' | 'onDidChangeSelection'>;

/** The rows that a person has selected in a view. */
export class SelectedRows<T> {
  private told: readonly T[] = [];
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly view: SelectingView<T>,
    /** Those that still stand in the view: VS Code does not tell when a selected row goes. */
    private readonly standing: (rows: readonly T[]) => readonly T[],
  ) {
    this.subscription = view.onDidChangeSelection(({ selection }) => (this.told = selection));
  }

  /**
   * None while the view is hidden. Between the moment a row is drawn anew and the one when the rows below it are fetched,
   * VS Code knows no selection of these; a command of that moment is about those that it told last and that still stand.
   */
  get rows(): readonly T[] {
    if (!this.view.visible) return [];
    const known = this.view.selection;
    return this.standing(known.length < this.told.length ? this.told : known);
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
