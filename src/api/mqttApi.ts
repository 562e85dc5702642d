/** The narrow view of an instance that a call needs. */
export interface CallTarget {
  readonly instanceId: string;
  readonly regionId?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credential: string;
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
  /** Loads what the first call needs, so that a call leaves at once when its turn has come. */
  prepare(): Promise<void>;
  /** BatchQuerySessionByClientIds: 1 to 10 client IDs, answered from the service's cache. */
  querySessions(target: CallTarget, clientIds: readonly string[], signal: AbortSignal): Promise<BatchAnswer>;
  /** QuerySessionByClientId: one client ID, in real time. */
  querySession(target: CallTarget, clientId: string, signal: AbortSignal): Promise<SingleAnswer>;
}
