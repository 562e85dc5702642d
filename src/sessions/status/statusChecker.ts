import type { CallTarget } from '../../api/mqttApi';
import { ApiError, type ApiErrorKind } from '../../model/apiError';
import { clientIdProblem } from '../../model/clientIds/clientId';
import type { CallGovernor } from '../calls/callGovernor';
import type { Urgency } from '../calls/asker';
import type { Freshness } from '../calls/question';
import type { Finding, StatusStore } from './statusStore';

export interface CheckRequest {
  readonly target: CallTarget;
  readonly clientIds: readonly string[];
}

/** What one asker was told of one client; `finding` is undefined when the asker cancelled. */
export interface CheckedClient {
  readonly instanceId: string;
  readonly clientId: string;
  readonly finding: Finding | undefined;
}

export interface CheckProgress {
  readonly done: number;
  readonly total: number;
}

/** Where every wish to know enters: people, timers and tools alike. */
export class StatusChecker {
  constructor(
    private readonly governor: Pick<CallGovernor, 'ask' | 'drop'>,
    private readonly store: StatusStore,
    private readonly now: () => number,
    /** True for a client that the person has not let any key be used for. */
    private readonly isHeldBack: (instanceId: string, clientId: string) => boolean,
  ) {}

  /** Asks about clients and resolves with what was found, in the order asked. Never rejects: a failure is a finding. */
  async check(
    requests: readonly CheckRequest[],
    freshness: Freshness,
    signal: AbortSignal,
    onProgress: (progress: CheckProgress) => void = () => undefined,
    urgency: Urgency = 'person',
  ): Promise<CheckedClient[]> {
    const asked = requests.flatMap((request) => this.ask(request, freshness, signal, urgency));
    let done = 0;
    return Promise.all(
      asked.map(async ({ instanceId, clientId, pending }) => {
        const finding = await pending;
        onProgress({ done: ++done, total: asked.length });
        return { instanceId, clientId, finding };
      }),
    );
  }

  /** Forgets what was known and drops what was asked of an instance whose key or address changed. */
  forget(instanceId: string): void {
    this.governor.drop(instanceId);
    this.store.forget(instanceId);
  }

  private ask({ target, clientIds }: CheckRequest, freshness: Freshness, signal: AbortSignal, urgency: Urgency) {
    const { instanceId } = target;
    const bad = this.failed('badClientId', 'InvalidClientId', clientIds, (id) => clientIdProblem(id) !== undefined);
    if (bad.size > 0) this.store.apply(instanceId, bad);
    // Nobody asked about these, so their rows say nothing of a failure.
    const held = this.failed('heldBack', 'NotAllowedYet', clientIds, (id) => this.isHeldBack(instanceId, id));
    const refused = new Map([...held, ...bad]);
    const good = [...new Set(clientIds)].filter((clientId) => !refused.has(clientId));
    const findings = this.governor.ask(target, good, freshness, signal, urgency);
    const pendingOf = new Map(good.map((clientId, at) => [clientId, findings[at]]));
    return clientIds.map((clientId) => ({
      instanceId,
      clientId,
      pending: pendingOf.get(clientId) ?? Promise.resolve(refused.get(clientId)),
    }));
  }

  private failed(
    kind: ApiErrorKind,
    code: string,
    clientIds: readonly string[],
    isMeant: (clientId: string) => boolean,
  ): Map<string, Finding> {
    const finding: Finding = { kind: 'failed', error: new ApiError(kind, code), at: this.now() };
    return new Map(clientIds.filter(isMeant).map((clientId) => [clientId, finding]));
  }
}
