import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kindOf, tellTrace, type TraceStory } from '../../../../src/model/trace/traceStory';
import type { TraceEvent, TracePage } from '../../../../src/model/trace/traceEvent';

const DAY = { beginAt: Date.UTC(2026, 10, 24, 8), endAt: Date.UTC(2026, 10, 25, 8) };

/** "12:00:00 accepted a": a time on 25 November, what happened, and the connection. */
function event(text: string): TraceEvent {
  const [, clock = '', info = '', channelId = ''] = /^(\S+) (.*?)(?: #(\w+))?$/.exec(text) ?? [];
  return { time: `2026-11-25 ${clock}.000`, action: '', info, channelId };
}
function page(texts: readonly string[], total = texts.length): TracePage {
  return { requestId: 'R', total, events: texts.map(event) };
}
const tell = (...texts: string[]): TraceStory => tellTrace([page(texts)], DAY);
const lastOf = ({ conclusion }: TraceStory) =>
  conclusion.kind === 'last'
    ? { info: conclusion.event.info, isNewest: conclusion.isNewest, open: conclusion.open?.channelId }
    : conclusion.kind;

describe('the story of a trace', () => {
  const documented: [string, string][] = [
    ['accepted', 'connected'],
    ['accept', 'connected'],
    ['not authorized', 'notAuthorized'],
    ['clientId conflict', 'conflict'],
    ['resource auth failed', 'resourceRefused'],
    ['topic auth failed', 'resourceRefused'],
    ['no heart', 'noHeartbeat'],
    ['closed by client', 'closedByClient'],
    ['disconnected by client', 'disconnected'],
    ['invalid param', 'invalidParameter'],
    ['Socket IOException', 'networkBroke'],
  ];
  for (const [info, kind] of documented) it(`takes "${info}" for ${kind}`, () => assert.equal(kindOf(info), kind));

  it('guesses nothing of what no document explains', () => {
    for (const info of ['', 'accepted again', 'kicked by administrator', 'constructor'])
      assert.equal(kindOf(info), 'unlisted');
  });

  it('ends with what was recorded last, and says of an open connection that nothing ended it', () => {
    assert.deepEqual(lastOf(tell('12:00:02 no heart #a', '12:00:00 accepted #a')), {
      info: 'no heart',
      isNewest: true,
      open: undefined,
    });
    assert.deepEqual(lastOf(tell('12:00:05 accepted #b', '12:00:02 no heart #a', '12:00:00 accepted #a')), {
      info: 'accepted',
      isNewest: true,
      open: 'b',
    });
  });

  it('knows of the connection that stands while a stranger is refused, or that took the session over', () => {
    for (const last of ['12:00:09 not authorized #c', '12:00:05 clientId conflict #a'])
      assert.equal((lastOf(tell(last, '12:00:05 accepted #b', '12:00:00 accepted #a')) as { open: string }).open, 'b');
  });

  it('calls no connection open that has no ID, or that something unlisted may have ended', () => {
    assert.equal((lastOf(tell('12:00:00 accepted')) as { open?: string }).open, undefined);
    assert.equal((lastOf(tell('12:00:01 kicked #a', '12:00:00 accepted #a')) as { open?: string }).open, undefined);
  });

  it('says nothing of an empty record, and that events were kept back where the service counts some', () => {
    assert.equal(lastOf(tell()), 'nothing');
    assert.equal(lastOf(tellTrace([page([], 7)], DAY)), 'withheld');
    assert.equal(lastOf(tellTrace([], DAY)), 'nothing');
  });

  it('puts events in order that came in none', () => {
    const { events } = tell('12:00:01 accepted', '12:00:03 accepted', '12:00:02 no heart');
    assert.deepEqual(
      events.map(({ time }) => time.slice(11, 19)),
      ['12:00:03', '12:00:02', '12:00:01'],
    );
  });

  it('leaves the order as it came where a time cannot be read, and then calls none the newest', () => {
    const events = [event('12:00:01 accepted'), { ...event('12:00:03 no heart'), time: 'yesterday' }];
    const story = tellTrace([{ requestId: 'R', total: 2, events }], DAY);
    assert.deepEqual(
      story.events.map(({ time }) => time),
      events.map(({ time }) => time),
    );
    assert.deepEqual(
      [lastOf(story), story.zone],
      [{ info: 'accepted', isNewest: false, open: undefined }, { kind: 'none' }],
    );
  });

  it('calls no event the newest where the service gave the oldest page first', () => {
    const newestFirst = tellTrace([page(['12:00:09 no heart', '12:00:01 accepted'], 300)], DAY);
    const oldestFirst = tellTrace([page(['12:00:01 accepted', '12:00:09 no heart'], 300)], DAY);
    assert.deepEqual(
      [newestFirst, oldestFirst].map((story) => (lastOf(story) as { isNewest: boolean }).isNewest),
      [true, false],
    );
  });

  it('joins pages, and lives with one beyond the end', () => {
    const pages = [page(['12:00:09 no heart', '12:00:08 accepted'], 3), page(['12:00:01 accepted'], 3), page([], 3)];
    const story = tellTrace(pages, DAY);
    assert.deepEqual(
      [story.events.length, story.total, (lastOf(story) as { isNewest: boolean }).isNewest],
      [3, 3, true],
    );
  });

  it('sees two devices with one ID by three conflicts in a row, and not by two', () => {
    const turn = (at: number) => [`12:00:0${at} accepted`, `12:00:0${at} clientId conflict`];
    const contested = tell(...[4, 3, 2, 1].flatMap(turn));
    assert.deepEqual(
      [contested.contest?.conflicts, contested.contest?.first.time, contested.contest?.last.time],
      [4, '2026-11-25 12:00:01.000', '2026-11-25 12:00:04.000'],
    );
    assert.equal(tell(...turn(2), ...turn(1)).contest, undefined);
    assert.equal(tell(...turn(5), ...turn(4), '12:00:03 no heart', ...turn(2), ...turn(1)).contest, undefined);
  });

  it('counts each kind, the newest first', () => {
    assert.deepEqual(
      [...tell('12:00:03 no heart', '12:00:02 accepted', '12:00:01 no heart').kinds],
      [
        ['noHeartbeat', 2],
        ['connected', 1],
      ],
    );
  });

  it('tells 100,000 events, and not each by all others', () => {
    const conflict = { time: '2026-11-25 12:00:00.000', action: 'close', info: 'clientId conflict', channelId: 'a' };
    const pages = Array.from({ length: 1000 }, () => ({
      requestId: 'R',
      total: 100_000,
      events: Array.from({ length: 100 }, () => conflict),
    }));
    assert.equal(tellTrace(pages, DAY).contest?.conflicts, 100_000);
  });

  it('loses no event and makes none up, whatever came', () => {
    const anything = fc.record({ time: fc.string(), action: fc.string(), info: fc.string(), channelId: fc.string() });
    fc.assert(
      fc.property(fc.array(anything), (events) => {
        const story = tellTrace([{ requestId: 'R', total: 0, events }], DAY);
        return story.events.length === events.length && story.total === events.length;
      }),
    );
  });
});
