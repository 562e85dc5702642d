import type { CallTarget, MqttApi } from '../../api/mqttApi';
import type { Finding } from '../status/statusStore';
import type { Question } from './question';

/** Makes one call about one to ten questions of one freshness; resolves with what it found of each. Rejects with ApiError. */
export async function askApi(
  { api, now }: { readonly api: MqttApi; readonly now: () => number },
  target: CallTarget,
  asked: readonly Pick<Question, 'clientId' | 'freshness'>[],
  signal: AbortSignal,
): Promise<(clientId: string) => Finding> {
  // An answer is as old as its question: one asked before another never replaces it.
  const checkedAt = now();
  const clientIds = asked.map(({ clientId }) => clientId);
  const [only] = clientIds;
  if (asked[0]?.freshness === 'verified' && only !== undefined) {
    const { isOnline, requestId } = await api.querySession(target, only, signal);
    return () => answered(isOnline, true, checkedAt, requestId);
  }
  const { online, requestId } = await api.querySessions(target, clientIds, signal);
  return (clientId) => answered(online.get(clientId), false, checkedAt, requestId);
}

/** A real-time answer, with what the cache said where that was something else. */
export function compared(verified: Finding, cached: Finding): Finding {
  if (verified.kind === 'failed' || cached.kind === 'failed') return verified;
  const { status } = cached.observation;
  if (status === 'unknown' || status === verified.observation.status) return verified;
  return { kind: 'answered', observation: { ...verified.observation, cachedStatus: status } };
}

function answered(isOnline: boolean | undefined, isVerified: boolean, checkedAt: number, requestId: string): Finding {
  const status = isOnline === undefined ? 'unknown' : isOnline ? 'online' : 'offline';
  return { kind: 'answered', observation: { status, isVerified, checkedAt, requestId } };
}
