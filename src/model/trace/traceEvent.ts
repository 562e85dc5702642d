/** Documented for QueryMqttTraceDevice: a page holds 100 events at most, and the time asked about is a day at most. */
export const TRACE_PAGE_SIZE = 100;
export const MOST_TRACE_MS = 24 * 60 * 60 * 1000;

/** One thing that happened to the connection of a client, as the service wrote it down: every text is foreign. */
export interface TraceEvent {
  /** `yyyy-MM-dd HH:mm:ss.SSS`, in a zone that no document names. */
  readonly time: string;
  /** `connect`, `close` or `disconnect`. */
  readonly action: string;
  readonly info: string;
  /** Tells one connection from another. */
  readonly channelId: string;
}

/** What is asked of a client's past; times are milliseconds since 1970. */
export interface TraceQuestion {
  /** The region of the instance, which the operation wants beside its ID. */
  readonly regionId: string;
  readonly clientId: string;
  readonly beginAt: number;
  readonly endAt: number;
}

/** A page of the answer, the newest event first: that is how it is asked for. */
export interface TracePage {
  readonly requestId: string;
  /** How many events there are in all pages. */
  readonly total: number;
  readonly events: readonly TraceEvent[];
}
