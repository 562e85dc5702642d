/** A stretch of every day, in minutes after midnight; it may go over midnight. */
export type QuietHours =
  | { readonly kind: 'none' }
  | { readonly kind: 'daily'; readonly fromMinute: number; readonly untilMinute: number }
  | { readonly kind: 'malformed' };

const SHAPE = /^([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads "22:00-07:00". */
export function parseQuietHours(text: string): QuietHours {
  if (text.trim() === '') return { kind: 'none' };
  const [fromHour, fromMinute, untilHour, untilMinute] = SHAPE.exec(text.trim())?.slice(1).map(Number) ?? [];
  if (fromHour === undefined || fromMinute === undefined || untilHour === undefined || untilMinute === undefined)
    return { kind: 'malformed' };
  return { kind: 'daily', fromMinute: fromHour * 60 + fromMinute, untilMinute: untilHour * 60 + untilMinute };
}

/** True where the clock on the wall stands within: summer time moves them with everything else. */
export function isQuiet(hours: QuietHours, now: number): boolean {
  if (hours.kind !== 'daily') return false;
  const { fromMinute, untilMinute } = hours;
  const wall = new Date(now);
  const minute = wall.getHours() * 60 + wall.getMinutes();
  // The same time twice is the whole day.
  return fromMinute < untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute;
}
