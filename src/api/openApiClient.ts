import { ApiError } from '../model/apiError';
import type { Credential } from '../model/credential';
import { readBatchAnswer, readSingleAnswer } from './answerShape';
import { MAX_CLIENT_IDS_PER_CALL, type Operation } from './contract';
import type { BatchAnswer, CallTarget, MqttApi, SingleAnswer } from './mqttApi';
import type * as Sdk from './openApiSdk';
import { toApiError } from './toApiError';

export interface OpenApiClientParts {
  /** Read on each call: a credential may change or vanish at any time. */
  readonly credential: (name: string) => PromiseLike<Credential | undefined>;
  /** The one function that decides where a key may go. */
  readonly destination: (target: CallTarget) => { host: string; protocol: 'HTTP' | 'HTTPS' } | undefined;
  readonly loadSdk: () => Promise<Pick<typeof Sdk, 'callService'>>;
  readonly deadlineMs: number;
}

/** Calls ApsaraMQ's OpenAPI through the vendor's SDK: credential, signature, deadline, shape check, typed error. */
export class OpenApiClient implements MqttApi {
  constructor(private readonly parts: OpenApiClientParts) {}

  async prepare(): Promise<void> {
    await this.parts.loadSdk();
  }

  async querySessions(target: CallTarget, clientIds: readonly string[], signal: AbortSignal): Promise<BatchAnswer> {
    if (clientIds.length < 1 || clientIds.length > MAX_CLIENT_IDS_PER_CALL) throw new RangeError('1 to 10 client IDs');
    // An array in `query` breaks the signature: flatten it.
    const list = Object.fromEntries(clientIds.map((id, at) => [`ClientIdList.${at + 1}`, id]));
    return readBatchAnswer(await this.call('BatchQuerySessionByClientIds', target, list, signal), clientIds);
  }

  async querySession(target: CallTarget, clientId: string, signal: AbortSignal): Promise<SingleAnswer> {
    return readSingleAnswer(await this.call('QuerySessionByClientId', target, { ClientId: clientId }, signal));
  }

  private async call(
    operation: Operation,
    target: CallTarget,
    args: Record<string, string>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const destination = this.parts.destination(target);
    if (destination === undefined) throw new ApiError('badEndpoint', 'BadEndpoint');
    const credential = await this.parts.credential(target.credential);
    if (credential === undefined) throw new ApiError('missingCredential', 'MissingCredential');
    const { callService } = await this.parts.loadSdk();
    const query = { InstanceId: target.instanceId, ...args };
    const timeoutMs = this.parts.deadlineMs;
    return withDeadline(signal, timeoutMs, () =>
      callService({ operation, query, ...destination, credential, timeoutMs }),
    );
  }
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
