import type { QueryMqttTraceDeviceBody } from '../../api/contract';
import { MOST_TRACE_MS, TRACE_PAGE_SIZE } from '../../model/trace/traceEvent';
import { LOCAL_REGION_ID } from '../localKeys';
import type { ActionInfo, DeviceTrace, TracedEvent } from '../mqtt/deviceTrace';
import { ServiceError } from './serviceError';

/** Of the vendor's example: what falls into 2021-05-21 07:00 to 08:00 UTC reads 15:51 there. */
const EXAMPLE_OFFSET_MS = 8 * 60 * 60 * 1000;

/** QueryMqttTraceDevice of the local instance. Throws the ServiceError that the service would answer with. */
export function traceAnswer(
  trace: DeviceTrace,
  parameters: ReadonlyMap<string, string>,
  requestId: string,
): QueryMqttTraceDeviceBody {
  const clientId = parameters.get('ClientId') ?? '';
  const [beginAt, endAt] = [numberOf(parameters, 'BeginTime'), numberOf(parameters, 'EndTime')];
  const [page, size] = [numberOf(parameters, 'CurrentPage'), numberOf(parameters, 'PageSize')];
  const isSpanGood = beginAt <= endAt && endAt - beginAt <= MOST_TRACE_MS;
  const isPageGood = page >= 1 && size >= 1 && size <= TRACE_PAGE_SIZE;
  if (clientId === '' || !isSpanGood || !isPageGood) throw new ServiceError('ParameterCheckFailed');
  if (parameters.get('MqttRegionId') !== LOCAL_REGION_ID) throw new ServiceError('InstancePermissionCheckFailed');
  const events = trace.between(clientId, beginAt, endAt);
  if (parameters.get('Reverse') === 'true') events.reverse();
  return {
    RequestId: requestId,
    Total: events.length,
    CurrentPage: page,
    PageSize: size,
    DeviceInfoList: events.slice((page - 1) * size, page * size).map(infoOf),
  };
}

function infoOf({ at, info, channelId }: TracedEvent): QueryMqttTraceDeviceBody['DeviceInfoList'][number] {
  const action = actionOf(info);
  return {
    Time: new Date(at + EXAMPLE_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', ''),
    Action: action,
    ActionCode: `mqtt.trace.action.${action}`,
    ActionInfo: info,
    ChannelId: channelId,
  };
}

function actionOf(info: ActionInfo): 'connect' | 'close' | 'disconnect' {
  switch (info) {
    case 'accepted':
      return 'connect';
    case 'disconnected by client':
      return 'disconnect';
    case 'not authorized':
    case 'clientId conflict':
    case 'resource auth failed':
    case 'no heart':
    case 'closed by client':
    case 'invalid param':
    case 'Socket IOException':
      return 'close';
  }
}

/** NaN, which no comparison takes, for what is no whole number. */
function numberOf(parameters: ReadonlyMap<string, string>, name: string): number {
  const text = parameters.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}
