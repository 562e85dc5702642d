import assert from 'node:assert/strict';
import { Arrivals } from '../../../src/sessions/arrivals';

describe('when calls reach the server', () => {
  it('counts a call that took long as one that may have arrived late', () => {
    const arrivals = new Arrivals();
    arrivals.add(0, 115);
    arrivals.add(100, 20);
    assert.deepEqual([arrivals.count(1000), arrivals.nextMs(1000)], [2, 95]);
    assert.equal(arrivals.count(1095), 1);
    assert.equal(arrivals.count(1101), 0);
  });
});
