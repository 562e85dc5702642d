const SAMPLE = 1000;
/** How far the estimate of a sample may be off before more is compared than needed. */
const MARGIN = 1.5;
const MARGIN_AT_LEAST = 10;

/**
 * The first `most` of a list in order; equal ones as they stood. Of a long list only those are put in order that can be
 * among them: a sample tells about where the last of them is, and each item is compared with that one.
 */
export function firstInOrder<T>(items: readonly T[], most: number, compare: (a: T, b: T) => number): T[] {
  const isLong = items.length > 2 * SAMPLE && items.length > 4 * most;
  return (isLong ? firstOfLong(items, most, compare) : undefined) ?? [...items].sort(compare).slice(0, most);
}

/** Undefined where the sample told too little. */
function firstOfLong<T>(items: readonly T[], most: number, compare: (a: T, b: T) => number): T[] | undefined {
  const step = Math.floor(items.length / SAMPLE);
  const sample = items.filter((_, at) => at % step === 0).sort(compare);
  const last = sample[Math.ceil((most / items.length) * sample.length * MARGIN) + MARGIN_AT_LEAST];
  if (last === undefined) return undefined;
  const before: T[] = [];
  // They stand in order already; where nearly all are equal they need not be compared with each other.
  const equal: T[] = [];
  for (const item of items) {
    const difference = compare(item, last);
    if (difference < 0) before.push(item);
    else if (difference === 0 && equal.length < most) equal.push(item);
  }
  const first = [...before.sort(compare), ...equal].slice(0, most);
  return first.length < most ? undefined : first;
}
