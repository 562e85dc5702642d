/** How well a client ID fits a word; the lower, the better. From LOOSE on, one more for each gap between its letters. */
const EXACT = 0;
const BEGINS = 1;
const ENDS = 2;
const HOLDS = 3;
const LOOSE = 4;

export interface FoundIds {
  /** The best first. */
  readonly found: readonly string[];
  readonly total: number;
  /** True where none holds the text, and these have its letters in their order. */
  readonly isLoose: boolean;
}

/** Client IDs made ready for a search at each key stroke. */
export class ClientIdSearch {
  private readonly lower: readonly string[];
  /** By place, of those that have one. */
  private readonly aliases = new Map<number, string>();
  /** What fitted last: a text that goes on from there is looked for among these alone. */
  private last: { readonly text: string; readonly at: readonly number[] } | undefined;
  private readonly all: readonly number[];

  constructor(
    private readonly clientIds: readonly string[],
    aliasOf: (clientId: string) => string | undefined = () => undefined,
  ) {
    this.lower = clientIds.map((clientId) => clientId.toLowerCase());
    this.all = [...clientIds.keys()];
    for (const [at, clientId] of clientIds.entries()) {
      const alias = aliasOf(clientId);
      if (alias !== undefined) this.aliases.set(at, alias.toLowerCase());
    }
  }

  /**
   * Those that hold every word in themselves or their alias, in any case: what begins with the text first, then what ends with it. Where none does,
   * those that have the letters of every word in their order, with the fewest gaps first. At most `most`.
   */
  find(text: string, most: number): FoundIds {
    const words = wordsOf(text);
    if (words.length === 0)
      return { found: this.clientIds.slice(0, most), total: this.clientIds.length, isLoose: false };
    const fitting: number[] = [];
    const byRank: number[][] = [];
    let holding = 0;
    for (const at of this.candidates(text)) {
      const rank = rankOf(this.lower[at] ?? '', this.aliases.get(at), words);
      if (rank === undefined) continue;
      fitting.push(at);
      if (rank < LOOSE) holding++;
      const same = (byRank[rank] ??= []);
      if (same.length < most) same.push(at);
    }
    this.last = { text, at: fitting };
    const isLoose = holding === 0;
    const best = (isLoose ? byRank : byRank.slice(0, LOOSE)).flat().slice(0, most);
    const found = best.map((at) => this.clientIds[at] ?? '');
    return { found, total: isLoose ? fitting.length : holding, isLoose };
  }

  private candidates(text: string): readonly number[] {
    return this.last !== undefined && text.startsWith(this.last.text) ? this.last.at : this.all;
  }
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The rank of the word that fits worst; undefined where one does not fit at all. */
function rankOf(lower: string, alias: string | undefined, words: readonly string[]): number | undefined {
  let worst = EXACT;
  for (const word of words) {
    const rank = better(rankOfWord(lower, word), alias === undefined ? undefined : rankOfWord(alias, word));
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function better(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function rankOfWord(lower: string, word: string): number | undefined {
  const at = lower.indexOf(word);
  if (at < 0) return rankOfLetters(lower, word);
  if (at === 0) return lower.length === word.length ? EXACT : BEGINS;
  return lower.endsWith(word) ? ENDS : HOLDS;
}

/** By codes, not by `indexOf`: it runs for every saved client at each key stroke. */
function rankOfLetters(lower: string, word: string): number | undefined {
  const { length } = word;
  let gaps = 0;
  let next = 0;
  let wanted = word.charCodeAt(0);
  for (let at = 0, matched = 0; at < lower.length; at++) {
    if (lower.charCodeAt(at) !== wanted) continue;
    if (at !== next && matched > 0) gaps++;
    if (++matched === length) return LOOSE + gaps;
    wanted = word.charCodeAt(matched);
    next = at + 1;
  }
  return undefined;
}
