import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  Condition,
  type ConditionRules,
  type Sighting,
  type WaitFor,
  type Wish,
} from '../../../../src/sessions/wait/condition';

const SECOND = 1000;
/** By the rule of the condition: 30 s, for so few clients. */
const GAP = 30 * SECOND;

const wish = (waitFor: WaitFor, more: Partial<Wish> = {}): Wish => ({
  clientIds: ['a', 'b'],
  waitFor,
  match: 'all',
  stableForSeconds: 0,
  ...more,
});
const cached = (status: Sighting['status'], atSeconds: number): Sighting => ({
  status,
  isVerified: false,
  checkedAt: atSeconds * SECOND,
});
const verified = (status: Sighting['status'], atSeconds: number): Sighting => ({
  ...cached(status, atSeconds),
  isVerified: true,
});
const one = (waitFor: WaitFor, more: Partial<Wish> = {}, rules: Partial<ConditionRules> = {}): Condition =>
  new Condition(wish(waitFor, { clientIds: ['a'], ...more }), { verify: false, ...rules });
const after = (condition: Condition, ...sightings: Sighting[]): boolean => {
  for (const sighting of sightings) condition.see('a', sighting);
  return condition.isMet;
};

interface Step {
  readonly clientId: string;
  readonly seen: Sighting;
}
const statuses = fc.constantFrom('online', 'offline', 'unknown');
const steps = (ids: readonly string[]): fc.Arbitrary<Step[]> =>
  fc
    .array(
      fc.record({
        clientId: fc.constantFrom(...ids),
        status: statuses,
        isVerified: fc.boolean(),
        afterSeconds: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 25, max: 40 })),
      }),
      { maxLength: 25 },
    )
    .map((entries) => {
      let at = 0;
      return entries.map(({ clientId, status, isVerified, afterSeconds }) => {
        at += afterSeconds * SECOND;
        return { clientId, seen: { status, isVerified, checkedAt: at } };
      });
    });
const wishes = fc.record({
  clientIds: fc.constant(['a', 'b']),
  waitFor: fc.constantFrom<WaitFor>('online', 'offline', 'restart', 'change'),
  match: fc.constantFrom<Wish['match']>('all', 'any'),
  stableForSeconds: fc.constantFrom(0, 5, 20),
});

/** The same rules read backwards from the whole history, without any state kept. */
function holds(
  history: readonly Sighting[],
  asOf: number,
  { waitFor, stableForSeconds }: Wish,
  verify: boolean,
): boolean {
  const known = history.filter(({ status }) => status !== 'unknown');
  const isWished = ({ status }: Sighting, at: number): boolean => {
    if (waitFor === 'change') return status !== known[0]?.status;
    if (waitFor !== 'restart') return status === waitFor;
    const before = known.slice(0, at).some((seen) => seen.status === 'offline' && (seen.isVerified || !verify));
    return status === 'online' && before;
  };
  let from = known.length;
  while (from > 0) {
    const [seen, next] = [known[from - 1], known[from]];
    if (seen === undefined || !isWished(seen, from - 1)) break;
    if (next !== undefined && next.checkedAt - seen.checkedAt > GAP) break;
    from--;
  }
  const held = known.slice(from);
  const [first, last] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined || history.at(-1)?.status === 'unknown') return false;
  const isProven = !verify || held.some(({ isVerified, checkedAt }) => isVerified && asOf - checkedAt <= GAP);
  return asOf - last.checkedAt <= GAP && last.checkedAt - first.checkedAt >= stableForSeconds * SECOND && isProven;
}

