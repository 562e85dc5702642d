import type { Attention } from '../../model/inventory/inventory';

/**
 * What the menus of package.json go by: words between blanks. The first is the row's kind, so that a clause reads
 * `viewItem =~ /^client\b/`; the others tell what is so about it.
 */
export function contextValue(
  words: readonly [kind: string, ...string[]],
  { pinned, muted, expected }: Attention,
): string {
  const wanted = [...(pinned === true ? ['pinned'] : []), ...(muted === true ? ['muted'] : [])];
  return [...words, ...wanted, ...expectedWord(expected)].join(' ');
}

function expectedWord(expected: Attention['expected']): string[] {
  switch (expected) {
    case 'online':
      return ['expectedOnline'];
    case 'offline':
      return ['expectedOffline'];
    case undefined:
      return [];
  }
}
