// What stands between parts that are put together: Chinese has marks of its own for each.
import * as vscode from 'vscode';

const t = vscode.l10n.t;

/** "offline, not seen online": parts of one sentence. */
export function phrasesText(parts: readonly string[]): string {
  return joined(parts, (before, next) => t('{0}, {1}', before, next));
}

/** "a, b": names in a list. */
export function namesText(names: readonly string[]): string {
  return names.join(t(', '));
}

/** "a; b": parts that hold commas of their own. */
export function listedText(parts: readonly string[]): string {
  return joined(parts, (before, next) => t('{0}; {1}', before, next));
}

/** "GID_a@@@1: online": what is said of something. */
export function saidText(of: string, said: string): string {
  return t('{0}: {1}', of, said);
}

/** "online (verified)". */
export function asideText(text: string, aside: string): string {
  return t('{0} ({1})', text, aside);
}

/** "Every 10 s. At most": sentences without their last full stop. */
export function sentencesText(sentences: readonly string[]): string {
  return joined(sentences, (before, next) => t('{0}. {1}', before, next));
}

/** "It failed. Check again.": whole sentences, each with its full stop. */
export function runOnText(sentences: readonly string[]): string {
  return joined(sentences, (before, next) => t('{0} {1}', before, next));
}

function joined(parts: readonly string[], join: (before: string, next: string) => string): string {
  const [first = '', ...rest] = parts;
  return rest.reduce(join, first);
}
