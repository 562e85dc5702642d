import { serviceZoneOf, type ServiceZone, wallClockOf } from './serviceTime';
import type { TraceEvent, TracePage, TraceQuestion } from './traceEvent';

/** What an event means; 'unlisted' for one that no document explains, which is shown as it came. */
export type TraceEventKind =
  | 'connected'
  | 'notAuthorized'
  | 'conflict'
  | 'resourceRefused'
  | 'noHeartbeat'
  | 'closedByClient'
  | 'disconnected'
  | 'invalidParameter'
  | 'networkBroke'
  | 'unlisted';

/** The documented values of ActionInfo; the vendor's example has 'accept', the console's page 'topic auth failed'. */
const KINDS: ReadonlyMap<string, TraceEventKind> = new Map([
  ['accepted', 'connected'],
  ['accept', 'connected'],
  ['not authorized', 'notAuthorized'],
  ['clientid conflict', 'conflict'],
  ['resource auth failed', 'resourceRefused'],
  ['topic auth failed', 'resourceRefused'],
  ['no heart', 'noHeartbeat'],
  ['closed by client', 'closedByClient'],
  ['disconnected by client', 'disconnected'],
  ['invalid param', 'invalidParameter'],
  ['socket ioexception', 'networkBroke'],
]);

/** So many connections in a row that another one ended: both come back again and again. */
const CONTEST_CONFLICTS = 3;

export interface ToldEvent extends TraceEvent {
  readonly kind: TraceEventKind;
  /** Milliseconds since 1970 were it UTC; undefined where the service wrote something else. */
  readonly wallClock: number | undefined;
}

/** Conflicts in a row, with nothing but new connections between them. */
interface Contest {
  readonly conflicts: number;
  readonly first: ToldEvent;
  readonly last: ToldEvent;
}

type TraceConclusion =
  | { readonly kind: 'nothing' }
  /** The service counts events and gave none. */
  | { readonly kind: 'withheld' }
  | {
      readonly kind: 'last';
      readonly event: ToldEvent;
      /** False where the newest event may be on a page that was not asked for. */
      readonly isNewest: boolean;
      /** The last connection that was accepted, where nothing on record ended it. */
      readonly open?: ToldEvent | undefined;
    };

/** What the service wrote down of a client, explained as far as it can be. */
export interface TraceStory {
  /** Newest first, as far as the times can be read; else as they came. */
  readonly events: readonly ToldEvent[];
  readonly total: number;
  readonly conclusion: TraceConclusion;
  readonly contest?: Contest | undefined;
  /** Each kind that occurs, the newest first, and how often. */
  readonly kinds: ReadonlyMap<TraceEventKind, number>;
  readonly zone: ServiceZone;
}

export function kindOf(info: string): TraceEventKind {
  return KINDS.get(info.trim().toLowerCase()) ?? 'unlisted';
}

/** Explains the pages of one question, in the order they were asked for. */
export function tellTrace(pages: readonly TracePage[], question: Pick<TraceQuestion, 'beginAt' | 'endAt'>): TraceStory {
  const came = pages.flatMap((page) => page.events).map(toldEvent);
  const areReadable = came.every(({ wallClock }) => wallClock !== undefined);
  const events = areReadable ? came.toSorted((a, b) => (b.wallClock ?? 0) - (a.wallClock ?? 0)) : came;
  const total = Math.max(pages.at(-1)?.total ?? 0, came.length);
  const isNewest = areReadable && (came.length === total || isNewestFirst(pages[0]));
  const kinds = new Map<TraceEventKind, number>();
  for (const { kind } of events) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    events,
    total,
    conclusion: conclude(events, total, isNewest),
    contest: contestOf(events),
    kinds,
    zone: serviceZoneOf(
      came.map(({ wallClock }) => wallClock),
      question,
    ),
  };
}

function toldEvent(event: TraceEvent): ToldEvent {
  return { ...event, kind: kindOf(event.info), wallClock: wallClockOf(event.time) };
}

/** Whether the service took the wish for the newest first: else the end of the story is on the last page. */
function isNewestFirst(page: TracePage | undefined): boolean {
  const [first, last] = [page?.events[0], page?.events.at(-1)].map((event) => event && wallClockOf(event.time));
  return first !== undefined && last !== undefined && first > last;
}

function conclude(events: readonly ToldEvent[], total: number, isNewest: boolean): TraceConclusion {
  const [event] = events;
  if (event === undefined) return { kind: total === 0 ? 'nothing' : 'withheld' };
  return { kind: 'last', event, isNewest, open: isNewest ? openOf(events) : undefined };
}

/** The newest connection, where it has an ID and no event of that ID ended it. */
function openOf(events: readonly ToldEvent[]): ToldEvent | undefined {
  const newest = events.find(({ kind }) => kind === 'connected');
  if (newest === undefined || newest.channelId === '') return undefined;
  return events.some((event) => event.channelId === newest.channelId && event.kind !== 'connected')
    ? undefined
    : newest;
}

/** The longest row of conflicts, where it is long enough to mean something. */
function contestOf(events: readonly ToldEvent[]): Contest | undefined {
  let longest: Contest | undefined;
  let row: Contest | undefined;
  for (const event of events) {
    if (event.kind === 'conflict')
      row = { conflicts: (row?.conflicts ?? 0) + 1, first: event, last: row?.last ?? event };
    else if (event.kind !== 'connected') row = undefined;
    if (row !== undefined && row.conflicts > (longest?.conflicts ?? 0)) longest = row;
  }
  return longest !== undefined && longest.conflicts >= CONTEST_CONFLICTS ? longest : undefined;
}
