import * as vscode from 'vscode';
import { withoutIcons } from '../tell';
import type { ListFailure } from '../words/listWords';
import { type PickItem, show, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

/** A list that the service is asked for, once a person chooses so. */
interface ListOffer<T> {
  /** Says what is asked and what it costs. */
  readonly item: Pick<PickItem<T>, 'label' | 'description' | 'detail'>;
  readonly ask: (signal: AbortSignal) => Promise<readonly PickItem<T | undefined>[]>;
  /** The words for a list that did not come. */
  readonly failure: (error: unknown) => ListFailure;
}

export interface ListingQuestion<T> extends StepPlace {
  readonly title: string;
  readonly placeholder: string;
  /** What stands in the box at first, as if it had been typed. */
  readonly typed?: string;
  /** Makes an item of what was typed; one without a value says why it will not do. */
  readonly itemOfText: (text: string) => PickItem<T | undefined>;
  readonly offer?: ListOffer<T> | undefined;
  /** The list as it came before, so that nobody asks twice by going back. */
  readonly known?: readonly PickItem<T | undefined>[] | undefined;
  /** True where several of the list may be ticked. */
  readonly takesSeveral?: boolean;
}

type Listing<T> =
  | { readonly kind: 'offered' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly failure: ListFailure }
  | { readonly kind: 'listed'; readonly rows: readonly PickItem<T | undefined>[] };

type Row<T> = PickItem<{ readonly kind: 'value'; readonly value: T } | { readonly kind: 'list' } | undefined>;

/** Asks for what may be typed at any moment, or chosen from a list that nobody but the person asks the service for. */
export function askListed<T>(question: ListingQuestion<T>): Promise<StepResult<readonly T[]>> {
  return new ListingPick(question).ask();
}

class ListingPick<T> {
  private readonly box = vscode.window.createQuickPick<Row<T>>();
  private readonly abort = new AbortController();
  private listing: Listing<T> = { kind: 'offered' };
  /** What comes from the list, kept as it is: ticks hold on to it. */
  private rows: readonly Row<T>[] = [];

  constructor(private readonly question: ListingQuestion<T>) {
    const { title, placeholder, typed: value = '', known } = question;
    Object.assign(this.box, { title, placeholder, value, matchOnDescription: true, matchOnDetail: true });
    this.box.onDidChangeValue(() => this.draw());
    this.box.onDidChangeSelection((rows) => this.untick(rows));
    this.set(known === undefined ? { kind: 'offered' } : { kind: 'listed', rows: known });
  }

  async ask(): Promise<StepResult<readonly T[]>> {
    try {
      return await show(this.box, this.question, () => this.accept());
    } finally {
      this.abort.abort();
    }
  }

  private accept(): readonly T[] | undefined {
    const { selectedItems, activeItems, value } = this.box;
    const [first] = [...selectedItems, ...activeItems];
    // Enter can come before the row of what was typed is on the list.
    const chosen = selectedItems.length > 0 ? selectedItems : [first ?? this.typedRow(value)];
    if (chosen[0]?.value?.kind === 'list') {
      void this.list();
      return undefined;
    }
    const values = chosen.flatMap((row) => (row?.value?.kind === 'value' ? [row.value.value] : []));
    return values.length === 0 ? undefined : values;
  }

  private async list(): Promise<void> {
    const { offer } = this.question;
    if (offer === undefined || this.listing.kind === 'asking') return;
    const typed = this.box.value;
    this.set({ kind: 'asking' });
    try {
      const rows = await offer.ask(this.abort.signal);
      // What stood there before would hide the rows.
      if (this.box.value === typed) this.box.value = '';
      this.set({ kind: 'listed', rows });
    } catch (error) {
      this.set({ kind: 'failed', failure: offer.failure(error) });
    }
  }

  private set(listing: Listing<T>): void {
    if (this.abort.signal.aborted) return;
    this.listing = listing;
    this.rows = this.rowsOf(listing);
    const { box, question } = this;
    box.busy = listing.kind === 'asking';
    box.canSelectMany = listing.kind === 'listed' && listing.rows.length > 0 && question.takesSeveral === true;
    this.draw();
  }

  /** Rows that are new would lose their ticks. */
  private draw(): void {
    const ticked = this.box.canSelectMany ? this.box.selectedItems : [];
    const typed = this.typedRow(this.box.value);
    this.box.items = typed === undefined ? this.rows : [typed, ...this.rows];
    if (ticked.length > 0) this.box.selectedItems = ticked.filter((row) => this.rows.includes(row));
  }

  private typedRow(text: string): Row<T> | undefined {
    return text.trim() === '' ? undefined : { ...rowOf(this.question.itemOfText(text.trim())), alwaysShow: true };
  }

  private rowsOf(listing: Listing<T>): Row<T>[] {
    const { offer } = this.question;
    const again: Row<T>[] = offer === undefined ? [] : [{ ...offer.item, alwaysShow: true, value: { kind: 'list' } }];
    switch (listing.kind) {
      case 'offered':
        return again;
      case 'asking':
        return [said(t('$(sync~spin) The list is on its way; Esc cancels, and typing goes on.'))];
      case 'failed':
        return [failed(listing.failure), ...again];
      case 'listed':
        return listing.rows.length === 0 ? [said(t('The list is empty.'))] : listing.rows.map(rowOf);
    }
  }

  /** A row that cannot be chosen takes no tick. */
  private untick(rows: readonly Row<T>[]): void {
    if (!this.box.canSelectMany) return;
    const ticked = rows.filter(({ value }) => value !== undefined);
    if (ticked.length < rows.length) this.box.selectedItems = ticked;
  }
}

function rowOf<T>({ value, ...item }: PickItem<T | undefined>): Row<T> {
  return { ...item, value: value === undefined ? undefined : { kind: 'value', value } };
}

/** A row that says something and cannot be chosen. */
function said<T>(label: string): Row<T> {
  return { label, alwaysShow: true, value: undefined };
}

function failed<T>({ what, fix }: ListFailure): Row<T> {
  const row: Row<T> = said(t('$(error) {0}', withoutIcons(what)));
  return fix === undefined ? row : { ...row, detail: withoutIcons(fix) };
}
