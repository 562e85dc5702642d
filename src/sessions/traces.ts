import type { CallTarget, MqttTraces } from '../api/mqttApi';
import { ApiError } from '../model/apiError';
import type { TracePage, TraceQuestion } from '../model/trace/traceEvent';
import type { OtherCalls } from './calls/otherCalls';

/** What the service wrote down of a client: one call a page, each asked for by a person alone. */
export class Traces {
  constructor(
    private readonly api: MqttTraces,
    private readonly calls: OtherCalls,
    /** True for a client that a workspace names and the person has not said yes to. */
    private readonly isHeld: (instanceId: string, clientId: string) => boolean,
  ) {}

  /** A page, counted from 1, newest events first. Rejects with an ApiError. */
  page(target: CallTarget, question: TraceQuestion, page: number, signal: AbortSignal): Promise<TracePage> {
    if (this.isHeld(target.instanceId, question.clientId))
      return Promise.reject(new ApiError('heldBack', 'NotAllowedYet'));
    return this.calls.make(target, () => this.api.traceDevice(target, question, page, signal), signal);
  }
}
