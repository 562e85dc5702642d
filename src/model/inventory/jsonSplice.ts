import {
  applyEdits,
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser';

interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Sets one value in a JSON text with comments, or takes its key out where the value is undefined. */
export function setValue(text: string, path: JSONPath, value: unknown): string {
  if (value === undefined) return removeKey(text, path);
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}

/** The part of a JSON text at a path; undefined where there is none. */
export function nodeAt(text: string, path: JSONPath): Node | undefined {
  return nodesAt(text, [path])[0];
}

/** The parts of a JSON text at some paths, for which it is read once. */
export function nodesAt(text: string, paths: readonly JSONPath[]): (Node | undefined)[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return paths.map((path) => (root === undefined ? undefined : findNodeAtLocation(root, path)));
}

/**
 * Changes the value at a path as a text of its own. Many changes within it cost its own length each, not the
 * document's, and are indented as they stand.
 */
export function changeAt(text: string, path: JSONPath, change: (part: string) => string): string {
  const node = nodeAt(text, path);
  if (node === undefined) return text;
  const indent = indentOfLine(text, node.offset);
  const end = node.offset + node.length;
  const part = change(indent + text.slice(node.offset, end)).slice(indent.length);
  return text.slice(0, node.offset) + part + text.slice(end);
}

/** Changes the values of some keys of an object, each as a text of its own; the object is read once. */
export function changeMembers(
  text: string,
  isChosen: (key: unknown) => boolean,
  change: (part: string) => string,
): string {
  const splices = (nodeAt(text, [])?.children ?? []).flatMap(({ children = [] }): Splice[] => {
    const [key, value] = children;
    if (value === undefined || !isChosen(key?.value)) return [];
    const { offset, length } = value;
    const indent = indentOfLine(text, offset);
    const part = change(indent + text.slice(offset, offset + length)).slice(indent.length);
    return [{ offset, length, text: part }];
  });
  return splice(text, splices);
}

/** Takes keys out of an object by the key and the text of its value; comments beside them stay. */
export function removeMembers(text: string, isChosen: (key: unknown, value: string) => boolean): string {
  const object = nodeAt(text, []);
  if (object === undefined) return text;
  return removeChildren(text, object, ({ children: [key, value] = [] }) => {
    const { offset, length } = value ?? { offset: 0, length: 0 };
    return isChosen(key?.value, text.slice(offset, offset + length));
  });
}

/** Adds values at the end of an array in a JSON text with comments; all else stays as it was, to the character. */
export function appendToArray(text: string, array: Node, values: readonly unknown[]): string {
  return appendAll(text, [{ parent: array, values }]);
}

/** What to add to an array, or to an object that has none of these keys. */
export type Addition = { readonly parent: Node } & (
  { readonly values: readonly unknown[] } | { readonly entries: readonly (readonly [string, unknown])[] }
);

/** Adds to several arrays and objects, none of which lies in another; the text is written once. */
export function appendAll(text: string, additions: readonly Addition[]): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return splice(
    text,
    additions.flatMap((addition) => additionTo(text, addition, lineEnd)),
  );
}

function additionTo(text: string, addition: Addition, lineEnd: string): Splice[] {
  const { parent } = addition;
  const outer = indentOfLine(text, parent.offset);
  const inner = outer + '  ';
  const added =
    'values' in addition
      ? addition.values.map((value) => indented(value, inner))
      : addition.entries.map(([key, value]) => `${JSON.stringify(key)}: ${indented(value, inner)}`);
  if (added.length === 0) return [];
  const last = parent.children?.at(-1);
  const close = parent.offset + parent.length - 1;
  const body = added.map((child) => `\n${inner}${child}`).join(',');
  const contentEnd = text.slice(0, close).trimEnd().length;
  const isCommaMissing = last !== undefined && commaAfter(text, last, close) === undefined;
  return [
    ...(isCommaMissing ? [{ offset: last.offset + last.length, length: 0, text: ',' }] : []),
    { offset: contentEnd, length: close - contentEnd, text: `${body}\n${outer}`.replaceAll('\n', lineEnd) },
  ];
}

/** Takes the chosen values out of an array in a JSON text; comments beside them stay. */
export function removeFromArray(text: string, array: Node, isChosen: (value: unknown) => boolean): string {
  return removeChildren(text, array, (child) => isChosen(getNodeValue(child)));
}

/** jsonc-parser's own removal takes the comments along that stand before the key. */
function removeKey(text: string, path: JSONPath): string {
  const object = nodeAt(text, path.slice(0, -1));
  const key = path.at(-1);
  return object === undefined ? text : removeChildren(text, object, ({ children }) => children?.[0]?.value === key);
}

/** Takes members out of an array or an object. */
function removeChildren(text: string, parent: Node, isChosen: (child: Node) => boolean): string {
  const children = parent.children ?? [];
  const close = parent.offset + parent.length - 1;
  const chosen = children.map(isChosen);
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

/** Where the comma behind a child stands, before `limit`; undefined where there is none. */
export function commaAfter(text: string, child: Node, limit: number): number | undefined {
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

/** Pieces put together once: many changes of a long text would copy it each. Of two at one place, the first goes before. */
function splice(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { offset, length, text: put } of [...splices].sort((a, b) => a.offset - b.offset)) {
    pieces.push(text.slice(from, offset), put);
    from = offset + length;
  }
  return pieces.join('') + text.slice(from);
}
