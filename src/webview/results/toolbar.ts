import { ROW_STATES, type RowState } from '../../model/results/resultRow';
import { EXPORT_FORMATS, type ExportFormat } from '../../model/results/resultsProtocol';
import { element, setAttribute, setText } from './dom';
import { stateIcon } from './icons';
import type { RowWords } from './rowWords';
import type { View } from './view';

/** What a person does above the table. */
export interface ToolbarHandlers {
  readonly onFilter: (text: string) => void;
  readonly onState: (state: RowState) => void;
  readonly onCheck: (freshness: 'cached' | 'verified') => void;
  readonly onCancel: () => void;
  readonly onChangeInstance: () => void;
  readonly onExport: (kind: 'copy' | 'save', format: ExportFormat) => void;
}

export interface DrawnToolbar {
  readonly title: string;
  readonly note: string;
  readonly words: RowWords;
  readonly view: View;
  readonly counts: Readonly<Record<RowState, number>>;
  /** Of the rows that the buttons are about. */
  readonly scope: { readonly count: number; readonly isSelection: boolean; readonly calls: number };
  readonly shown: number;
  readonly isRunning: boolean;
  /** How many rows wait for an answer. */
  readonly waiting: number;
  readonly canChangeInstance: boolean;
}

const button = (className = ''): HTMLButtonElement => element('button', { type: 'button', class: className });

/** A button that cannot be used now keeps the focus: `disabled` would take it away from who has just pressed it. */
function setUsable(target: HTMLButtonElement, isUsable: boolean): void {
  setAttribute(target, 'aria-disabled', isUsable ? undefined : 'true');
}

function onPress(target: HTMLButtonElement, press: () => void): void {
  target.addEventListener('click', () => {
    if (!target.hasAttribute('aria-disabled')) press();
  });
}

/** Title, filter, and what can be done with the rows; each button says how many calls it costs. */
export class Toolbar {
  private readonly title = element('h1');
  private readonly note = element('p', { class: 'note' });
  private readonly filter = element('input', { type: 'search', spellcheck: 'false' });
  private readonly stateButtons = ROW_STATES.map((state) => ({
    state,
    button: button('state'),
    text: element('span'),
  }));
  private readonly states = element('div', { role: 'group', class: 'states' });
  private readonly scope = element('span', { class: 'scope' });
  private readonly check = button();
  private readonly verify = button();
  private readonly cancel = button();
  private readonly change = button();
  private readonly format = element('select');
  private readonly options = EXPORT_FORMATS.map((format) => ({ format, option: element('option', { value: format }) }));
  private readonly copy = button();
  private readonly save = button();
  private readonly actions = element('div', { role: 'toolbar', class: 'actions' });
  private readonly counts = element('p', { class: 'counts', role: 'status' });
  private readonly progress = element('p');
  private readonly told = element('p', { class: 'told', role: 'status' });
  readonly element: HTMLElement;

  constructor(handlers: ToolbarHandlers) {
    this.filter.addEventListener('input', () => handlers.onFilter(this.filter.value));
    for (const { state, button: each, text } of this.stateButtons) {
      each.append(stateIcon(state), text);
      each.dataset['state'] = state;
      each.addEventListener('click', () => handlers.onState(state));
    }
    onPress(this.check, () => handlers.onCheck('cached'));
    onPress(this.verify, () => handlers.onCheck('verified'));
    onPress(this.cancel, handlers.onCancel);
    onPress(this.change, handlers.onChangeInstance);
    onPress(this.copy, () => handlers.onExport('copy', this.formatChosen));
    onPress(this.save, () => handlers.onExport('save', this.formatChosen));
    this.states.append(...this.stateButtons.map(({ button: each }) => each));
    this.format.append(...this.options.map(({ option }) => option));
    this.actions.append(
      this.scope,
      this.check,
      this.verify,
      this.cancel,
      this.change,
      this.format,
      this.copy,
      this.save,
    );
    const filters = element('div', { class: 'filters' }, this.filter, this.states);
    const says = element('div', { class: 'says' }, this.counts, this.progress, this.told);
    this.element = element('header', {}, this.title, this.note, filters, this.actions, says);
  }

  focusFilter(): void {
    this.filter.select();
  }

  /** Says what has happened, until the next thing does. */
  tell(text: string): void {
    setText(this.told, text);
  }

  draw(drawn: DrawnToolbar): void {
    const { words, title, note, view } = drawn;
    setText(this.title, title);
    setText(this.note, note);
    this.note.hidden = note === '';
    if (this.filter.value !== view.text) this.filter.value = view.text;
    setAttribute(this.filter, 'placeholder', words.say('filter'));
    setAttribute(this.filter, 'aria-label', words.say('filter'));
    this.drawStates(drawn);
    this.drawActions(drawn);
  }

  private get formatChosen(): ExportFormat {
    return EXPORT_FORMATS.find((format) => format === this.format.value) ?? 'text';
  }

  private drawStates({ words, view, counts, shown }: DrawnToolbar): void {
    setAttribute(this.states, 'aria-label', words.say('filterStates'));
    for (const { state, button: each, text } of this.stateButtons) {
      setText(text, `${words.say(state)} ${words.count(counts[state])}`);
      setAttribute(each, 'aria-pressed', String(view.states.includes(state)));
      each.hidden = counts[state] === 0 && !view.states.includes(state) && document.activeElement !== each;
    }
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    setText(this.counts, shown === all ? words.say('counts', all) : words.say('countsFiltered', shown, all));
  }

  private drawActions({ words, scope, isRunning, waiting, canChangeInstance }: DrawnToolbar): void {
    setAttribute(this.actions, 'aria-label', words.say('actions'));
    setText(this.scope, words.say(scope.isSelection ? 'scopeSelected' : 'scopeAll', scope.count));
    setText(this.check, words.say('checkAgain', words.calls(scope.calls)));
    setText(this.verify, words.say('verify', words.calls(scope.count)));
    setText(this.cancel, words.say('cancel'));
    setText(this.progress, isRunning ? words.say('progress', waiting) : '');
    setText(this.change, words.say('changeInstance'));
    setText(this.copy, words.say('copy'));
    setText(this.save, words.say('save'));
    setAttribute(this.format, 'aria-label', words.say('format'));
    for (const { format, option } of this.options) setText(option, words.say(format));
    if (!isRunning && document.activeElement === this.cancel) this.check.focus();
    this.cancel.hidden = !isRunning;
    this.change.hidden = !canChangeInstance;
    for (const each of [this.check, this.verify, this.change]) setUsable(each, !isRunning && scope.count > 0);
    for (const each of [this.copy, this.save]) setUsable(each, scope.count > 0);
  }
}
