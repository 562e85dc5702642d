import type { Inventory } from '../inventory/inventory';
import { type Content, readContent } from './readContent';
import { filledOf, likelyColumn } from './table';
import { textOfBytes } from '../clientIds/textOfBytes';

/** What there is to choose from in a file, without its rows. */
export type Overview =
  | {
      readonly kind: 'table';
      readonly columns: readonly ColumnOverview[];
      /** The place of the column that reads like client IDs; undefined where none does. */
      readonly likely: number | undefined;
      readonly rowCount: number;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'inventory'; readonly inventory: Inventory }
  | { readonly kind: 'text' }
  | { readonly kind: 'refused'; readonly why: 'binary' | 'empty' | 'tooMany' };

export interface ColumnOverview {
  readonly name: string | undefined;
  readonly samples: readonly string[];
}

const SAMPLES = 3;
const SAMPLE_CHARACTERS = 80;

/** A file once it is read: what to choose from, then the texts of what was chosen. */
export class ReadFile {
  private constructor(
    /** All of it, for a table that is looked through as a text after all. */
    readonly text: string,
    private readonly content: Content | { readonly kind: 'refused'; readonly why: 'binary' },
  ) {}

  static of(bytes: Uint8Array, fileName: string): ReadFile {
    const text = textOfBytes(bytes);
    return text === undefined
      ? new ReadFile('', { kind: 'refused', why: 'binary' })
      : new ReadFile(text, readContent(text, fileName));
  }

  get overview(): Overview {
    const { content } = this;
    switch (content.kind) {
      case 'table': {
        const { columns, rowCount } = content.table;
        return {
          kind: 'table',
          columns: columns.map(({ name, cells }) => ({ name, samples: filledOf(cells, SAMPLES).map(shortened) })),
          likely: likelyColumn(content.table),
          rowCount,
        };
      }
      case 'list':
        return { kind: 'list' };
      case 'inventory':
      case 'text':
      case 'refused':
        return content;
    }
  }

  /** The texts of a list, or of one column of a table. */
  texts(column: number | undefined): readonly string[] {
    const { content } = this;
    if (content.kind === 'list') return content.texts;
    if (content.kind !== 'table' || column === undefined) return [];
    return (content.table.columns[column]?.cells ?? []).filter((cell) => cell.trim() !== '');
  }
}

function shortened(cell: string): string {
  return cell.length > SAMPLE_CHARACTERS ? `${cell.slice(0, SAMPLE_CHARACTERS).toWellFormed()}…` : cell;
}
