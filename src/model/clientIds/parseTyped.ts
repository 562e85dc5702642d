import { type ParseContext, type ParsedClientIds, parseClientIds, sortOut } from './parseClientIds';
import { expandRanges, mentionsRange, type RangeProblem } from './ranges';

export type Typed =
  | { readonly kind: 'ids'; readonly parsed: ParsedClientIds }
  | { readonly kind: 'wrong'; readonly problem: RangeProblem };

/** Reads client IDs as a person types or pastes them: in any shape of a paste, or as ranges. */
export function parseTyped(text: string, context: ParseContext): Typed {
  if (!mentionsRange(text)) return { kind: 'ids', parsed: parseClientIds(text, context) };
  const expanded = expandRanges(text);
  return expanded.kind === 'wrong' ? expanded : { kind: 'ids', parsed: sortOut(expanded.texts, context) };
}
