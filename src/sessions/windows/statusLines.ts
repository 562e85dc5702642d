import * as v from 'valibot';
import { asciiJson } from './asciiJson';
import type { Finding } from '../status/statusStore';

/** One line of what a window found: the answers of one moment for one instance. */
const shape = v.object({
  by: v.string(),
  /** Instance ID, and a digest of where it is and whose key asked. */
  instanceId: v.string(),
  place: v.string(),
  checkedAt: v.pipe(v.number(), v.finite()),
  isVerified: v.boolean(),
  requestId: v.optional(v.string()),
  online: v.array(v.string()),
  offline: v.array(v.string()),
  unknown: v.array(v.string()),
});

export type StatusLine = v.InferOutput<typeof shape>;

/** The answers among some findings as lines, one for each call; failures stay where they happened. */
export function statusLines(
  by: string,
  instanceId: string,
  place: string,
  findings: ReadonlyMap<string, Finding>,
): string[] {
  const lines = new Map<string, StatusLine>();
  for (const [clientId, finding] of findings) {
    if (finding.kind === 'failed') continue;
    const { status, checkedAt, isVerified, requestId } = finding.observation;
    const key = `${checkedAt} ${requestId ?? ''} ${isVerified}`;
    const about = { by, instanceId, place, checkedAt, isVerified, ...(requestId === undefined ? {} : { requestId }) };
    const line = lines.get(key) ?? { ...about, online: [], offline: [], unknown: [] };
    line[status].push(clientId);
    lines.set(key, line);
  }
  return [...lines.values()].map(asciiJson);
}

/** Reads a line; undefined for garbage. */
export function readStatusLine(text: string): StatusLine | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  return parsed.success ? parsed.output : undefined;
}

/** The findings of a line. An answer from the future, by a clock that was set back, is as old as now. */
export function findingsOf(line: StatusLine, now: number): Map<string, Finding> {
  const { isVerified, requestId } = line;
  const checkedAt = Math.min(line.checkedAt, now);
  const findings = new Map<string, Finding>();
  for (const status of ['online', 'offline', 'unknown'] as const) {
    const observation = { status, isVerified, checkedAt, ...(requestId === undefined ? {} : { requestId }) };
    for (const clientId of line[status]) findings.set(clientId, { kind: 'answered', observation });
  }
  return findings;
}
