import {
  type BatchQuerySessionByClientIdsBody,
  MAX_CLIENT_IDS_PER_CALL,
  type QuerySessionByClientIdBody,
} from '../../api/contract';
import { clientIdProblem } from '../../model/clientId';
import type { Admitted } from './gatekeeper';
import { ServiceError } from './serviceError';
import { LOCAL_INSTANCE_ID } from '../localKeys';
import type { SessionTable } from '../mqtt/sessionTable';

type Answer = BatchQuerySessionByClientIdsBody | QuerySessionByClientIdBody;

/** The two operations: the batch from a cache that can be out of date, the single one in real time. */
export class Operations {
  private readonly cache = new Map<string, { isOnline: boolean; readAt: number }>();

  constructor(
    private readonly sessions: SessionTable,
    private readonly now: () => number,
    private readonly cacheMs: () => number,
  ) {}

  answer({ operation, parameters }: Admitted, requestId: string): Answer {
    const instanceId = parameters.get('InstanceId');
    if (instanceId === undefined || instanceId === '') throw new ServiceError('MissingParameter', ' InstanceId');
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
