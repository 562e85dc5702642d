import type { InstanceListed } from '../model/listed';
import type { TracePage, TraceQuestion } from '../model/trace/traceEvent';

/** The narrow view of an instance that a call needs. */
export interface CallTarget {
  readonly instanceId: string;
  readonly regionId?: string | undefined;
  readonly endpoint?: string | undefined;
  /** The name of a stored key; absent where nobody has bound one: then nothing is sent. */
  readonly credential?: string | undefined;
}

/** What one BatchQuerySessionByClientIds said. An ID missing from `online` is unknown, never offline. */
export interface BatchAnswer {
  readonly requestId: string;
  readonly online: ReadonlyMap<string, boolean>;
}

/** What one QuerySessionByClientId said, in real time. */
export interface SingleAnswer {
  readonly requestId: string;
  readonly isOnline: boolean;
}

/** The seam between who asks and how: every failure is an ApiError. */
export interface MqttApi {
  /** Loads what a call needs and readies its key, so that it leaves at once when its turn has come. */
  prepare(credential?: string): Promise<void>;
  /** BatchQuerySessionByClientIds: 1 to 10 client IDs, answered from the service's cache. */
  querySessions(target: CallTarget, clientIds: readonly string[], signal: AbortSignal): Promise<BatchAnswer>;
  /** QuerySessionByClientId: one client ID, in real time. */
  querySession(target: CallTarget, clientId: string, signal: AbortSignal): Promise<SingleAnswer>;
}

/** A place and a key, without an instance. */
export type CallPlace = Omit<CallTarget, 'instanceId'>;

/** What a key may see of its account. Every failure is an ApiError. */
export interface MqttLists {
  /** ListInstances: the instances of the account in the region of the place. */
  listInstances(place: CallPlace, signal: AbortSignal): Promise<readonly InstanceListed[]>;
  /** ListGroupId: the group IDs of an instance, such as `GID_demo`. */
  listGroups(target: CallTarget, signal: AbortSignal): Promise<readonly string[]>;
}

/** What the service wrote down of its clients. Every failure is an ApiError. */
export interface MqttTraces {
  /** QueryMqttTraceDevice: a page, counted from 1, of what happened to the connections of a client, newest first. */
  traceDevice(target: CallTarget, question: TraceQuestion, page: number, signal: AbortSignal): Promise<TracePage>;
}
