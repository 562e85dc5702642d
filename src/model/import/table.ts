import { findClientIds } from '../clientIds/findClientIds';
import { clientIdProblem } from '../clientIds/clientId';
import { isIdColumn } from '../clientIds/parseClientIds';

/** Rows of equal meaning, as a CSV or an array of JSON objects has them. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
}

interface Column {
  /** As the header or the key has it; undefined in a table without a header. */
  readonly name: string | undefined;
  /** One for each row; empty where a row has none. */
  readonly cells: readonly string[];
}

/** So many rows tell what a column holds. */
const SAMPLE_ROWS = 100;

/** Makes a table of the rows of a CSV; the first row is its header where it reads like one. */
export function tableOfRows(rows: readonly (readonly string[])[]): Table {
  const [first = []] = rows;
  const hasHeader = isHeader(rows);
  const body = hasHeader ? rows.slice(1) : rows;
  const width = rows.slice(0, SAMPLE_ROWS).reduce((most, { length }) => Math.max(most, length), 0);
  const columns = Array.from({ length: width }, (_, at): Column => {
    const name = hasHeader ? first[at]?.trim() : undefined;
    return { name: name === '' ? undefined : name, cells: body.map((row) => row[at] ?? '') };
  });
  return { columns, rowCount: body.length };
}

/** Makes a table of objects; a column for each key whose values are texts or numbers. */
export function tableOfObjects(objects: readonly object[]): Table {
  const entries = objects.map((object) => new Map(Object.entries(object)));
  const names = new Set(entries.slice(0, SAMPLE_ROWS).flatMap((entry) => [...entry.keys()]));
  const columns = [...names].map((name) => ({ name, cells: entries.map((entry) => cellOf(entry.get(name))) }));
  return { columns: columns.filter(({ cells }) => cells.some((cell) => cell !== '')), rowCount: objects.length };
}

function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Which column holds the client IDs: the one named so, else the one that reads like them; undefined where none does. */
export function likelyColumn({ columns }: Table): number | undefined {
  const scores = columns.map(({ name, cells }): number => {
    const sample = filledOf(cells);
    if (sample.length === 0) return 0;
    if (name !== undefined && isIdColumn(name)) return 3;
    if (shareOf(sample, readsLikeId) >= 0.5) return 2;
    const isNamedAlike = name !== undefined && /client|device|设备|客户端/i.test(name);
    return isNamedAlike && shareOf(sample, (cell) => clientIdProblem(cell.trim()) === undefined) >= 0.5 ? 1 : 0;
  });
  const best = Math.max(0, ...scores);
  return best === 0 ? undefined : scores.indexOf(best);
}

/** The first cells of a column that hold anything. */
export function filledOf(cells: readonly string[], most = SAMPLE_ROWS): string[] {
  const filled: string[] = [];
  for (const cell of cells) {
    if (filled.length === most) break;
    if (cell.trim() !== '') filled.push(cell);
  }
  return filled;
}

/** True for a text that is one client ID of the documented form. */
function readsLikeId(text: string): boolean {
  const trimmed = text.trim();
  return findClientIds(trimmed).some(({ start, end }) => start === 0 && end === trimmed.length);
}

/**
 * A header names the client IDs, or it differs from what stands below: words without digits over cells with digits, and
 * no client ID among them.
 */
function isHeader([first = [], ...rows]: readonly (readonly string[])[]): boolean {
  if (first.some((cell) => isIdColumn(cell.trim()))) return true;
  const isWords = new Set(first).size === first.length && first.every((cell) => /^\D*\S\D*$/.test(cell));
  const sample = rows.slice(0, SAMPLE_ROWS);
  return (
    isWords &&
    !first.some(readsLikeId) &&
    first.some((_, at) => sample.length > 0 && shareOf(sample, (row) => /\d/.test(row[at] ?? '')) >= 0.5)
  );
}

function shareOf<T>(sample: readonly T[], holds: (item: T) => boolean): number {
  return sample.filter(holds).length / sample.length;
}
