import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import { AutoRefresh } from '../../../src/sessions/autoRefresh';

describe('auto refresh', () => {
  let clock: ReturnType<typeof install>;
  let rounds: number[];
  let isWatched: boolean;
  let intervalSeconds: number;
  let roundMs: number;
  let refresh: AutoRefresh;
  let aborted: boolean;

  beforeEach(() => {
    clock = install({ now: 0 });
    [rounds, isWatched, intervalSeconds, roundMs, aborted] = [[], true, 10, 0, false];
    refresh = new AutoRefresh({
      intervalSeconds: () => intervalSeconds,
      isWatched: () => isWatched,
      round: async (signal) => {
        rounds.push(Date.now() / 1000);
        signal.addEventListener('abort', () => (aborted = true));
        if (roundMs > 0) await new Promise((resolve) => setTimeout(resolve, roundMs));
      },
      now: Date.now,
    });
  });
  afterEach(() => clock.uninstall());

  it('is off at 0', async () => {
    intervalSeconds = 0;
    refresh.update();
    await clock.tickAsync(60_000);
    assert.deepEqual(rounds, []);
  });

  it('checks every so many seconds and stops when disposed', async () => {
    refresh.update();
    await clock.tickAsync(30_000);
    assert.deepEqual(rounds, [10, 20, 30]);
    refresh.dispose();
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds.length, clock.countTimers()], [3, 0]);
  });

  it('never runs two rounds at once, however often it is told of a change', async () => {
    roundMs = 25_000;
    refresh.update();
    for (let second = 0; second < 60; second++) {
      await clock.tickAsync(1000);
      refresh.update();
    }
    assert.deepEqual(rounds, [10, 45]);
  });

  it('makes no call while nobody looks, and catches up when somebody does', async () => {
    refresh.update();
    isWatched = false;
    refresh.update();
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds, clock.countTimers()], [[], 0]);
    isWatched = true;
    refresh.update();
    await clock.tickAsync(0);
    assert.deepEqual(rounds, [60]);
  });

  it('does not wait for ever when the clock jumps back', async () => {
    refresh.update();
    await clock.tickAsync(10_000);
    clock.setSystemTime(-1_000_000_000);
    refresh.update();
    await clock.tickAsync(10_000);
    assert.equal(rounds.length, 2);
  });

  it('gives up a running round when disposed', async () => {
    roundMs = 5000;
    refresh.update();
    await clock.tickAsync(11_000);
    refresh.dispose();
    await clock.tickAsync(60_000);
    assert.deepEqual([aborted, rounds.length], [true, 1]);
  });
});
