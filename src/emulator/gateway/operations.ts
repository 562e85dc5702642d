import {
  type BatchQuerySessionByClientIdsBody,
  type ListGroupIdBody,
  type ListInstancesBody,
  MAX_CLIENT_IDS_PER_CALL,
  type QueryMqttTraceDeviceBody,
  type QuerySessionByClientIdBody,
} from '../../api/contract';
import { clientIdProblem } from '../../model/clientIds/clientId';
import type { Admitted } from './gatekeeper';
import { ServiceError } from './serviceError';
import { LOCAL_INSTANCE_ID, LOCAL_REGION_ID } from '../localKeys';
import type { DeviceTrace } from '../mqtt/deviceTrace';
import type { SessionTable } from '../mqtt/sessionTable';
import { traceAnswer } from './traceOperation';

const LOCAL_INSTANCE = {
  InstanceId: LOCAL_INSTANCE_ID,
  InstanceName: 'Local instance',
  /** Running. */
  InstanceStatus: 5,
  RegionId: LOCAL_REGION_ID,
};

type Answer =
  | BatchQuerySessionByClientIdsBody
  | QuerySessionByClientIdBody
  | ListGroupIdBody
  | ListInstancesBody
  | QueryMqttTraceDeviceBody;

/** The operations: the batch from a cache that can be out of date, the single one in real time, the lists, the trace. */
export class Operations {
  private readonly startedAt: number;
  private readonly cache = new Map<string, { isOnline: boolean; readAt: number }>();

  constructor(
    private readonly sessions: SessionTable,
    private readonly trace: DeviceTrace,
    private readonly now: () => number,
    private readonly cacheMs: () => number,
  ) {
    this.startedAt = now();
  }

  answer({ operation, parameters }: Admitted, requestId: string): Answer {
    if (operation === 'ListInstances') return { RequestId: requestId, Instances: [LOCAL_INSTANCE] };
    const instanceId = required(parameters, 'InstanceId');
    switch (operation) {
      case 'BatchQuerySessionByClientIds': {
        const clientIds = clientIdList(parameters);
        assertInstance(instanceId);
        // The order of the answer is not documented, so it is never the order asked.
        const list = [...new Set(clientIds)]
          .reverse()
          .map((ClientId) => ({ ClientId, OnlineStatus: this.cached(ClientId) }));
        return { RequestId: requestId, OnlineStatusList: list };
      }
      case 'QuerySessionByClientId': {
        const clientId = parameters.get('ClientId') ?? '';
        if (clientIdProblem(clientId) !== undefined) throw new ServiceError('ParameterCheckFailed');
        assertInstance(instanceId);
        return { RequestId: requestId, OnlineStatus: this.sessions.isOnline(clientId) };
      }
      case 'QueryMqttTraceDevice': {
        required(parameters, 'MqttRegionId');
        assertInstance(instanceId);
        return traceAnswer(this.trace, parameters, requestId);
      }
      case 'ListGroupId': {
        assertInstance(instanceId);
        const times = { CreateTime: this.startedAt, UpdateTime: this.startedAt };
        const groupIds = this.sessions.groupIds;
        return {
          RequestId: requestId,
          Data: groupIds.map((GroupId) => ({ GroupId, InstanceId: instanceId, ...times })),
        };
      }
    }
  }

  private cached(clientId: string): boolean {
    const known = this.cache.get(clientId);
    if (known !== undefined && this.now() - known.readAt < this.cacheMs()) return known.isOnline;
    const isOnline = this.sessions.isOnline(clientId);
    this.cache.set(clientId, { isOnline, readAt: this.now() });
    return isOnline;
  }
}

function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw new ServiceError('MissingParameter', ` ${name}`);
  return value;
}

function clientIdList(parameters: ReadonlyMap<string, string>): string[] {
  const keys = [...parameters.keys()].filter((key) => key.startsWith('ClientIdList.'));
  const clientIds = keys.map((_, at) => parameters.get(`ClientIdList.${at + 1}`));
  const isCountGood = clientIds.length >= 1 && clientIds.length <= MAX_CLIENT_IDS_PER_CALL;
  if (!isCountGood || !clientIds.every((clientId) => clientId !== undefined))
    throw new ServiceError('ParameterCheckFailed');
  if (clientIds.some((clientId) => clientIdProblem(clientId) !== undefined))
    throw new ServiceError('InvalidParameter.ClientIdList');
  return clientIds;
}

function assertInstance(instanceId: string): void {
  if (instanceId !== LOCAL_INSTANCE_ID) throw new ServiceError('InstancePermissionCheckFailed');
}
