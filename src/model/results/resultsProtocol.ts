import type { ResultRow } from './resultRow';

/** As client IDs alone, or with all that is known. */
export const EXPORT_FORMATS = ['text', 'csv', 'markdown', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The words of the table, in the user's language; a count stands in each at {0}, {1}. */
export const WORD_KEYS = [
  'clientId',
  'instance',
  'status',
  'checked',
  'source',
  'error',
  'online',
  'offline',
  'unknown',
  'failed',
  'notChecked',
  'checking',
  'was',
  'justNow',
  'stale',
  'verified',
  'cached',
  'filter',
  'filterStates',
  'counts',
  'countsFiltered',
  'scopeAll',
  'scopeSelected',
  'checkAgain',
  'verify',
  'oneCall',
  'calls',
  'cancel',
  'progress',
  'ended',
  'copy',
  'save',
  'format',
  'text',
  'csv',
  'markdown',
  'json',
  'changeInstance',
  'shown',
  'showMore',
  'noneShown',
  'sortedUp',
  'sortedDown',
  'table',
  'actions',
] as const;
export type Words = Readonly<Record<(typeof WORD_KEYS)[number], string>>;

/** What the table is told when it opens, and when it is to show another check. */
export interface ShownCheck {
  /** Differs for each check, so that a filter of the last one hides nothing of the next. */
  readonly checkId: number;
  readonly title: string;
  /** What was left out, and why; empty where nothing was. */
  readonly note: string;
  /** A tag of BCP 47, for numbers, ages and the order of names. */
  readonly language: string;
  readonly words: Words;
  readonly clientsPerCall: number;
  readonly staleAfterSeconds: number;
  /** True where there is another instance that could be asked. */
  readonly canChangeInstance: boolean;
  readonly isRunning: boolean;
  readonly rows: readonly ResultRow[];
}

export type ToPage =
  | { readonly kind: 'show'; readonly check: ShownCheck }
  | { readonly kind: 'rows'; readonly checkId: number; readonly rows: readonly ResultRow[] }
  | { readonly kind: 'running'; readonly isRunning: boolean }
  | { readonly kind: 'tell'; readonly text: string };

/** Keys are of the rows meant, in the order shown. */
export type FromPage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'check';
      readonly checkId: number;
      readonly freshness: 'cached' | 'verified';
      readonly keys: readonly number[];
    }
  | {
      readonly kind: 'copy' | 'save';
      readonly checkId: number;
      readonly format: ExportFormat;
      readonly keys: readonly number[];
    }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'changeInstance' };
