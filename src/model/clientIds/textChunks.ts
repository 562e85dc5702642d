import type { FoundClientId } from './findClientIds';

/** A piece of a text: `text.slice(start, end)`. */
export interface TextChunk {
  readonly start: number;
  readonly end: number;
  /** What ends before or here belongs to the chunk before; the whole of it was seen there. */
  readonly after: number;
  /** What ends behind here belongs to the next chunk. */
  readonly until: number;
}

/** Twice the longest client ID, so that every ID lies whole in one of two chunks, with something around it. */
const OVERLAP = 128;

/** Cuts a text into chunks of at most `most` characters, at line breaks; a line that is longer is cut with an overlap. */
export function* textChunks(text: string, most: number): Generator<TextChunk> {
  let start = 0;
  let after = 0;
  while (start < text.length) {
    const end = Math.min(text.length, start + most);
    const lineEnd = end === text.length ? end : text.lastIndexOf('\n', end - 1) + 1;
    if (lineEnd > after) {
      yield { start, end: lineEnd, after, until: lineEnd };
      start = lineEnd;
      after = lineEnd;
    } else {
      const until = end - OVERLAP / 2;
      yield { start, end, after, until };
      start = end - OVERLAP;
      after = until;
    }
  }
}

/** What was found in a chunk, at its place in the whole text; what belongs to a neighbour is left to it. */
export function placed(found: readonly FoundClientId[], { start, after, until }: TextChunk): FoundClientId[] {
  return found
    .map((each) => ({ ...each, start: each.start + start, end: each.end + start }))
    .filter(({ end }) => end > after && end <= until);
}
