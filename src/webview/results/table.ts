import { type ResultRow, type RowState, stateOf } from '../../model/results/resultRow';
import { element, setAttribute, setText } from './dom';
import { stateIcon } from './icons';
import type { RowWords } from './rowWords';
import type { Selection } from './selection';
import { type Column, COLUMNS, type View } from './view';

/** What a person does in the table. */
export interface TableHandlers {
  readonly onSort: (column: Column) => void;
  readonly onClick: (key: number, event: MouseEvent) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onMore: () => void;
}

export interface Drawn {
  /** Those that are in the document. */
  readonly rows: readonly ResultRow[];
  /** All of the view. */
  readonly count: number;
  readonly more: number;
  readonly view: View;
  readonly selection: Selection;
  readonly words: RowWords;
  readonly now: number;
}

/** The table itself: a grid whose rows stay the same elements for as long as they are shown. */
export class ResultsTable {
  private readonly headers = COLUMNS.map((column) => ({
    column,
    cell: element('th', { scope: 'col' }),
    button: element('button', { type: 'button' }),
  }));
  private readonly body = element('tbody');
  private readonly grid = element('table', { role: 'grid', tabindex: '0', 'aria-multiselectable': 'true' });
  private readonly more = element('button', { type: 'button', class: 'more' });
  private readonly rows = new Map<number, RowElement>();
  private readonly none = element('p', { class: 'none' });
  readonly element = element('div', { class: 'scroll' }, this.grid, this.none, this.more);

  constructor(handlers: TableHandlers) {
    for (const { column, cell, button } of this.headers) {
      button.addEventListener('click', () => handlers.onSort(column));
      cell.append(button);
    }
    this.grid.append(
      element('thead', {}, element('tr', { 'aria-rowindex': '1' }, ...this.headers.map(({ cell }) => cell))),
      this.body,
    );
    this.grid.addEventListener('keydown', (event) => handlers.onKey(event));
    this.body.addEventListener('click', (event) => {
      const key = keyOf(event.target);
      if (key !== undefined) handlers.onClick(key, event);
    });
    this.more.addEventListener('click', handlers.onMore);
  }

  draw(drawn: Drawn): void {
    this.drawHeaders(drawn);
    this.drawRows(drawn);
    const { words, rows, count, more } = drawn;
    setAttribute(this.grid, 'aria-label', words.say('table'));
    setAttribute(this.grid, 'aria-rowcount', String(count + 1));
    setText(this.more, `${words.say('shown', rows.length, count)} ${words.say('showMore', more)}`);
    this.more.hidden = more === 0;
    setText(this.none, words.say('noneShown'));
    this.none.hidden = count > 0;
  }

  /** Forgets the rows of another check. */
  clear(): void {
    this.rows.clear();
    this.body.replaceChildren();
    this.scrollToTop();
  }

  /** Another view begins with its first row. */
  scrollToTop(): void {
    this.element.scrollTop = 0;
  }

  focus(): void {
    this.grid.focus();
  }

  /** Scrolls the row the keys move from into sight. */
  showActive(key: number): void {
    this.rows.get(key)?.element.scrollIntoView({ block: 'nearest' });
  }

  private drawHeaders({ view: { sort }, words }: Drawn): void {
    for (const { column, cell, button } of this.headers) {
      const isSorted = sort?.column === column;
      const direction = isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined;
      setAttribute(cell, 'aria-sort', direction);
      setText(button, words.say(column) + (direction === undefined ? '' : direction === 'ascending' ? ' ▲' : ' ▼'));
    }
  }

  private drawRows({ rows, selection, words, now }: Drawn): void {
    const drawn = rows.map((row, at) => {
      const known = this.rows.get(row.key) ?? new RowElement(row);
      this.rows.set(row.key, known);
      known.draw(row, words, now);
      known.place(at + 2, selection);
      return known.element;
    });
    if (drawn.length !== this.body.children.length || drawn.some((each, at) => this.body.children[at] !== each))
      this.body.replaceChildren(...drawn);
    const { active } = selection;
    setAttribute(this.grid, 'aria-activedescendant', active === undefined ? undefined : idOf(active));
  }
}

/** One row; only what has changed is written again. */
class RowElement {
  private readonly cells = {
    clientId: element('td', { class: 'id' }),
    instance: element('td'),
    status: element('td', { class: 'status' }),
    checked: element('td'),
    source: element('td'),
    error: element('td', { class: 'error' }),
  };
  private readonly statusText = element('span');
  private shape: RowState | 'checking' | undefined;
  readonly element: HTMLTableRowElement;

  constructor(private readonly row: ResultRow) {
    this.element = element(
      'tr',
      { id: idOf(row.key), 'data-key': String(row.key) },
      ...COLUMNS.map((column) => this.cells[column]),
    );
    this.cells.clientId.textContent = row.clientId;
    this.cells.status.append(this.statusText);
  }

  draw(row: ResultRow, words: RowWords, now: number): void {
    const text = words.of(row, now);
    setText(this.cells.instance, row.instance);
    setText(this.statusText, text.status);
    setText(this.cells.checked, text.checked);
    setAttribute(this.cells.checked, 'title', text.moment);
    setText(this.cells.source, text.source);
    setText(this.cells.error, text.error);
    setAttribute(this.element, 'aria-label', text.label);
    this.drawShape(row.isChecking ? 'checking' : stateOf(row));
  }

  place(rowIndex: number, { chosen, active }: Selection): void {
    const { key } = this.row;
    setAttribute(this.element, 'aria-rowindex', String(rowIndex));
    setAttribute(this.element, 'aria-selected', String(chosen.has(key)));
    this.element.classList.toggle('active', active === key);
  }

  private drawShape(shape: RowState | 'checking'): void {
    if (this.shape === shape) return;
    this.shape = shape;
    this.cells.status.replaceChildren(stateIcon(shape), this.statusText);
    this.cells.status.dataset['state'] = shape;
  }
}

function idOf(key: number): string {
  return `row-${key}`;
}

function keyOf(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest('tr') : null;
  return row?.dataset['key'] === undefined ? undefined : Number(row.dataset['key']);
}
