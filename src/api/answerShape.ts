import * as v from 'valibot';
import { ApiError } from '../model/apiError';
import type { BatchAnswer, SingleAnswer } from './mqttApi';

const batchShape = v.object({
  RequestId: v.string(),
  OnlineStatusList: v.array(v.object({ ClientId: v.string(), OnlineStatus: v.boolean() })),
});
const singleShape = v.object({ RequestId: v.string(), OnlineStatus: v.boolean() });

/**
 * Reads the body of BatchQuerySessionByClientIds, keeping the IDs that were asked alone. Two answers for one ID that
 * contradict each other leave it unknown. Throws ApiError 'wrongShape' for any other body: HTTP 200 proves nothing.
 */
export function readBatchAnswer(body: unknown, asked: readonly string[]): BatchAnswer {
  const parsed = parse(batchShape, body);
  const wanted = new Set(asked);
  const online = new Map<string, boolean>();
  const contradicted = new Set<string>();
  for (const { ClientId, OnlineStatus } of parsed.OnlineStatusList) {
    if (!wanted.has(ClientId)) continue;
    if (online.get(ClientId) === !OnlineStatus) contradicted.add(ClientId);
    online.set(ClientId, OnlineStatus);
  }
  for (const clientId of contradicted) online.delete(clientId);
  return { requestId: parsed.RequestId, online };
}

/** Reads the body of QuerySessionByClientId. Throws ApiError 'wrongShape' for anything else. */
export function readSingleAnswer(body: unknown): SingleAnswer {
  const parsed = parse(singleShape, body);
  return { requestId: parsed.RequestId, isOnline: parsed.OnlineStatus };
}

function parse<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw new ApiError('wrongShape', 'UnexpectedAnswer');
  return result.output;
}
