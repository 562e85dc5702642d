const LONGEST = 100;
/** Shown in place of each character that cannot be seen. */
const UNSEEN = '\u{fffd}';

/** A name of anybody's as one line of what can be seen: nothing in it breaks a line, turns the text or goes on for ever. */
export function seenName(name: string): string {
  const seen = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu, UNSEEN);
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST).toWellFormed()}…` : seen;
}

/** A name as one line of what can be seen; undefined where there is nothing in it to read. */
export function readableName(name: string): string | undefined {
  const seen = seenName(name);
  return /[^\s\p{M}\ufffd…]/u.test(seen) ? seen : undefined;
}

/** Hands out names of which no two read alike: one that is taken says its folder as well. */
export class ShownNames {
  private readonly taken: Set<string>;
  /** Where the search for a free name goes on: thousands that read alike may not each begin at the first. */
  private readonly nextTurns = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.taken = new Set([...taken].map(folded));
  }

  /** The name to show, which is taken from now on. */
  take(name: string, folder: string): string {
    const seen = seenName(name);
    const shown = this.taken.has(folded(seen)) ? this.withFolder(seen, folder) : seen;
    this.taken.add(folded(shown));
    return shown;
  }

  private withFolder(seen: string, folder: string): string {
    const series = folded(`${seen} (${folder})`);
    for (let turn = this.nextTurns.get(series) ?? 1; ; turn++) {
      const shown = `${seen} (${folder}${turn === 1 ? '' : ` ${turn}`})`;
      if (this.taken.has(folded(shown))) continue;
      this.nextTurns.set(series, turn + 1);
      return shown;
    }
  }
}

/** As a person reads it: letters of another width or case, blanks and what cannot be seen make no other name. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .replace(LOOKS_BLANK, ' ')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Letters that are drawn as a blank: the fillers of Hangul, and Braille without a dot. */
const LOOKS_BLANK = /[\u115f\u1160\u2800]/g;
