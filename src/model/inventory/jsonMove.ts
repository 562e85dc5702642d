import { findNodeAtOffset, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { commaAfter } from './jsonSplice';

/** One value of an array as it stands in the text. */
interface Member {
  readonly start: number;
  readonly end: number;
  readonly comma: number | undefined;
}

/** Moves one value of an array to another place. A comment on a line before it, or behind it, goes along. */
export function moveInArray(text: string, array: Node, from: number, to: number): string {
  const close = array.offset + array.length - 1;
  const nodes = array.children ?? [];
  const order = nodes.map((_, at) => at).filter((at) => at !== from);
  order.splice(Math.max(0, to), 0, from);
  if (order.every((at, place) => at === place)) return text;
  const members = nodes.map((node, at): Member => {
    const comma = commaAfter(text, node, nodes[at + 1]?.offset ?? close);
    return { start: node.offset, end: node.offset + node.length, comma };
  });
  const wanted = JSON.stringify(
    order.map((at): unknown => (nodes[at] === undefined ? undefined : getNodeValue(nodes[at]))),
  );
  const byLines = moveLines(text, array.offset + 1, members, order);
  return byLines !== undefined && valueAt(byLines, array.offset) === wanted ? byLines : swap(text, members, order);
}

/** Where each value has lines of its own they are moved whole; undefined where values share a line. */
function moveLines(
  text: string,
  start: number,
  members: readonly Member[],
  order: readonly number[],
): string | undefined {
  const bounds = [start, ...members.map(({ end, comma = end }) => comma)].map((at) => text.indexOf('\n', at) + 1);
  if (!members.every((member, at) => (bounds[at] ?? 0) <= member.start && member.end < (bounds[at + 1] ?? 0)))
    return undefined;
  const hasLastComma = members.at(-1)?.comma !== undefined;
  const blocks = order.map((at, place) => {
    const [from = 0, to = 0] = bounds.slice(at);
    const { end = 0, comma } = members[at] ?? {};
    const isWanted = place < order.length - 1 || hasLastComma;
    if (isWanted && comma === undefined) return `${text.slice(from, end)},${text.slice(end, to)}`;
    if (!isWanted && comma !== undefined) return text.slice(from, comma) + text.slice(comma + 1, to);
    return text.slice(from, to);
  });
  return text.slice(0, bounds[0]) + blocks.join('') + text.slice(bounds.at(-1));
}

/** The values change places; all that stands between them stays. */
function swap(text: string, members: readonly Member[], order: readonly number[]): string {
  const texts = members.map(({ start, end }) => text.slice(start, end));
  let done = '';
  let at = 0;
  members.forEach(({ start, end }, place) => {
    done += text.slice(at, start) + (texts[order[place] ?? place] ?? '');
    at = end;
  });
  return done + text.slice(at);
}

/** The array that begins at an offset, as JSON; undefined where the text is none any more. */
function valueAt(text: string, offset: number): string | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const node = root === undefined ? undefined : findNodeAtOffset(root, offset);
  return errors.length > 0 || node === undefined ? undefined : JSON.stringify(getNodeValue(node));
}
