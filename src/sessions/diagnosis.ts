import type { CallTarget, MqttApi } from '../api/mqttApi';
import type { probe } from '../api/probe';
import { ApiError } from '../model/apiError';
import { destination } from '../model/destination';
import { type Checkup, CheckupSteps } from '../model/doctor/checkup';
import { askApi, compared } from './calls/findings';
import type { OtherCalls } from './calls/otherCalls';
import type { Freshness } from './calls/question';
import { MADE_UP_CLIENT_ID } from './fitCheck';
import type { Finding } from './status/statusStore';

/** Longer than a slow server takes to answer, shorter than a person waits. */
const PROBE_DEADLINE_MS = 10_000;

export interface DiagnosisParts {
  readonly api: MqttApi;
  readonly calls: Pick<OtherCalls, 'make'>;
  readonly probe: typeof probe;
  /** Hands on what was found of a client on the way: it was paid for. */
  readonly report: (instanceId: string, findings: ReadonlyMap<string, Finding>) => void;
  readonly now: () => number;
}

/** Finds out step by step what keeps an instance from being asked: three requests at most, of which two may be billed. */
export class Diagnosis {
  /** Counts when what is known of an instance was dropped, with what was still asked. */
  private drops = 0;

  constructor(private readonly parts: DiagnosisParts) {}

  /** Call when a key or an address was changed: no answer of before is handed on. */
  forget(): void {
    this.drops += 1;
  }

  /**
   * Runs the steps one after another, telling of each; resolves with how all of them ended, also when cancelled. Where
   * no key is bound, nothing leaves the machine.
   */
  async run(
    target: CallTarget,
    clientId: string,
    tell: (checkup: Checkup) => void,
    signal: AbortSignal,
  ): Promise<Checkup> {
    const steps = new CheckupSteps(tell);
    const { drops } = this;
    if (!(await this.reaches(target, steps, signal))) return steps.checkup;
    steps.running('key', 'batch');
    const cached = await this.ask(target, clientId, 'cached', signal);
    let found = cached;
    if (steps.batchAnswered(endOf(cached))) {
      steps.running('realTime');
      const verified = await this.ask(target, clientId, 'verified', signal);
      steps.realTimeAnswered(endOf(verified));
      if (verified.kind === 'answered') found = compared(verified, cached);
    }
    if (found.kind === 'answered' && clientId !== MADE_UP_CLIENT_ID && drops === this.drops)
      this.parts.report(target.instanceId, new Map([[clientId, found]]));
    return steps.checkup;
  }

  /** The steps without a key; true where those with it can be made. */
  private async reaches(target: CallTarget, steps: CheckupSteps, signal: AbortSignal): Promise<boolean> {
    const place = destination(target);
    if (place.kind === 'refused') return steps.failed('address', new ApiError('badEndpoint', 'BadEndpoint'));
    if (target.credential === undefined) return steps.failed('key', new ApiError('unbound', 'NoKeyBound'));
    steps.running('address');
    return steps.probed(place, await this.parts.probe(place, PROBE_DEADLINE_MS, signal));
  }

  private async ask(target: CallTarget, clientId: string, freshness: Freshness, signal: AbortSignal): Promise<Finding> {
    const { calls } = this.parts;
    try {
      const question = { clientId, freshness };
      return (await calls.make(target, () => askApi(this.parts, target, [question], signal), signal))(clientId);
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError');
      return { kind: 'failed', error: known, at: this.parts.now() };
    }
  }
}

/** The request ID of a call that succeeded, or why it failed. */
function endOf(finding: Finding): string | ApiError {
  return finding.kind === 'failed' ? finding.error : (finding.observation.requestId ?? '');
}
