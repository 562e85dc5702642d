import * as v from 'valibot';
import { betterOf, MOST_EACH } from './transition';

const moment = v.pipe(v.number(), v.finite());
/** One change as it is kept on disk: a line of JSON, so that half a file loses no more than its broken line. */
const shape = v.object({
  instanceId: v.string(),
  /** A digest of where the instance is and whose key asked: what another key saw is not shown. */
  place: v.string(),
  clientId: v.string(),
  to: v.picklist(['online', 'offline']),
  at: moment,
  notBefore: moment,
  since: moment,
  isVerified: v.boolean(),
});

export type ChangeLine = v.InferOutput<typeof shape>;

/** How many changes are kept in all: about 400 kB. */
export const MOST_IN_ALL = 2000;

/** Reads the lines there are. Garbage is left out, and what a clock that was set back since noted in the future. */
export function readChangeLines(text: string, now: number): ChangeLine[] {
  return text.split('\n').flatMap((line) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), line);
    return parsed.success && parsed.output.at <= now ? [parsed.output] : [];
  });
}

export function changeText(lines: readonly ChangeLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * What two windows saw, each change once: the newest of each client, and of those the newest in all. In whatever order
 * windows write, the same comes out.
 */
export function union(...files: readonly (readonly ChangeLine[])[]): ChangeLine[] {
  const byKey = new Map<string, ChangeLine>();
  for (const line of files.flat()) {
    const key = JSON.stringify([line.instanceId, line.place, line.clientId, line.to, line.at]);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? line : betterOf(known, line));
  }
  const newestFirst = [...byKey].sort(([a, { at }], [b, { at: other }]) => other - at || (a < b ? -1 : 1));
  const counts = new Map<string, number>();
  const kept = newestFirst.filter(([, { instanceId, place, clientId }]) => {
    const client = JSON.stringify([instanceId, place, clientId]);
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    return count <= MOST_EACH;
  });
  return kept
    .slice(0, MOST_IN_ALL)
    .map(([, line]) => line)
    .reverse();
}
