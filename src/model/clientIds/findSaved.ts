/** What may stand beside an ID in a text. Any of it may also be inside of a saved ID, such as the `:` of `pump:7`. */
const SEPARATORS = codesOf('"\'`,;()[]{}<>|\\&?=/:*');
/** They end a sentence as well, so an ID may end before them. */
const TRAILING = codesOf('.!');
const LONGEST = 64;
/** An ID of more parts and separators than this is not found. It keeps a text of separators alone from costing 64 looks a character. */
const MOST_PARTS = 16;
/** How far behind the longest ID an ellipsis is still seen as the end of its sentence. */
const MOST_MARKS = 3;

/**
 * Where saved IDs stand in a text: between blanks, separators or characters no ID has; the longest of those that begin
 * at one place. The text is read once, whatever the number of saved IDs.
 */
export function findSaved(text: string, isSaved: (candidate: string) => boolean, shortest = 1): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < text.length;) {
    const end = mayBegin(text, at) ? endOfSaved(text, at, isSaved, shortest) : undefined;
    if (end !== undefined) found.push([at, end]);
    at = end ?? at + 1;
  }
  return found;
}

function mayBegin(text: string, at: number): boolean {
  return (
    isIdCharacter(text, at) && (isSeparator(text, at) || !isIdCharacter(text, at - 1) || isSeparator(text, at - 1))
  );
}

/** Asks of every place where an ID that begins at `start` may end, once there is more than separators. */
function endOfSaved(
  text: string,
  start: number,
  isSaved: (id: string) => boolean,
  shortest: number,
): number | undefined {
  let longest: number | undefined;
  const ask = (end: number): void => {
    if (end - start >= shortest && end - start <= LONGEST && isSaved(text.slice(start, end))) longest = end;
  };
  let hasWord = false;
  let marksFrom: number | undefined;
  let parts = 0;
  for (let at = start; at <= start + LONGEST + MOST_MARKS && parts <= MOST_PARTS; at++) {
    const isEdge = !isIdCharacter(text, at) || isSeparator(text, at);
    if (at > start && (isEdge || isSeparator(text, at - 1))) {
      parts++;
      if (hasWord && isEdge && marksFrom !== undefined) ask(marksFrom);
      if (hasWord) ask(at);
    }
    if (!isIdCharacter(text, at)) break;
    const isMark = TRAILING.has(text.charCodeAt(at));
    marksFrom = isMark ? (marksFrom ?? at) : undefined;
    hasWord ||= !isEdge && !isMark;
  }
  return longest;
}

function isSeparator(text: string, at: number): boolean {
  return SEPARATORS.has(text.charCodeAt(at));
}

/** Printable ASCII; false outside of the text too, where the code is NaN. */
function isIdCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code > 0x20 && code < 0x7f;
}

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}
