import assert from 'node:assert/strict';
import { Arrivals } from '../../../../src/sessions/calls/arrivals';

describe('when calls reach the server', () => {
  it('counts a call that took long as one that may have arrived late', () => {
    const arrivals = new Arrivals();
    arrivals.add({ claim: { id: 'a', at: 0 }, startedAt: 0, latencyMs: 115 });
    arrivals.add({ claim: { id: 'b', at: 100 }, startedAt: 100, latencyMs: 20 });
    assert.deepEqual([arrivals.count(1000), arrivals.nextMs(1000)], [2, 95]);
    assert.equal(arrivals.count(1095), 1);
    assert.equal(arrivals.count(1101), 0);
  });

  it('tells of each claim once how late it may have been, and again when a quicker call shows that it was later', () => {
    const arrivals = new Arrivals();
    arrivals.add({ claim: { id: 'a', at: 0 }, startedAt: 2, latencyMs: 115 });
    assert.deepEqual([...arrivals.newlyLate()], []);
    arrivals.add({ claim: { id: 'b', at: 120 }, startedAt: 121, latencyMs: 20 });
    assert.deepEqual([...arrivals.newlyLate()], [['a', 97]]);
    assert.deepEqual([...arrivals.newlyLate()], []);
    arrivals.add({ claim: { id: 'c', at: 150 }, startedAt: 150, latencyMs: 5 });
    assert.deepEqual(
      [...arrivals.newlyLate()],
      [
        ['a', 112],
        ['b', 16],
      ],
    );
  });
});
