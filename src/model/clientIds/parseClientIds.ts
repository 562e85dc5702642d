import Papa from 'papaparse';
import { clientIdProblem, expandClientId, hasOddSeparator, type ClientIdProblem } from './clientId';

export interface ParsedClientIds {
  /** Valid IDs, each once, in the order of the paste. */
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly text: string; readonly problem: ClientIdProblem }[];
  /** How many stood in the paste more than once. */
  readonly duplicates: number;
  /** How many were there before. */
  readonly alreadyKnown: number;
  /** How many bare device IDs were completed with the group ID. */
  readonly completed: number;
  /** Accepted, but with a separator other than `@@@`. */
  readonly oddSeparators: readonly string[];
}

export interface ParseContext {
  readonly groupId?: string | undefined;
  readonly known?: ReadonlySet<string>;
}

/** Reads client IDs from a paste of any shape: lines, commas, a JSON array or a column of a CSV with a header. */
export function parseClientIds(text: string, context: ParseContext = {}): ParsedClientIds {
  return sortOut(split(text), context);
}

/** Sorts IDs that are already apart, by the same rules as a paste. */
export function sortOut(texts: readonly string[], { groupId, known }: ParseContext = {}): ParsedClientIds {
  const seen = new Set<string>();
  const accepted: string[] = [];
  const refused: { text: string; problem: ClientIdProblem }[] = [];
  const counts = { duplicates: 0, alreadyKnown: 0, completed: 0 };
  for (const text of texts.map((raw) => raw.trim())) {
    const clientId = expandClientId(text, groupId);
    const problem = clientIdProblem(clientId);
    if (seen.has(clientId)) counts.duplicates++;
    else if (problem !== undefined) refused.push({ text, problem });
    else if (known?.has(clientId) === true) counts.alreadyKnown++;
    else {
      accepted.push(clientId);
      if (clientId !== text) counts.completed++;
    }
    seen.add(clientId);
  }
  return { accepted, refused, ...counts, oddSeparators: accepted.filter(hasOddSeparator) };
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** True for a name that a column or a field of client IDs goes by. */
export function isIdColumn(name: string): boolean {
  return /^(mqtt[ _-]?)?client[ _-]?ids?$/i.test(name);
}

function split(text: string): string[] {
  const trimmed = text.replace(BYTE_ORDER_MARK, '').trim();
  return fromJson(trimmed) ?? fromCsv(trimmed) ?? splitList(trimmed);
}

function fromJson(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(idOfJson) : undefined;
  } catch {
    return undefined;
  }
}

function idOfJson(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const entry = Object.entries(value ?? {}).find(([key]) => isIdColumn(key));
  return typeof entry?.[1] === 'string' ? entry[1] : JSON.stringify(value);
}

function fromCsv(text: string): string[] | undefined {
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true,
    transformHeader: (header) => header.trim(),
  });
  const column = meta.fields?.find(isIdColumn);
  return column === undefined ? undefined : data.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
}

/** The words of a list: apart by blanks, commas or line breaks, without their quotes. */
export function splitList(text: string): string[] {
  return text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^(["'`])(.*)\1$/, '$2'))
    .filter((part) => part !== '');
}
