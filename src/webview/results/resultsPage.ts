import type { ResultRow } from '../../model/results/resultRow';
import type { ExportFormat, FromPage, ShownCheck, ToPage } from '../../model/results/resultsProtocol';
import { movedOf } from './keys';
import { RowWords } from './rowWords';
import { chooseAll, chooseOne, chooseTo, NOTHING_CHOSEN, type Selection, toggle, within } from './selection';
import { ResultsTable } from './table';
import { Toolbar } from './toolbar';
import { type Column, countStates, readView, rowsOfView, sortedBy, type View, WHOLE_VIEW, withState } from './view';

/** So many rows are in the document at first, and are added at a time; the rest is counted and a press away. */
const ROWS_AT_A_TIME = 300;
/** Ages are shown in steps of 5 s. */
const AGE_STEP_MS = 5000;

export interface ResultsPageParts {
  readonly send: (message: FromPage) => void;
  /** Outlives the page, which VS Code drops while its tab is hidden. */
  readonly kept: { read(): unknown; write(state: unknown): void };
}

/** The table of results in its page: shows what the extension sends, and sends what a person wants. It knows nothing else. */
export class ResultsPage {
  private readonly toolbar = new Toolbar({
    onFilter: (text) => this.see({ ...this.view, text }),
    onState: (state) => this.see(withState(this.view, state)),
    onCheck: (freshness) => this.check(freshness),
    onCancel: () => this.parts.send({ kind: 'cancel' }),
    onChangeInstance: () => this.parts.send({ kind: 'changeInstance' }),
    onExport: (kind, format) => this.export(kind, format),
  });
  private readonly table = new ResultsTable({
    onSort: (column) => this.sort(column),
    onClick: (key, event) => this.click(key, event),
    onKey: (event) => this.press(event),
    onMore: () => this.showMore(),
  });
  private shown: ShownCheck | undefined;
  private rows: ResultRow[] = [];
  /** Those of the view, in its order. */
  private ordered: ResultRow[] = [];
  private words: RowWords | undefined;
  private view: View = WHOLE_VIEW;
  private selection: Selection = NOTHING_CHOSEN;
  private mostRows = ROWS_AT_A_TIME;
  private ageing: ReturnType<typeof setTimeout> | undefined;
  readonly elements = [this.toolbar.element, this.table.element];

  constructor(private readonly parts: ResultsPageParts) {
    document.addEventListener('keydown', (event) => this.find(event));
  }

  receive(message: ToPage): void {
    switch (message.kind) {
      case 'show':
        this.show(message.check);
        break;
      case 'rows':
        this.update(message.checkId, message.rows);
        break;
      case 'running':
        this.setRunning(message.isRunning);
        break;
      case 'tell':
        this.toolbar.tell(message.text);
    }
  }

  private show(check: ShownCheck): void {
    const kept = this.parts.kept.read();
    const isKept = typeof kept === 'object' && kept !== null && 'checkId' in kept && kept.checkId === check.checkId;
    if (check.checkId !== this.shown?.checkId) {
      this.view = isKept && 'view' in kept ? readView(kept.view) : WHOLE_VIEW;
      this.selection = NOTHING_CHOSEN;
      this.mostRows = ROWS_AT_A_TIME;
      this.table.clear();
      this.toolbar.tell('');
    }
    this.shown = check;
    this.words = new RowWords(check);
    this.rows = [...check.rows];
    document.documentElement.lang = check.language;
    this.draw();
  }

  private update(checkId: number, rows: readonly ResultRow[]): void {
    if (checkId !== this.shown?.checkId) return;
    for (const row of rows) if (row.key in this.rows) this.rows[row.key] = row;
    this.draw();
  }

  private setRunning(isRunning: boolean): void {
    if (this.shown !== undefined) this.shown = { ...this.shown, isRunning };
    this.toolbar.tell(isRunning ? '' : (this.words?.say('ended') ?? ''));
    this.draw();
  }

  private see(view: View): void {
    this.view = view;
    this.mostRows = ROWS_AT_A_TIME;
    this.parts.kept.write({ checkId: this.shown?.checkId, view });
    this.draw();
    this.table.scrollToTop();
  }

  private sort(column: Column): void {
    this.see(sortedBy(this.view, column));
    const { sort } = this.view;
    if (this.words !== undefined && sort !== undefined)
      this.toolbar.tell(this.words.say(sort.isDescending ? 'sortedDown' : 'sortedUp', this.words.say(column)));
  }

