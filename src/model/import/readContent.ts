import Papa from 'papaparse';
import { clientIdProblem } from '../clientIds/clientId';
import { isIdColumn, splitList } from '../clientIds/parseClientIds';
import type { Inventory } from '../inventory/inventory';
import { parseInventory, withoutByteOrderMark } from '../inventory/parseInventory';
import { unguardedCell } from '../csv';
import { likelyColumn, type Table, tableOfObjects, tableOfRows } from './table';

/** One import takes so many clients, rows or lines at most. */
export const MOST_IMPORTED = 100_000;

/** What a file to import holds. */
export type Content =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'list'; readonly texts: readonly string[] }
  | { readonly kind: 'inventory'; readonly inventory: Inventory }
  /** Client IDs have to be looked for in it, as in a log. */
  | { readonly kind: 'text' }
  | { readonly kind: 'refused'; readonly why: 'empty' | 'tooMany' };

/** Reads what a file holds; its name tells whether it is meant as a table. */
export function readContent(raw: string, fileName: string): Content {
  const text = withoutByteOrderMark(raw);
  if (text.trim() === '') return { kind: 'refused', why: 'empty' };
  return ofJson(text) ?? ofTable(text, /\.(csv|tsv)$/i.test(fileName)) ?? ofList(text) ?? { kind: 'text' };
}

function ofJson(text: string): Content | undefined {
  if (!/^\s*[[{/]/.test(text)) return undefined;
  return ofInventory(text) ?? ofValue(parseJson(text));
}

function ofInventory(text: string): Content | undefined {
  if (!/"instances"\s*:/.test(text)) return undefined;
  const parsed = parseInventory(text);
  if (parsed.kind === 'broken') return undefined;
  const { inventory } = parsed;
  if (inventory.instances.length === 0) return { kind: 'refused', why: 'empty' };
  return limited(countClients(inventory), { kind: 'inventory', inventory });
}

function countClients({ instances }: Inventory): number {
  return instances.flatMap(({ groups }) => groups).reduce((sum, { clientIds }) => sum + clientIds.length, 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** An array of texts or of objects; also as the only array that an object holds, as services answer. */
function ofValue(value: unknown): Content | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const [only, ...others] = Object.values(value).filter(Array.isArray);
    return others.length === 0 ? ofValue(only) : undefined;
  }
  const items: readonly unknown[] = value;
  if (items.length === 0) return { kind: 'refused', why: 'empty' };
  if (items.every((item) => typeof item === 'string' || typeof item === 'number'))
    return limited(items.length, { kind: 'list', texts: items.map(String) });
  if (!items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))) return undefined;
  if (items.length > MOST_IMPORTED) return { kind: 'refused', why: 'tooMany' };
  return { kind: 'table', table: tableOfObjects(items as object[]) };
}

/** Commas, semicolons, tabs and bars are guessed at; a file of another name is a table only where it is plainly one. */
function ofTable(text: string, isNamedSo: boolean): Content | undefined {
  if (!isNamedSo && !isPlainlyTable(text)) return undefined;
  const { data, meta } = parseCsv(text, MOST_IMPORTED + 2);
  const rows = data.map((row) => row.map(unguardedCell));
  const table = tableOfRows(rows);
  return limited(meta.truncated ? Infinity : table.rowCount, { kind: 'table', table });
}

function isPlainlyTable(text: string): boolean {
  const { data } = parseCsv(text, 100);
  const [first = []] = data;
  if (first.some((cell) => isIdColumn(cell.trim()))) return true;
  const isEven = data.length > 1 && first.length > 1 && data.every(({ length }) => length === first.length);
  return isEven && likelyColumn(tableOfRows(data)) !== undefined;
}

function parseCsv(text: string, preview: number): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, {
    preview,
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t', '|'],
  });
}

/** Words alone, apart by commas or line breaks. A sentence has blanks, code has lines of brackets. */
function ofList(text: string): Content | undefined {
  if (/^\s*[[{]/.test(text)) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  if (!lines.every(isLineOfList)) return undefined;
  const texts = splitList(text);
  return limited(texts.length, { kind: 'list', texts });
}

function isLineOfList(line: string): boolean {
  return line
    .split(/[,;\t]/)
    .map((part) => part.trim().replace(/^(["'`])(.*)\1$/, '$2'))
    .every((part) => part === '' || (clientIdProblem(part) !== 'notPrintableAscii' && /[A-Za-z0-9]/.test(part)));
}

function limited(count: number, content: Content): Content {
  return count > MOST_IMPORTED ? { kind: 'refused', why: 'tooMany' } : content;
}
