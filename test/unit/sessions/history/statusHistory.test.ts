import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiError } from '../../../../src/model/apiError';
import { type SeenChanges, StatusHistory } from '../../../../src/sessions/history/statusHistory';
import type { Spell, Transition } from '../../../../src/sessions/history/transition';
import { type Finding, type Observation, type Origin, StatusStore } from '../../../../src/sessions/status/statusStore';

const MINUTE_MS = 60_000;
const GAP_MS = 15 * MINUTE_MS;
type Status = Observation['status'];

/** A history with a clock of its own, and what it told. */
function begin() {
  const clock = { now: 0 };
  const store = new StatusStore(() => clock.now);
  const settings = { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } };
  const history = new StatusHistory({ store, settings, now: () => clock.now });
  const told: SeenChanges[] = [];
  history.onDidChange((changes) => told.push(changes));
  const see = (status: Status, at: number, how: { isVerified?: boolean; origin?: Origin; clientId?: string } = {}) => {
    const { isVerified = true, origin = 'here', clientId = 'a' } = how;
    clock.now = Math.max(clock.now, at);
    const finding: Finding = { kind: 'answered', observation: { status, checkedAt: at, isVerified } };
    store.apply('mqtt-1', new Map([[clientId, finding]]), origin);
  };
  const transitions = () => history.of('mqtt-1', 'a').transitions;
  return { clock, store, history, told, see, transitions };
}

/** What a reader with pen and paper would note. */
function naive(seen: readonly { status: Status; at: number; isVerified: boolean }[]) {
  const spells: { status: Status; from: number; seenUntil: number }[] = [];
  const transitions: Transition[] = [];
  for (const { status, at, isVerified } of seen) {
    const last = spells.at(-1);
    if (status === 'unknown') continue;
    if (last?.status === status && at - last.seenUntil <= GAP_MS) {
      last.seenUntil = at;
      continue;
    }
    if (last !== undefined && last.status !== status)
      transitions.push({ to: status, at, notBefore: last.seenUntil, since: last.from, isVerified });
    spells.push({ status, from: at, seenUntil: at });
  }
  return { spells: spells as Spell[], transitions };
}

