import { ApiError, type ApiErrorKind } from '../model/apiError';
import type { Credential } from '../model/credential';
import type { Destination } from '../model/destination';
import type { InstanceListed } from '../model/listed';
import { TRACE_PAGE_SIZE, type TracePage, type TraceQuestion } from '../model/trace/traceEvent';
import { readBatchAnswer, readGroupList, readInstanceList, readSingleAnswer, readTracePage } from './answerShape';
import { MAX_CLIENT_IDS_PER_CALL, type Operation } from './contract';
import type { BatchAnswer, CallPlace, CallTarget, MqttApi, MqttLists, MqttTraces, SingleAnswer } from './mqttApi';
import type * as Sdk from './openApiSdk';
import type { ProbePlace } from './probe';
import { toApiError } from './toApiError';
import { unlessAborted } from './unlessAborted';

export interface OpenApiClientParts {
  /** Read on each call: a credential may change or vanish at any time. */
  readonly credential: (name: string) => PromiseLike<Credential | undefined>;
  /** Lets a key that has to be fetched be fetched ahead of the call; never rejects. */
  readonly ready?: (name: string) => Promise<void>;
  /** Told of a key that the service rejected: what was fetched may have been revoked before its end. */
  readonly rejected?: (name: string, credential: Credential) => void;
  /** The one function that decides where a key may go. */
  readonly destination: (place: CallPlace) => Destination;
  readonly loadSdk: () => Promise<Pick<typeof Sdk, 'callService'>>;
  readonly deadlineMs: number;
  /** Measures how far this machine's clock is ahead of a server's, in seconds, by a request without a key. */
  readonly clockAhead?: (place: ProbePlace, signal: AbortSignal) => Promise<number | undefined>;
}

/** Calls ApsaraMQ's OpenAPI through the vendor's SDK: credential, signature, deadline, shape check, typed error. */
export class OpenApiClient implements MqttApi, MqttLists, MqttTraces {
  constructor(private readonly parts: OpenApiClientParts) {}

  async prepare(credential?: string): Promise<void> {
    const isReady = credential === undefined ? undefined : this.parts.ready?.(credential);
    await Promise.all([this.parts.loadSdk(), isReady]);
  }

  async querySessions(target: CallTarget, clientIds: readonly string[], signal: AbortSignal): Promise<BatchAnswer> {
    if (clientIds.length < 1 || clientIds.length > MAX_CLIENT_IDS_PER_CALL) throw new RangeError('1 to 10 client IDs');
    // An array in `query` breaks the signature: flatten it.
    const list = Object.fromEntries(clientIds.map((id, at) => [`ClientIdList.${at + 1}`, id]));
    const body = await this.call('BatchQuerySessionByClientIds', target, ofInstance(target, list), signal);
    return readBatchAnswer(body, clientIds);
  }

  async querySession(target: CallTarget, clientId: string, signal: AbortSignal): Promise<SingleAnswer> {
    const query = ofInstance(target, { ClientId: clientId });
    return readSingleAnswer(await this.call('QuerySessionByClientId', target, query, signal));
  }

  async listInstances(place: CallPlace, signal: AbortSignal): Promise<readonly InstanceListed[]> {
    return readInstanceList(await this.call('ListInstances', place, {}, signal));
  }

  async listGroups(target: CallTarget, signal: AbortSignal): Promise<readonly string[]> {
    return readGroupList(await this.call('ListGroupId', target, ofInstance(target), signal));
  }

  async traceDevice(
    target: CallTarget,
    { regionId, clientId, beginAt, endAt }: TraceQuestion,
    page: number,
    signal: AbortSignal,
  ): Promise<TracePage> {
    const query = ofInstance(target, {
      MqttRegionId: regionId,
      ClientId: clientId,
      BeginTime: String(beginAt),
      EndTime: String(endAt),
      // Newest first: what ended the last connection is on the first page.
      Reverse: 'true',
      CurrentPage: String(page),
      PageSize: String(TRACE_PAGE_SIZE),
    });
    return readTracePage(await this.call('QueryMqttTraceDevice', target, query, signal));
  }

  private async call(
    operation: Operation,
    place: CallPlace,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const destination = this.parts.destination(place);
    try {
      if (destination.kind === 'refused') throw new ApiError('badEndpoint', 'BadEndpoint');
      return await this.send(operation, destination, place.credential, query, signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const instanceId = query['InstanceId'];
      if (destination.kind === 'refused' || NEVER_LEFT.has(error.kind)) throw error.with({ instanceId });
      const known = error.with({ operation, instanceId, host: destination.host });
      throw await this.withClock(known, destination, signal);
    }
  }

  /** Where the service says that the clock is wrong, by how much is what helps. */
  private async withClock(error: ApiError, place: ProbePlace, signal: AbortSignal): Promise<ApiError> {
    if (error.code !== 'InvalidTimeStamp.Expired') return error;
    return error.with({ clockAheadSeconds: await this.parts.clockAhead?.(place, signal) });
  }

  private async send(
    operation: Operation,
    { host, protocol }: ProbePlace,
    name: string | undefined,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    if (name === undefined) throw new ApiError('unbound', 'NoKeyBound');
    const credential = await unlessAborted(signal, this.parts.credential(name));
    if (credential === undefined) throw new ApiError('missingCredential', 'MissingCredential');
    const { callService } = await this.parts.loadSdk();
    const timeoutMs = this.parts.deadlineMs;
    try {
      return await withDeadline(signal, timeoutMs, () =>
        callService({ operation, query, host, protocol, credential, timeoutMs }),
      );
    } catch (error) {
      if (rejectsKey(error, credential)) this.parts.rejected?.(name, credential);
      throw error;
    }
  }
}

/** Of these nobody was asked, so no host and no operation is evidence. */
const NEVER_LEFT: ReadonlySet<ApiErrorKind> = new Set(['badEndpoint', 'unbound', 'missingCredential', 'source']);

/** True where the service knows the key no more, though it has not ended by this machine's clock. */
function rejectsKey(error: unknown, { securityToken }: Credential): boolean {
  if (!(error instanceof ApiError) || error.kind !== 'service') return false;
  if (error.code === 'CheckAccountInfoFailed') return true;
  return (
    securityToken !== undefined &&
    /^(InvalidAccessKeyId\.(NotFound|Inactive)|InvalidSecurityToken(\..*)?)$/.test(error.code)
  );
}

function ofInstance({ instanceId }: CallTarget, args: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { InstanceId: instanceId, ...args };
}

/** The SDK can neither be cancelled nor trusted with its time-outs: stop waiting at the deadline or when asked to. */
async function withDeadline(signal: AbortSignal, deadlineMs: number, call: () => Promise<unknown>): Promise<unknown> {
  if (signal.aborted) throw new ApiError('cancelled', 'Cancelled');
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(new ApiError('cancelled', 'Cancelled'));
    const timer = setTimeout(() => reject(new ApiError('timeout', 'Timeout')), deadlineMs);
    signal.addEventListener('abort', onAbort, { once: true });
    stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([call().catch((error: unknown) => Promise.reject(toApiError(error))), stopped]);
  } finally {
    stop();
  }
}
