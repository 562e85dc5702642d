import type { CallTarget, MqttApi } from '../api/mqttApi';
import type { probe } from '../api/probe';
import { ApiError } from '../model/apiError';
import { destination } from '../model/destination';
import { type Checkup, CheckupSteps } from '../model/doctor/checkup';
import type { OtherCalls } from './calls/otherCalls';

/** Longer than a slow server takes to answer, shorter than a person waits. */
const PROBE_DEADLINE_MS = 10_000;

export interface DiagnosisParts {
  readonly api: Pick<MqttApi, 'querySession' | 'querySessions'>;
  readonly calls: Pick<OtherCalls, 'make'>;
  readonly probe: typeof probe;
}

/** Finds out step by step what keeps an instance from being asked: three requests at most, of which two may be billed. */
export class Diagnosis {
  constructor(private readonly parts: DiagnosisParts) {}

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
    if (await this.reaches(target, steps, signal)) {
      const { api } = this.parts;
      steps.running('key', 'batch');
      const batch = await this.ask(target, () => api.querySessions(target, [clientId], signal), signal);
      if (steps.batchAnswered(batch)) {
        steps.running('realTime');
        steps.realTimeAnswered(await this.ask(target, () => api.querySession(target, clientId, signal), signal));
      }
    }
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

  /** The request ID of a call that succeeded, or why it failed. */
  private async ask(
    target: CallTarget,
    call: () => Promise<{ readonly requestId: string }>,
    signal: AbortSignal,
  ): Promise<string | ApiError> {
    try {
      return (await this.parts.calls.make(target, call, signal)).requestId;
    } catch (error) {
      return error instanceof ApiError ? error : new ApiError('network', 'UnexpectedError');
    }
  }
}
