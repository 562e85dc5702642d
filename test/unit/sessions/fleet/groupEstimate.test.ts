import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawSample, estimate } from '../../../../src/sessions/fleet/groupEstimate';

/** A generator of numbers from 0 to 1 that gives the same ones in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const fleet = (size: number): string[] => Array.from({ length: size }, (_, at) => `device-${at}`);
const round = (value: number | undefined): number => Math.round((value ?? NaN) * 1000) / 1000;

describe('an estimate from a sample', () => {
  it('reads as in the issue: 186 of 200 online, of 48,210, are 93 %, give or take 3.5 points', () => {
    const statuses = [...Array<'online'>(186).fill('online'), ...Array<'offline'>(14).fill('offline')];
    const found = estimate(statuses, 48_210);
    assert.deepEqual(
      [found?.online, round(found?.margin), found?.sampled, found?.total, found?.leftOut],
      [0.93, 0.035, 200, 48_210, 0],
    );
  });

  it('is exact where every client was asked', () => {
    assert.deepEqual(estimate(['online', 'offline'], 2)?.margin, 0);
  });

  it('never claims that all are online because all of a sample are', () => {
    const found = estimate(Array<'online'>(200).fill('online'), 48_210);
    assert.deepEqual([found?.online, round(found?.margin)], [1, 0.015]);
  });

  it('counts clients that said nothing apart, and claims nothing where nobody answered', () => {
    assert.deepEqual(
      [
        estimate(['online', 'unknown', undefined], 10)?.sampled,
        estimate(['online', 'unknown', undefined], 10)?.leftOut,
      ],
      [1, 2],
    );
    assert.equal(estimate(['unknown', undefined], 10), undefined);
  });

  it('holds the truth within its margin about 95 times of 100', () => {
    const random = seeded(7);
    const all = fleet(5000);
    const online = new Set(all.filter((_, at) => at % 10 !== 0));
    let within = 0;
    for (let run = 0; run < 400; run++) {
      const sample = drawSample(all, 200, random);
      const found = estimate(
        sample.map((clientId) => (online.has(clientId) ? 'online' : 'offline')),
        all.length,
      );
      if (found !== undefined && Math.abs(found.online - 0.9) <= found.margin) within++;
    }
    assert.ok(within >= 0.91 * 400 && within <= 0.99 * 400, `${within} of 400`);
  });

  it('draws different clients, none twice, and all of them where there are no more', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(20), fc.integer(), (clientIds, size, seed) => {
        const sample = drawSample(clientIds, size, seeded(seed));
        assert.equal(sample.length, Math.min(size, new Set(clientIds).size));
        assert.equal(new Set(sample).size, sample.length);
        assert.ok(sample.every((clientId) => clientIds.includes(clientId)));
      }),
    );
  });

  it('draws every client as often as any other', () => {
    const random = seeded(3);
    const drawn = new Map<string, number>();
    for (let run = 0; run < 2000; run++)
      for (const clientId of drawSample(fleet(10), 3, random)) drawn.set(clientId, (drawn.get(clientId) ?? 0) + 1);
    for (const count of drawn.values()) assert.ok(Math.abs(count - 600) < 90, `${count}`);
  });
});
