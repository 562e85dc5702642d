import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import { AutoRefresh, type RefreshPlan, type RefreshScope } from '../../../../src/sessions/refresh/autoRefresh';

const HOUR_MS = 3_600_000;

describe('auto refresh', () => {
  let clock: ReturnType<typeof install>;
  let rounds: { at: number; scope: RefreshScope }[];
  let isWatched: boolean;
  let roundMs: number;
  let isAborted: boolean;
  let saved: unknown;
  let gone: string[];
  let isThrowing: boolean;

  beforeEach(() => {
    clock = install({ now: 0 });
    [rounds, isWatched, roundMs, isAborted, saved, gone, isThrowing] = [[], true, 0, false, undefined, [], false];
  });
  afterEach(() => clock.uninstall());

  const open = (): AutoRefresh =>
    new AutoRefresh({
      isWatched: () => isWatched,
      exists: ({ group }) => !gone.includes(group ?? ''),
      round: async (scope, _, signal) => {
        rounds.push({ at: Date.now() / 1000, scope });
        signal.addEventListener('abort', () => (isAborted = true));
        if (roundMs > 0) await new Promise((resolve) => setTimeout(resolve, roundMs));
        if (isThrowing) throw new Error('nobody foresaw this');
        return 'changed';
      },
      kept: { read: () => saved, write: (plans) => (saved = structuredClone(plans)) },
      now: Date.now,
    });
  const plan = (more: Partial<RefreshPlan> = {}): RefreshPlan => ({
    scope: {},
    intervalSeconds: 10,
    startedAt: Date.now(),
    endsAt: Date.now() + HOUR_MS,
    isFromSettings: false,
    isPaused: false,
    ...more,
  });
  const moments = (): number[] => rounds.map(({ at }) => at);

  it('is off until asked', async () => {
    open().update();
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds, clock.countTimers()], [[], 0]);
  });

  it('checks at once, then every so many seconds, and stops when disposed', async () => {
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(30_000);
    assert.deepEqual(moments(), [0, 10, 20, 30]);
    refresh.dispose();
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds.length, clock.countTimers()], [4, 0]);
  });

  it('keeps a pace of its own for each group and instance', async () => {
    const refresh = open();
    refresh.start(plan({ scope: { instanceId: 'i', group: 'g' } }));
    refresh.start(plan({ scope: { instanceId: 'i' }, intervalSeconds: 25 }));
    await clock.tickAsync(30_000);
    assert.deepEqual(
      rounds.map(({ at, scope }) => [at, scope.group ?? '']),
      [
        [0, 'g'],
        [0, ''],
        [10, 'g'],
        [20, 'g'],
        [25, ''],
        [30, 'g'],
      ],
    );
    assert.deepEqual(refresh.planOf('i', 'g')?.intervalSeconds, 10);
    assert.deepEqual(refresh.planOf('i', 'other')?.intervalSeconds, 25);
    assert.equal(refresh.planOf('other'), undefined);
  });

  it('never runs two rounds at once, however often it is told of a change', async () => {
    roundMs = 25_000;
    const refresh = open();
    refresh.start(plan());
    for (let second = 0; second < 60; second++) {
      await clock.tickAsync(1000);
      refresh.update();
    }
    assert.deepEqual(moments(), [0, 35]);
  });

  it('makes no call while nobody looks, and one at once when somebody does', async () => {
    const refresh = open();
    isWatched = false;
    refresh.start(plan());
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds, clock.countTimers()], [[], 0]);
    isWatched = true;
    refresh.update();
    await clock.tickAsync(0);
    assert.deepEqual(moments(), [60]);
  });

  it('makes one round when a laptop wakes after an hour, not 360', async () => {
    const refresh = open();
    refresh.start(plan({ endsAt: 10 * HOUR_MS }));
    await clock.tickAsync(5000);
    clock.setSystemTime(HOUR_MS);
    await clock.tickAsync(14_000);
    assert.deepEqual(moments(), [0, 3605]);
  });

  it('pauses, and goes on where it was', async () => {
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(5000);
    refresh.pause(true);
    assert.deepEqual([refresh.isPaused, refresh.dueAt, clock.countTimers()], [true, undefined, 0]);
    await clock.tickAsync(60_000);
    refresh.pause(false);
    await clock.tickAsync(0);
    assert.deepEqual(moments(), [0, 65]);
  });

  it('gives up a round that nobody wants any more, and makes it at once when somebody does', async () => {
    roundMs = 5000;
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(1000);
    isWatched = false;
    refresh.update();
    assert.equal(isAborted, true);
    await clock.tickAsync(59_000);
    assert.deepEqual([moments(), clock.countTimers()], [[0], 0]);
    isWatched = true;
    refresh.update();
    await clock.tickAsync(0);
    assert.deepEqual(moments(), [0, 60]);
    refresh.dispose();
  });

  it('stays paused through a reload, and while another one is started', async () => {
    const before = open();
    before.start(plan({ scope: { instanceId: 'a' } }));
    await clock.tickAsync(0);
    before.pause(true);
    before.dispose();
    const after = open();
    after.update();
    await clock.tickAsync(60_000);
    assert.deepEqual([moments(), after.isPaused, clock.countTimers()], [[0], true, 0]);
    after.start(plan({ scope: { instanceId: 'b' } }));
    await clock.tickAsync(5000);
    assert.deepEqual([rounds.map(({ scope }) => scope.instanceId), after.isPaused], [['a', 'b'], false]);
  });

  it('makes one round where its time is over before the next, and promises no other', async () => {
    const refresh = open();
    refresh.start(plan({ intervalSeconds: 3600 }));
    await clock.tickAsync(1000);
    assert.deepEqual([moments(), refresh.dueAt], [[0], undefined]);
    await clock.tickAsync(HOUR_MS);
    assert.deepEqual([moments(), refresh.plans], [[0], []]);
  });

  it('forgets what ran out while the window was closed', () => {
    saved = [plan({ endsAt: -1 })];
    assert.deepEqual(open().plans, []);
  });

  it('tells when the next round is', async () => {
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(4000);
    assert.equal(refresh.dueAt, 10_000);
  });

  it('ends by itself and says so once', async () => {
    const refresh = open();
    const ended: RefreshPlan[] = [];
    refresh.onDidEnd(({ plan: each, why }) => ended.push(why === 'timeOver' ? each : plan()));
    refresh.start(plan({ endsAt: 25_000 }));
    await clock.tickAsync(60_000);
    refresh.update();
    assert.deepEqual([moments(), ended.length, clock.countTimers(), refresh.plans], [[0, 10, 20], 1, 0, []]);
    assert.deepEqual(saved, []);
  });

  it('says that it has ended only when somebody looks again', async () => {
    const refresh = open();
    let ended = 0;
    refresh.onDidEnd(() => ended++);
    refresh.start(plan({ endsAt: 25_000 }));
    isWatched = false;
    refresh.update();
    await clock.tickAsync(60_000);
    assert.equal(ended, 0);
    isWatched = true;
    refresh.update();
    assert.deepEqual([ended, rounds], [1, []]);
  });

  it('goes on after a reload of the window, until the same end', async () => {
    const before = open();
    before.start(plan({ scope: { instanceId: 'i' }, endsAt: 50_000 }));
    before.dispose();
    const after = open();
    after.update();
    await clock.tickAsync(60_000);
    assert.deepEqual(moments(), [10, 20, 30, 40]);
  });

  it('starts with nothing where what was kept is garbage', () => {
    for (const garbage of ['x', 7, [{}], [{ scope: {}, intervalSeconds: 'often', endsAt: 1 }]]) {
      saved = garbage;
      assert.deepEqual(open().plans, []);
    }
  });

  it('ends for a group that is saved no more, and says so', async () => {
    const refresh = open();
    const ended: string[] = [];
    refresh.onDidEnd(({ why }) => ended.push(why));
    refresh.start(plan({ scope: { instanceId: 'i', group: 'g' } }));
    gone = ['g'];
    refresh.update();
    await clock.tickAsync(60_000);
    assert.deepEqual([rounds, refresh.plans, clock.countTimers(), ended], [[], [], 0, ['gone']]);
  });

  it('goes on after a round that threw', async () => {
    const refresh = open();
    isThrowing = true;
    refresh.start(plan());
    await clock.tickAsync(35_000);
    assert.deepEqual(moments(), [0, 20]);
  });

  it('does not wait for ever when the clock jumps back', async () => {
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(10_000);
    clock.setSystemTime(-1_000_000_000);
    refresh.update();
    await clock.tickAsync(10_000);
    assert.equal(rounds.length, 3);
  });

  it('gives up a running round when disposed', async () => {
    roundMs = 5000;
    const refresh = open();
    refresh.start(plan());
    await clock.tickAsync(1000);
    refresh.dispose();
    await clock.tickAsync(60_000);
    assert.deepEqual([isAborted, rounds.length], [true, 1]);
  });
});
