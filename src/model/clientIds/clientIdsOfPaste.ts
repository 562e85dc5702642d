import Papa from 'papaparse';
import { clientIdProblem } from './clientId';
import { isIdColumn, type ParsedClientIds, parseClientIds } from './parseClientIds';

/** Reads a paste that is nothing but client IDs; undefined for a text that they have to be looked for in. */
export function clientIdsOfPaste(text: string): ParsedClientIds | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  return isJson(trimmed) || isCsv(trimmed) || isList(trimmed) ? parseClientIds(trimmed) : undefined;
}

/** An array of IDs, or of objects that each name one. */
function isJson(text: string): boolean {
  if (!text.startsWith('[')) return false;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every(holdsId);
  } catch {
    return false;
  }
}

function holdsId(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).some(isIdColumn);
}

function isCsv(text: string): boolean {
  const [header = []] = Papa.parse<string[]>(text, { preview: 1 }).data;
  return header.some((name) => isIdColumn(name.trim()));
}

/** Words alone, apart by commas or line breaks. A sentence has blanks, code has lines of brackets. */
function isList(text: string): boolean {
  return text !== '' && text.split(/[,;\n]/).every((part) => isWord(part.trim().replace(/^(["'`])(.*)\1$/, '$2')));
}

function isWord(part: string): boolean {
  return part === '' || (clientIdProblem(part) !== 'notPrintableAscii' && /[A-Za-z0-9]/.test(part));
}