describe('status history', () => {
  it('notes when the new status was seen, and when the old one was seen last', () => {
    const { see, transitions } = begin();
    see('online', 1000);
    see('online', 2000);
    see('offline', 5000);
    assert.deepEqual(transitions(), [{ to: 'offline', at: 5000, notBefore: 2000, since: 1000, isVerified: true }]);
  });

  it('equals what a reader with pen and paper would note', () => {
    const step = fc.record({
      status: fc.constantFrom<Status>('online', 'offline', 'unknown'),
      ms: fc.oneof(fc.integer({ min: 1, max: 3 * MINUTE_MS }), fc.integer({ min: GAP_MS - 2, max: 2 * GAP_MS })),
      isVerified: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 18 }), (steps) => {
        const { see, history, clock } = begin();
        let at = 0;
        const seen = steps.map(({ ms, ...rest }) => ({ ...rest, at: (at += ms) }));
        for (const { status, at, isVerified } of seen) see(status, at, { isVerified });
        const expected = naive(seen);
        const past = history.of('mqtt-1', 'a');
        const recent = (spells: readonly Spell[]) => spells.filter((spell) => spell.seenUntil > clock.now - 3_600_000);
        assert.deepEqual(past.transitions, expected.transitions);
        assert.deepEqual(recent(past.spells), recent(expected.spells));
      }),
    );
  });

  it('remembers the last twenty changes of a client and no more', () => {
    const { see, transitions } = begin();
    for (let at = 0; at < 100; at++) see(at % 2 === 0 ? 'online' : 'offline', at * 1000);
    assert.deepEqual([transitions().length, transitions()[0]?.at, transitions().at(-1)?.at], [20, 80_000, 99_000]);
  });

  it('makes no change of a failure, of an unknown status, or of a question under way', () => {
    const { store, told, see, transitions } = begin();
    see('online', 1000);
    see('unknown', 2000);
    store.apply(
      'mqtt-1',
      new Map<string, Finding>([['a', { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 3000 }]]),
    );
    store.setChecking('mqtt-1', ['a', 'never-answered'], true);
    see('online', 4000);
    assert.deepEqual([transitions(), told], [[], []]);
  });

  it('is not moved by an answer that is older than what is known', () => {
    const { see, transitions, history } = begin();
    see('online', 5000);
    see('offline', 4000);
    assert.deepEqual([transitions(), history.of('mqtt-1', 'a').spells[0]?.seenUntil], [[], 5000]);
  });

  it('goes on after the clock was set back, and keeps no change of a time to come', () => {
    const { clock, see, transitions, history } = begin();
    see('online', 1000);
    see('offline', 3_600_000);
    see('online', 3_700_000);
    clock.now = 10_000;
    see('offline', 9000);
    see('offline', 10_500);
    see('online', 11_000);
    const spells = history.of('mqtt-1', 'a').spells;
    assert.deepEqual(
      transitions().map(({ to, at, notBefore }) => [to, at, notBefore]),
      [
        ['offline', 9000, 9000],
        ['online', 11_000, 10_500],
      ],
    );
    assert.ok(spells.every(({ from, seenUntil }) => from <= seenUntil && seenUntil <= clock.now));
  });

  it('leaves a gap where nobody asked for long, and tells a change across it as such', () => {
    const { see, history } = begin();
    see('online', 0);
    see('online', GAP_MS);
    see('online', 2 * GAP_MS + 1);
    see('offline', 5 * GAP_MS);
    const { spells, transitions } = history.of('mqtt-1', 'a');
    assert.deepEqual(spells, [
      { status: 'online', from: 0, seenUntil: GAP_MS },
      { status: 'online', from: 2 * GAP_MS + 1, seenUntil: 2 * GAP_MS + 1 },
      { status: 'offline', from: 5 * GAP_MS, seenUntil: 5 * GAP_MS },
    ]);
    assert.equal(transitions[0]?.notBefore, 2 * GAP_MS + 1);
  });

  it('tells a round once, and whether a call of this window found it', () => {
    const { see, told } = begin();
    see('online', 1);
    see('offline', 2);
    see('online', 3, { origin: 'elsewhere' });
    assert.deepEqual(
      told.map(({ origin, changes }) => [origin, changes.map(({ clientId, transition }) => [clientId, transition.to])]),
      [
        ['here', [['a', 'offline']]],
        ['elsewhere', [['a', 'online']]],
      ],
    );
  });

  it('forgets an instance whose key or address changed, and that one alone', () => {
    const { store, see, history, transitions } = begin();
    see('online', 1);
    history.forget('mqtt-2');
    see('offline', 2);
    assert.equal(transitions().length, 1);
    history.forget('mqtt-1');
    store.forget('mqtt-1');
    see('online', 3);
    assert.deepEqual(transitions(), []);
  });

  it('calls a client flapping from the fourth change in ten minutes on, until the window of time has passed', () => {
    const { clock, see, history } = begin();
    const flaps = () => history.isFlapping('mqtt-1', 'a');
    see('online', 0);
    see('offline', MINUTE_MS);
    see('online', 2 * MINUTE_MS);
    see('offline', 3 * MINUTE_MS);
    assert.equal(flaps(), false);
    see('online', 4 * MINUTE_MS);
    assert.equal(flaps(), true);
    clock.now = 11 * MINUTE_MS - 1;
    assert.equal(flaps(), true);
    clock.now = 11 * MINUTE_MS;
    assert.equal(flaps(), false);
  });

  it('goes on from what was kept: the first answer after a reload may be a change', () => {
    const { clock, see, history, told, transitions } = begin();
    clock.now = 10_000;
    const kept: Transition = { to: 'online', at: 5000, notBefore: 4000, since: 1000, isVerified: true };
    history.adopt('mqtt-1', [{ clientId: 'a', transition: kept }]);
    assert.deepEqual(told, []);
    see('offline', 10_000);
    assert.deepEqual(transitions(), [
      kept,
      { to: 'offline', at: 10_000, notBefore: 5000, since: 5000, isVerified: true },
    ]);
    assert.equal(told.length, 1);
  });

  it('is not moved by an answer that is older than what was kept', () => {
    const { see, history, transitions } = begin();
    see('offline', 1000, { clientId: 'other' });
    const kept: Transition = { to: 'online', at: 900, notBefore: 800, since: 700, isVerified: true };
    history.adopt('mqtt-1', [{ clientId: 'a', transition: kept }]);
    see('offline', 850);
    assert.deepEqual(transitions(), [kept]);
  });

  it('does not double a change that two windows saw, though one of them saw it later', () => {
    const { see, history, transitions } = begin();
    see('online', 1000);
    see('offline', 2000);
    const late: Transition = { to: 'offline', at: 3000, notBefore: 500, since: 500, isVerified: false };
    const same: Transition = { to: 'offline', at: 2000, notBefore: 1500, since: 0, isVerified: true };
    history.adopt(
      'mqtt-1',
      [late, same].map((transition) => ({ clientId: 'a', transition })),
    );
    assert.deepEqual(transitions(), [same]);
  });

  it('follows nothing once disposed', () => {
    const { see, history, transitions } = begin();
    see('online', 1);
    history.dispose();
    see('offline', 2);
    assert.deepEqual(transitions(), []);
  });
});
