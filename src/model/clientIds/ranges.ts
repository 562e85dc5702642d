/** Ranges may make so many client IDs at once. */
export const MOST_OF_RANGES = 10_000;

/** Why a text is no range; `part` is the brace at fault, as it was written. */
export type RangeProblem =
  | { readonly kind: 'unclosed' | 'nested' | 'backwards' | 'noNumbers'; readonly part: string }
  | { readonly kind: 'tooMany' };

export type ExpandedRanges =
  | { readonly kind: 'ids'; readonly texts: readonly string[] }
  | { readonly kind: 'wrong'; readonly problem: RangeProblem };

/** What stands at one place of an ID: numbers counted up, or texts. */
type Choices =
  | { readonly kind: 'numbers'; readonly from: number; readonly count: number; readonly width: number }
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

/** True where somebody means a range or a list in braces, perhaps not written to its end. JSON has quotes before its commas. */
export function mentionsRange(text: string): boolean {
  return /\{[^{}"'\s]*(\.\.|,)/.test(text);
}

/**
 * Expands `dev-{001..200}` and `{a,b}` as a shell does, in any number of words and braces. Braces without dots or a comma
 * stay as they are. How many IDs there will be is known before the first is made.
 */
export function expandRanges(text: string): ExpandedRanges {
  const nested = /\{[^{}]*\{/.exec(text);
  if (nested !== null) return wrong({ kind: 'nested', part: nested[0] });
  const words: Choices[][] = [];
  for (const [word] of text.matchAll(/(?:\{[^{}]*\}|[^\s,;])+/g)) {
    const parts = partsOf(word);
    if (!Array.isArray(parts)) return wrong(parts);
    words.push(parts);
  }
  const count = words.reduce((sum, parts) => sum + parts.reduce((product, part) => product * countOf(part), 1), 0);
  return count > MOST_OF_RANGES ? wrong({ kind: 'tooMany' }) : { kind: 'ids', texts: words.flatMap(expand) };
}

function wrong(problem: RangeProblem): ExpandedRanges {
  return { kind: 'wrong', problem };
}

function partsOf(word: string): Choices[] | RangeProblem {
  const parts: Choices[] = [];
  for (const piece of word.split(/(\{[^{}]*\}?)/)) {
    const choices = piece.startsWith('{') ? choicesOf(piece) : { kind: 'texts' as const, texts: [piece] };
    if (!('texts' in choices || 'count' in choices)) return choices;
    parts.push(choices);
  }
  return parts;
}

function choicesOf(brace: string): Choices | RangeProblem {
  if (!brace.endsWith('}')) return { kind: 'unclosed', part: brace };
  const inside = brace.slice(1, -1);
  if (inside.includes(',')) return { kind: 'texts', texts: inside.split(',').map((text) => text.trim()) };
  if (!inside.includes('..')) return { kind: 'texts', texts: [brace] };
  const [, first, last] = /^(\d{1,15})\.\.(\d{1,15})$/.exec(inside) ?? [];
  if (first === undefined || last === undefined) return { kind: 'noNumbers', part: brace };
  const count = Number(last) - Number(first) + 1;
  if (count < 1) return { kind: 'backwards', part: brace };
  const isPadded = [first, last].some((number) => number.length > 1 && number.startsWith('0'));
  return { kind: 'numbers', from: Number(first), count, width: isPadded ? Math.max(first.length, last.length) : 0 };
}

function countOf(choices: Choices): number {
  return choices.kind === 'numbers' ? choices.count : choices.texts.length;
}

function textsOf(choices: Choices): readonly string[] {
  if (choices.kind === 'texts') return choices.texts;
  const { from, count, width } = choices;
  return Array.from({ length: count }, (_, at) => String(from + at).padStart(width, '0'));
}

function expand(parts: readonly Choices[]): string[] {
  return parts.reduce<string[]>(
    (starts, part) => {
      const texts = textsOf(part);
      return starts.flatMap((start) => texts.map((text) => start + text));
    },
    [''],
  );
}
