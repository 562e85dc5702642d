import { csvText } from '../csv';
import type { ExportFormat } from './resultsProtocol';
import { checkedAtOf, type ResultRow, stateOf } from './resultRow';

/** The columns of every format but `text`, which has the client IDs alone. */
export const EXPORT_COLUMNS = [
  'clientId',
  'instance',
  'instanceId',
  'status',
  'verified',
  'checkedAt',
  'ageSeconds',
  'error',
] as const;

/** One row as it is written; what is not known is left out. */
interface ExportedResult {
  readonly clientId: string;
  readonly instance: string;
  readonly instanceId: string;
  readonly status: string;
  readonly verified?: boolean;
  /** ISO 8601. */
  readonly checkedAt?: string;
  readonly ageSeconds?: number;
  readonly error?: string;
}

/** Writes rows in the order given, as of a moment. */
export function exportResults(rows: readonly ResultRow[], format: ExportFormat, now: number): string {
  switch (format) {
    case 'text':
      return rows.map(({ clientId }) => `${clientId}\n`).join('');
    case 'csv':
      return csvOf(rows.map((row) => exportedResult(row, now)));
    case 'markdown':
      return markdownOf(rows.map((row) => exportedResult(row, now)));
    case 'json':
      return `${JSON.stringify(
        rows.map((row) => exportedResult(row, now)),
        undefined,
        2,
      )}\n`;
  }
}

/** A failed check says neither online nor offline, so what was known before it is not written either. */
export function exportedResult(row: ResultRow, now: number): ExportedResult {
  const { clientId, instance, instanceId, answer, failure } = row;
  const at = checkedAtOf(row);
  return {
    clientId,
    instance,
    instanceId,
    status: stateOf(row),
    ...(answer === undefined || failure !== undefined ? {} : { verified: answer.isVerified }),
    ...(at === undefined
      ? {}
      : { checkedAt: new Date(at).toISOString(), ageSeconds: Math.max(0, Math.round((now - at) / 1000)) }),
    ...(failure === undefined ? {} : { error: failure.text }),
  };
}

function csvOf(results: readonly ExportedResult[]): string {
  return csvText(
    EXPORT_COLUMNS,
    results.map((result) => EXPORT_COLUMNS.map((column) => String(result[column] ?? ''))),
  );
}

function markdownOf(results: readonly ExportedResult[]): string {
  const lines = results.map((result) => EXPORT_COLUMNS.map((column) => markdownCell(column, result[column])));
  return [EXPORT_COLUMNS, EXPORT_COLUMNS.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** IDs are code, so that no `@@@` mentions anybody and no `_` makes anything slanted; other text is escaped. */
function markdownCell(column: (typeof EXPORT_COLUMNS)[number], value: string | number | boolean = ''): string {
  const text = String(value).replace(/\s+/g, ' ');
  const cell =
    column === 'clientId' || column === 'instanceId' ? codeOf(text) : text.replace(/[\\`*_~[\]<>&@#!]/g, '\\$&');
  return cell.replaceAll('|', '\\|');
}

/** Fenced by one backtick more than the longest row of them inside. */
function codeOf(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}
