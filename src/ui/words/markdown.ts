import type { MarkdownString } from 'vscode';

/**
 * Appends text of whatever kind as it is: every mark of Markdown escaped (CommonMark 2.4), line breaks as blanks. VS
 * Code's own `appendText` makes each blank unbreakable, so that long sentences break in the middle of a word.
 */
export function appendPlain(markdown: MarkdownString, text: string): MarkdownString {
  return markdown.appendMarkdown(text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&'));
}

/** Appends a paragraph: a name in bold, and what is to be said of it. */
export function appendLine(markdown: MarkdownString, name: string, text: string): void {
  appendPlain(appendPlain(markdown.appendMarkdown('**'), name).appendMarkdown('** '), text).appendMarkdown('\n\n');
}

/** The longest foreign text that is worth its place in a document. */
const MOST_CODE = 200;

/**
 * Text of whatever kind between backticks, as it is: no mark in it means anything there (CommonMark 6.1), and what would
 * break the line, steer a terminal or turn the direction of writing is shown as what it is not.
 */
export function codeText(text: string): string {
  const cut = text.length > MOST_CODE ? `${text.slice(0, MOST_CODE)}…` : text;
  const short = cut.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
  const longest = (short.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  const fence = '`'.repeat(longest + 1);
  // A blank at each end is taken away; nothing at all would leave the backticks themselves.
  const inner = short === '' || /^[` ]|[` ]$/.test(short) ? ` ${short} ` : short;
  return `${fence}${inner}${fence}`;
}
