import type { TreeView } from 'vscode';

type SelectingView<T> = Pick<TreeView<T>, 'visible' | 'selection' | 'onDidChangeSelection'>;

/** The rows that a person has selected in a view. */
export class SelectedRows<T> {
  private told: readonly T[] = [];
  private readonly subscription: { dispose(): void };

  constructor(private readonly view: SelectingView<T>) {
    this.subscription = view.onDidChangeSelection(({ selection }) => (this.told = selection));
  }

  /**
   * None while the view is hidden. Between the moment a row is drawn anew and the one when the rows below it are fetched,
   * VS Code knows no selection of these; a command of that moment is about what it told last.
   */
  get rows(): readonly T[] {
    if (!this.view.visible) return [];
    return this.view.selection.length > 0 ? this.view.selection : this.told;
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
