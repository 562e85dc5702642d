import * as v from 'valibot';
import { ApiError } from '../model/apiError';
import type { InstanceListed } from '../model/listed';
import { TRACE_PAGE_SIZE, type TracePage } from '../model/trace/traceEvent';
import type { BatchAnswer, SingleAnswer } from './mqttApi';

/** It is shown, logged and shared: whoever answers must write one as the service does. */
const requestId = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const batchShape = v.object({
  RequestId: requestId,
  OnlineStatusList: v.array(v.object({ ClientId: v.string(), OnlineStatus: v.boolean() })),
});
const singleShape = v.object({ RequestId: requestId, OnlineStatus: v.boolean() });
const groupsShape = v.object({ RequestId: requestId, Data: v.array(v.object({ GroupId: v.string() })) });
const instancesShape = v.object({
  RequestId: requestId,
  Instances: v.array(
    v.object({ InstanceId: v.string(), InstanceName: v.optional(v.string(), ''), RegionId: v.string() }),
  ),
});
const traceShape = v.object({
  RequestId: requestId,
  Total: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  DeviceInfoList: v.pipe(
    v.array(
      v.object({
        Time: v.string(),
        Action: v.optional(v.string(), ''),
        ActionInfo: v.string(),
        ChannelId: v.optional(v.string(), ''),
      }),
    ),
    v.maxLength(TRACE_PAGE_SIZE),
  ),
});

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

/** Reads the body of ListGroupId. Throws ApiError 'wrongShape' for anything else. */
export function readGroupList(body: unknown): string[] {
  return parse(groupsShape, body).Data.map(({ GroupId }) => GroupId);
}

/** Reads the body of ListInstances. Throws ApiError 'wrongShape' for anything else. */
export function readInstanceList(body: unknown): InstanceListed[] {
  return parse(instancesShape, body).Instances.map(({ InstanceId, InstanceName, RegionId }) => ({
    instanceId: InstanceId,
    name: InstanceName,
    regionId: RegionId,
  }));
}

/** Reads the body of QueryMqttTraceDevice. Throws ApiError 'wrongShape' for anything else, and for more than was asked. */
export function readTracePage(body: unknown): TracePage {
  const { RequestId, Total, DeviceInfoList } = parse(traceShape, body);
  return {
    requestId: RequestId,
    total: Total,
    events: DeviceInfoList.map(({ Time, Action, ActionInfo, ChannelId }) => ({
      time: Time,
      action: Action,
      info: ActionInfo,
      channelId: ChannelId,
    })),
  };
}

function parse<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw new ApiError('wrongShape', 'UnexpectedAnswer');
  return result.output;
}
