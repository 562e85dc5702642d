/** What a sample says of a whole group. */
export interface Estimate {
  /** The share of clients online among those that answered, from 0 to 1. */
  readonly online: number;
  /** Half of the 95 % interval around it, as a share. */
  readonly margin: number;
  /** How many clients of the sample have an answer that says online or offline. */
  readonly sampled: number;
  readonly total: number;
  /** How many of the sample say nothing: the check failed, or the answer left them out. */
  readonly leftOut: number;
}

/** Twenty calls; half of the 95 % interval is 7 points at the worst. */
export const SAMPLE_SIZE = 200;

const Z_95 = 1.96;
/** "Rule of three": n answers alike leave room for a share of 3/n of the other kind, at 95 %. */
const RULE_OF_THREE = 3;

/** Draws `size` different clients by chance, each as likely as any other; all of them where there are no more. */
export function drawSample(clientIds: readonly string[], size: number, random: () => number): string[] {
  const pool = [...new Set(clientIds)];
  const most = Math.min(size, pool.length);
  for (let at = 0; at < most; at++) {
    const other = at + Math.floor(random() * (pool.length - at));
    [pool[at], pool[other]] = [pool[other] ?? '', pool[at] ?? ''];
  }
  return pool.slice(0, most);
}

/**
 * Estimates the share online: normal approximation with the correction for a finite population, and never less than
 * the rule of three, as 200 of 200 online do not prove that all are. Undefined where nobody answered.
 */
export function estimate(
  statuses: readonly ('online' | 'offline' | 'unknown' | undefined)[],
  total: number,
): Estimate | undefined {
  const online = statuses.filter((status) => status === 'online').length;
  const sampled = online + statuses.filter((status) => status === 'offline').length;
  if (sampled === 0) return undefined;
  const share = online / sampled;
  const finite = total > 1 ? Math.sqrt((total - sampled) / (total - 1)) : 0;
  const normal = Z_95 * Math.sqrt((share * (1 - share)) / sampled);
  const margin = Math.min(1, Math.max(normal, RULE_OF_THREE / sampled) * finite);
  return { online: share, margin, sampled, total, leftOut: statuses.length - sampled };
}
