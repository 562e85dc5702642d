import Papa from 'papaparse';

/** A cell that begins so is a formula to a spreadsheet, also in the wide characters of Chinese and Japanese. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell that a spreadsheet would run is written with an apostrophe before it, which shows it as it is. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The cell as it was before it was guarded. */
export function unguardedCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** A CSV as RFC 4180 has it, every cell guarded. */
export function csvText(fields: readonly string[], rows: readonly (readonly string[])[]): string {
  const data = rows.map((row) => row.map(guardedCell));
  return `${Papa.unparse({ fields: [...fields], data }, { newline: '\r\n' })}\r\n`;
}
