const SHAPE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})$/;
const MINUTE_MS = 60_000;
/** Another zone that misses the time asked about by less could be the right one, were the service's filter that coarse. */
const DOUBT_MS = 1000;

/** What clocks show by law somewhere on Earth, in minutes before (+) or behind (-) UTC. */
const OFFSETS: readonly number[] = [
  ...[-12, -11, -10, -9.5, -9, -8, -7, -6, -5, -4, -3.5, -3, -2.5, -2, -1, 0, 1, 2, 3, 3.5, 4, 4.5, 5, 5.5],
  ...[5.75, 6, 6.5, 7, 8, 9, 9.5, 10, 10.5, 11, 12, 12.75, 13, 13.75, 14],
].map((hours) => hours * 60);

/** The vendor's example of QueryMqttTraceDevice: asked about 07:00 to 08:00 UTC, it answers with 15:51. */
const EXAMPLE_OFFSET = 8 * 60;

/**
 * In which zone the service wrote its times. No document says, so it is inferred from what cannot be otherwise: each
 * event lies in the time that was asked about.
 */
export type ServiceZone =
  /** One zone alone makes that true. */
  | { readonly kind: 'certain'; readonly offsetMinutes: number }
  /** Several do. */
  | { readonly kind: 'several'; readonly fitsExample: boolean }
  | { readonly kind: 'none' };

/** A time as the service writes it, in milliseconds since 1970 were it UTC; undefined for any other text. */
export function wallClockOf(time: string): number | undefined {
  const [, date, clock] = SHAPE.exec(time) ?? [];
  const at = date === undefined || clock === undefined ? NaN : Date.parse(`${date}T${clock}Z`);
  // Date.parse makes 2 March of 30 February.
  if (Number.isNaN(at) || new Date(at).toISOString() !== `${date}T${clock}Z`) return undefined;
  return at;
}

/** In which zone such clock readings lie in the time asked about. */
export function serviceZoneOf(
  wallClocks: readonly (number | undefined)[],
  { beginAt, endAt }: { readonly beginAt: number; readonly endAt: number },
): ServiceZone {
  let [first, last] = [Infinity, -Infinity];
  for (const at of wallClocks) {
    if (at === undefined) return { kind: 'none' };
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  if (first === Infinity) return { kind: 'none' };
  const fitting = (doubtMs: number): number[] =>
    OFFSETS.filter((offset) => {
      const shift = offset * MINUTE_MS;
      return first - shift >= beginAt - doubtMs && last - shift <= endAt + doubtMs;
    });
  const [exact, near] = [fitting(0), fitting(DOUBT_MS)];
  const [only] = exact;
  if (only === undefined) return { kind: 'none' };
  return near.length === 1
    ? { kind: 'certain', offsetMinutes: only }
    : { kind: 'several', fitsExample: exact.includes(EXAMPLE_OFFSET) };
}

/** The moment of a clock reading where the zone is certain; undefined elsewhere. */
export function momentOf(wallClock: number | undefined, zone: ServiceZone): number | undefined {
  return wallClock === undefined || zone.kind !== 'certain' ? undefined : wallClock - zone.offsetMinutes * MINUTE_MS;
}
