import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import { NextMoment } from '../../../../src/sessions/fleet/nextMoment';

describe('the next moment', () => {
  let clock: ReturnType<typeof install>;
  let came: number[];
  let next: NextMoment;

  beforeEach(() => {
    clock = install({ now: 1000 });
    came = [];
    next = new NextMoment(Date.now, () => came.push(Date.now()));
  });
  afterEach(() => clock.uninstall());

  it('comes once, at the earliest of those still to come', async () => {
    next.await([900, 1000, 5000, 3000]);
    assert.equal(clock.countTimers(), 1);
    await clock.tickAsync(60_000);
    assert.deepEqual([came, clock.countTimers()], [[3000], 0]);
  });

  it('leaves no timer where nothing is to come', () => {
    next.await([2000]);
    next.await([0, 1000]);
    assert.equal(clock.countTimers(), 0);
  });

  it('is the last one asked for', async () => {
    next.await([2000]);
    next.await([4000]);
    await clock.tickAsync(60_000);
    assert.deepEqual(came, [4000]);
  });

  it('does not come at once when it is further off than a timer can wait', async () => {
    next.await([1000 + 2 ** 40]);
    await clock.tickAsync(86_400_000);
    assert.deepEqual(came, []);
    next.dispose();
  });

  it('never comes once disposed', async () => {
    next.await([2000]);
    next.dispose();
    await clock.tickAsync(60_000);
    assert.deepEqual([came, clock.countTimers()], [[], 0]);
  });
});
