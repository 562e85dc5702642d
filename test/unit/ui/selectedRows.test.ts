import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { SelectedRows } from '../../../src/ui/tree/selectedRows';

/** A view as VS Code has it: its selection is of rows that it holds at the moment, and it tells when a person selects. */
class View {
  visible = true;
  selection: readonly string[] = [];
  private readonly changed = new Emitter<{ selection: readonly string[] }>();
  readonly onDidChangeSelection = this.changed.event;

  select(...rows: string[]): void {
    this.selection = rows;
    this.changed.fire({ selection: rows });
  }
}

const all = (rows: readonly string[]) => rows;

describe('the rows selected', () => {
  it('stay selected while the row above them is drawn anew and VS Code holds none of them', () => {
    const view = new View();
    const selected = new SelectedRows(view, all);
    view.select('board-1', 'board-2');
    view.selection = [];
    assert.deepEqual(selected.rows, ['board-1', 'board-2']);
    view.selection = ['board-1 again', 'board-2 again'];
    assert.deepEqual(selected.rows, ['board-1 again', 'board-2 again']);
  });

  it('are all of them while some only are drawn anew, and none that is gone, though nobody tells that it went', () => {
    const view = new View();
    const gone = new Set<string>();
    const selected = new SelectedRows(view, (rows) => rows.filter((row) => !gone.has(row)));
    view.select('board-1', 'board-2');
    view.selection = ['board-1'];
    assert.deepEqual(selected.rows, ['board-1', 'board-2']);
    gone.add('board-2');
    assert.deepEqual(selected.rows, ['board-1']);
    gone.add('board-1');
    view.selection = [];
    assert.deepEqual(selected.rows, []);
  });

  it('are none once a person selects none, while the view is hidden, or after the view has ended', () => {
    const view = new View();
    const selected = new SelectedRows(view, all);
    view.select('board-1');
    view.visible = false;
    assert.deepEqual(selected.rows, []);
    view.visible = true;
    view.select();
    assert.deepEqual(selected.rows, []);
    selected.dispose();
    view.select('board-2');
    view.selection = [];
    assert.deepEqual(selected.rows, []);
  });
});
