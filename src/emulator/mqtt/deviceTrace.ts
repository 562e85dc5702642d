/** The documented words for what happens to a connection. */
export type ActionInfo =
  | 'accepted'
  | 'not authorized'
  | 'clientId conflict'
  | 'resource auth failed'
  | 'no heart'
  | 'closed by client'
  | 'disconnected by client'
  | 'invalid param'
  | 'Socket IOException';

export interface TracedEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly info: ActionInfo;
  readonly channelId: string;
}

const MOST_EVENTS = 1000;
const MOST_CLIENTS = 10_000;
const KEPT_MS = 24 * 60 * 60 * 1000;
/** No client ID is longer; whoever sends one is remembered by none. */
const LONGEST_ID = 64;

/** What happened to the connections of each client: of a day at most, 1,000 events a client, 10,000 clients. */
export class DeviceTrace {
  private readonly byClient = new Map<string, TracedEvent[]>();

  constructor(
    private readonly now: () => number,
    private readonly most = { events: MOST_EVENTS, clients: MOST_CLIENTS },
  ) {}

  record(clientId: string, channelId: string, info: ActionInfo): void {
    if (clientId === '' || clientId.length > LONGEST_ID) return;
    const events = this.recent(clientId);
    events.push({ at: this.now(), info, channelId });
    if (events.length > this.most.events) events.shift();
    // Whoever was heard of longest ago stands first, and goes first.
    this.byClient.delete(clientId);
    this.byClient.set(clientId, events);
    const [oldest] = this.byClient.keys();
    if (this.byClient.size > this.most.clients && oldest !== undefined) this.byClient.delete(oldest);
  }

  /** What happened from one moment to another, both included, oldest first. */
  between(clientId: string, beginAt: number, endAt: number): TracedEvent[] {
    return this.recent(clientId).filter(({ at }) => at >= beginAt && at <= endAt);
  }

  private recent(clientId: string): TracedEvent[] {
    const events = this.byClient.get(clientId) ?? [];
    const first = events.findIndex(({ at }) => at > this.now() - KEPT_MS);
    return first === -1 ? [] : events.slice(first);
  }
}