  private click(key: number, event: MouseEvent): void {
    if (event.shiftKey) this.choose(chooseTo(this.selection, key, this.order));
    else this.choose(event.ctrlKey || event.metaKey ? toggle(this.selection, key) : chooseOne(key));
  }

  private choose(selection: Selection): void {
    this.selection = selection;
    this.draw();
    if (selection.active !== undefined) this.table.showActive(selection.active);
  }

  private press(event: KeyboardEvent): void {
    // A header's own button takes its keys.
    if (event.target instanceof HTMLButtonElement) return;
    if (!this.act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private act(event: KeyboardEvent): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    const { active } = this.selection;
    if (isCommand && event.key === 'a') this.choose(chooseAll(this.selection, this.order));
    else if (isCommand && event.key === 'c') this.export('copy', 'text');
    else if (event.key === ' ' && active !== undefined) this.choose(toggle(this.selection, active));
    else if (event.key === 'Escape') this.choose({ ...NOTHING_CHOSEN, active });
    else return !isCommand && this.move(event);
    return true;
  }

  private move(event: KeyboardEvent): boolean {
    const key = movedOf(event.key, this.selection, this.order);
    if (key === undefined) return false;
    while (this.more > 0 && this.order.indexOf(key) >= this.mostRows) this.mostRows += ROWS_AT_A_TIME;
    this.choose(event.shiftKey ? chooseTo(this.selection, key, this.order) : chooseOne(key));
    return true;
  }

  private showMore(): void {
    this.mostRows += ROWS_AT_A_TIME;
    this.draw();
    this.table.focus();
  }

  private find(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
    event.preventDefault();
    this.toolbar.focusFilter();
  }

  private check(freshness: 'cached' | 'verified'): void {
    if (this.shown !== undefined)
      this.parts.send({
        kind: 'check',
        checkId: this.shown.checkId,
        freshness,
        keys: this.scope.map(({ key }) => key),
      });
  }

  private export(kind: 'copy' | 'save', format: ExportFormat): void {
    const keys = this.scope.map(({ key }) => key);
    if (this.shown !== undefined && keys.length > 0)
      this.parts.send({ kind, checkId: this.shown.checkId, format, keys });
  }

  /** What the buttons are about: the rows chosen, or all of the view where none is. */
  private get scope(): ResultRow[] {
    const { chosen } = this.selection;
    return chosen.size === 0 ? this.ordered : this.ordered.filter(({ key }) => chosen.has(key));
  }

  private get order(): number[] {
    return this.ordered.map(({ key }) => key);
  }

  private get more(): number {
    return Math.max(0, this.ordered.length - this.mostRows);
  }

  private draw(): void {
    const { shown, words } = this;
    if (shown === undefined || words === undefined) return;
    this.ordered = rowsOfView(this.rows, this.view, shown.language);
    this.selection = within(this.selection, this.order);
    this.drawToolbar(shown, words);
    this.drawTable(words);
    clearTimeout(this.ageing);
    this.ageing = setTimeout(() => this.draw(), AGE_STEP_MS);
  }

  private drawToolbar(shown: ShownCheck, words: RowWords): void {
    const { scope } = this;
    const counts = countStates(this.rows);
    this.toolbar.draw({
      ...shown,
      words,
      view: this.view,
      counts,
      scope: {
        count: scope.length,
        isSelection: this.selection.chosen.size > 0,
        calls: callsOf(scope, shown.clientsPerCall),
      },
      shown: this.ordered.length,
      waiting: this.rows.filter(({ isChecking }) => isChecking).length,
    });
  }

  private drawTable(words: RowWords): void {
    const { ordered, mostRows, view, selection, more } = this;
    const rows = ordered.slice(0, mostRows);
    this.table.draw({
      rows,
      count: ordered.length,
      more: Math.min(more, ROWS_AT_A_TIME),
      view,
      selection,
      words,
      now: Date.now(),
    });
  }
}

/** Each instance is asked by itself. */
function callsOf(rows: readonly ResultRow[], clientsPerCall: number): number {
  const clients = new Map<string, number>();
  for (const { instanceId } of rows) clients.set(instanceId, (clients.get(instanceId) ?? 0) + 1);
  return [...clients.values()].reduce((sum, count) => sum + Math.ceil(count / clientsPerCall), 0);
}