describe('a condition', () => {
  it('agrees with its rules read backwards from all that was seen', () => {
    fc.assert(
      fc.property(wishes, fc.boolean(), steps(['a', 'b']), (made, verify, history) => {
        const condition = new Condition(made, { verify });
        for (const { clientId, seen } of history) condition.see(clientId, seen);
        const asOf = history.at(-1)?.seen.checkedAt ?? 0;
        const each = made.clientIds.map((id) =>
          holds(
            history.filter(({ clientId }) => clientId === id).map(({ seen }) => seen),
            asOf,
            made,
            verify,
          ),
        );
        assert.equal(condition.isMet, made.match === 'all' ? each.every(Boolean) : each.some(Boolean));
        assert.equal(condition.missing.length, condition.isMet ? 0 : each.filter((is) => !is).length);
      }),
      { numRuns: 2000 },
    );
  });

  it('is never met by an answer that says nothing', () => {
    fc.assert(
      fc.property(wishes, fc.boolean(), steps(['a', 'b']), (made, verify, history) => {
        const condition = new Condition(made, { verify });
        for (const { clientId, seen } of history) {
          const wasMet = condition.isMet;
          condition.see(clientId, seen);
          if (seen.status === 'unknown' && made.match === 'all') assert.equal(condition.isMet, false);
          if (seen.status === 'unknown' && made.match === 'any') assert.ok(wasMet || !condition.isMet);
        }
      }),
    );
  });

  it('is met, or claimed no more, once all its doubts were asked about', () => {
    fc.assert(
      fc.property(wishes, steps(['a', 'b']), (made, history) => {
        const condition = new Condition(made, { verify: true });
        const last = new Map<string, Sighting>();
        for (const { clientId, seen } of history) {
          condition.see(clientId, seen);
          last.set(clientId, seen);
        }
        const asOf = history.at(-1)?.seen.checkedAt ?? 0;
        for (let round = 0; round < 3; round++)
          for (const clientId of condition.doubts) {
            const { status = 'unknown' } = last.get(clientId) ?? {};
            condition.see(clientId, { status, isVerified: true, checkedAt: asOf });
          }
        assert.deepEqual(condition.doubts, []);
      }),
    );
  });

  it('waits for all or for any', () => {
    for (const [match, met] of [
      ['all', false],
      ['any', true],
    ] as const) {
      const condition = new Condition(wish('online', { match }), { verify: false });
      condition.see('a', cached('online', 1));
      condition.see('b', cached('offline', 1));
      assert.equal(condition.isMet, met);
      condition.see('b', cached('online', 2));
      assert.equal(condition.isMet, true);
    }
  });

  it('takes for a restart only offline and then online', () => {
    assert.equal(after(one('restart'), cached('online', 1), cached('online', 3)), false);
    assert.equal(after(one('restart'), cached('online', 1), cached('unknown', 2), cached('online', 3)), false);
    assert.equal(after(one('restart'), cached('online', 1), cached('offline', 2)), false);
    assert.equal(after(one('restart'), cached('online', 1), cached('offline', 2), cached('online', 3)), true);
    assert.equal(after(one('restart'), cached('offline', 1), cached('online', 2)), true);
  });

  it('takes a restart that only the cache tells for none, and asks about its first half at once', () => {
    const condition = one('restart', {}, { verify: true });
    condition.see('a', cached('offline', 1));
    assert.deepEqual(condition.doubts, ['a']);
    condition.see('a', verified('online', 1));
    assert.deepEqual([condition.doubts, condition.isMet, condition.missing[0]?.lacks], [[], false, 'offlineFirst']);
    assert.equal(after(condition, verified('offline', 2), cached('online', 3)), false);
    assert.deepEqual(condition.doubts, ['a']);
    assert.equal(after(condition, verified('online', 3)), true);
  });

  it('takes for a change another status than the first, which outlives a reload', () => {
    const before = one('change');
    assert.equal(after(before, cached('unknown', 1), cached('online', 2), cached('online', 3)), false);
    assert.deepEqual([...before.baseline], [['a', 'online']]);
    assert.equal(after(one('change', {}, { baseline: before.baseline }), cached('offline', 60)), true);
    assert.equal(after(one('change'), cached('offline', 60)), false);
  });

  it('claims nothing stable beyond what was seen', () => {
    const condition = one('online', { stableForSeconds: 20 });
    assert.equal(after(condition, cached('online', 0), cached('online', 19)), false);
    assert.equal(condition.missing[0]?.lacks, 'time');
    assert.equal(after(condition, cached('online', 20)), true);
    assert.equal(after(one('online', { stableForSeconds: 20 }), cached('online', 0), cached('online', 3600)), false);
    assert.equal(
      after(one('online', { stableForSeconds: 20 }), cached('online', 0), cached('offline', 10), cached('online', 21)),
      false,
    );
  });

  it('starts anew where the clock was set back', () => {
    const condition = one('online', { stableForSeconds: 20 });
    assert.equal(after(condition, cached('online', 100), cached('online', 50), cached('online', 60)), false);
    assert.equal(after(condition, cached('online', 70)), true);
  });

  it('asks in real time only when all that counts hangs on it', () => {
    const condition = new Condition(wish('online'), { verify: true });
    condition.see('a', cached('online', 1));
    condition.see('b', cached('offline', 1));
    assert.deepEqual(condition.doubts, []);
    condition.see('b', verified('online', 5));
    assert.deepEqual(condition.doubts, ['a']);
    condition.see('a', verified('online', 5));
    assert.deepEqual([condition.doubts, condition.isMet], [[], true]);
  });

  it('proves a few candidates where one client is enough', () => {
    const clientIds = Array.from({ length: 100 }, (_, at) => `c${at}`);
    const condition = new Condition(wish('online', { clientIds, match: 'any' }), { verify: true });
    for (const clientId of clientIds) condition.see(clientId, cached('online', 1));
    assert.deepEqual(condition.doubts, ['c0', 'c1', 'c2']);
  });
});
