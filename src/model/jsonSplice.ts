import { createScanner, getNodeValue, type Node } from 'jsonc-parser';

interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Adds values at the end of an array in a JSON text with comments; all else stays as it was, to the character. */
export function appendToArray(text: string, array: Node, values: readonly unknown[]): string {
  if (values.length === 0) return text;
  const children = array.children ?? [];
  const last = children.at(-1);
  const close = array.offset + array.length - 1;
  const outer = indentOfLine(text, array.offset);
  const inner = outer + '  ';
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const body = values.map((value) => `\n${inner}${indented(value, inner)}`).join(',');
  const contentEnd = text.slice(0, close).trimEnd().length;
  const splices: Splice[] = [
    { offset: contentEnd, length: close - contentEnd, text: `${body}\n${outer}`.replaceAll('\n', lineEnd) },
  ];
  if (last !== undefined && commaAfter(text, last, close) === undefined) {
    splices.push({ offset: last.offset + last.length, length: 0, text: ',' });
  }
  return splice(text, splices);
}

/** Takes the chosen values out of an array in a JSON text; comments beside them stay. */
export function removeFromArray(text: string, array: Node, isChosen: (value: unknown) => boolean): string {
  const children = array.children ?? [];
  const close = array.offset + array.length - 1;
  const chosen = children.map((child) => isChosen(getNodeValue(child)));
  const lastKept = chosen.lastIndexOf(false);
  const splices = children.flatMap((child, at): Splice[] => {
    const comma = commaAfter(text, child, children[at + 1]?.offset ?? close);
    if (chosen[at] === true) return removal(text, child, comma);
    const isTrailing = at === lastKept && at < children.length - 1 && comma !== undefined;
    return isTrailing ? [{ offset: comma, length: 1, text: '' }] : [];
  });
  return splice(text, splices);
}

function removal(text: string, child: Node, comma: number | undefined): Splice[] {
  const end = child.offset + child.length;
  const isCommaNext = comma !== undefined && text.slice(end, comma).trim() === '';
  const own = wholeLine(text, child.offset, isCommaNext ? comma + 1 : end);
  return comma === undefined || isCommaNext ? [own] : [own, { offset: comma, length: 1, text: '' }];
}

/** Widens a range over its line where nothing else stands on it, else over one neighbouring blank. */
function wholeLine(text: string, start: number, end: number): Splice {
  const lineStart = text.lastIndexOf('\n', start - 1);
  const lineEnd = text.slice(end).search(/\r?\n|$/) + end;
  const isAlone = text.slice(lineStart + 1, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  if (isAlone && lineStart >= 0) {
    const from = text[lineStart - 1] === '\r' ? lineStart - 1 : lineStart;
    return { offset: from, length: lineEnd - from, text: '' };
  }
  const blank = text[end] === ' ' ? 1 : 0;
  return { offset: start, length: end + blank - start, text: '' };
}

function commaAfter(text: string, child: Node, limit: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(child.offset + child.length);
  while (scanner.getPosition() < limit) {
    scanner.scan();
    if (text[scanner.getTokenOffset()] === ',') return scanner.getTokenOffset();
  }
  return undefined;
}

function indentOfLine(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
}

function splice(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((a, b) => b.offset - a.offset)
    .reduce((done, { offset, length, text: put }) => done.slice(0, offset) + put + done.slice(offset + length), text);
}
