/** The age in seconds that is shown: in steps of 5 s below a minute, so that a standing view redraws rarely. */
export function ageStep(at: number, now: number): number {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  const step = seconds < 60 ? 5 : seconds < 3600 ? 60 : seconds < 86_400 ? 3600 : 86_400;
  return seconds - (seconds % step);
}

/** How an age that `ageStep` gave is said: so many of a unit; undefined where it is just now. */
export function ageInUnits(
  seconds: number,
): { readonly value: number; readonly unit: 'second' | 'minute' | 'hour' | 'day' } | undefined {
  if (seconds < 5) return undefined;
  if (seconds < 60) return { value: seconds, unit: 'second' };
  if (seconds < 3600) return { value: seconds / 60, unit: 'minute' };
  return seconds < 86_400 ? { value: seconds / 3600, unit: 'hour' } : { value: seconds / 86_400, unit: 'day' };
}
