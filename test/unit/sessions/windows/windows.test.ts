import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import { BackgroundRound } from '../../../../src/sessions/refresh/backgroundRound';
import { Lease } from '../../../../src/sessions/windows/lease';
import { SharedStatuses } from '../../../../src/sessions/windows/sharedStatuses';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';
import { SharedFile } from '../sharedFile';

const DAY_MS = 86_400_000;
const TODAY = 20_000 * DAY_MS;
const NOW = TODAY + 3_600_000;

const online = (checkedAt: number): Finding => ({
  kind: 'answered',
  observation: { status: 'online', isVerified: false, checkedAt, requestId: 'R1' },
});

describe('several windows', () => {
  let clock: ReturnType<typeof install>;
  let file: SharedFile;
  beforeEach(() => {
    clock = install({ now: NOW });
    file = new SharedFile(TODAY);
  });
  afterEach(() => clock.uninstall());
  const lease = (owner: string): Lease => new Lease({ lines: file.window(), owner, now: Date.now });

  describe('take turns with background rounds', () => {
    it('so that of ten that start at once one holds the lease', async () => {
      const held = await Promise.all(Array.from({ length: 10 }, (_, at) => lease(`w${at}`).take()));
      assert.equal(held.filter(Boolean).length, 1);
    });

    it('and the lease survives the crash of its holder', async () => {
      const [crashed, other] = [lease('crashed'), lease('other')];
      assert.deepEqual([await crashed.take(), await other.take()], [true, false]);
      clock.tick(30_001);
      assert.deepEqual([await other.take(), await crashed.take()], [true, false]);
    });

    it('and who gives it up keeps nobody waiting', async () => {
      const [one, other] = [lease('one'), lease('other')];
      await one.take();
      await one.release();
      assert.deepEqual([await other.take(), await one.take()], [true, false]);
    });

    it('and neither garbage nor a lease from the future stops them', async () => {
      file.lines.push('garbage', 'x', 'w9 NaN take', `future ${NOW + DAY_MS} take`);
      assert.equal(await lease('one').take(), true);
    });

    it('and a new day hands the lease to nobody before the old one has run out', async () => {
      file.bucketAt = NOW - 10_000;
      const one = lease('one');
      assert.equal(await one.take(), false);
      clock.tick(20_001);
      assert.equal(await one.take(), true);
    });

    const target = { instanceId: 'mqtt-1', credential: 'work' };

    /** A window with a store of its own, whose checks take so long and find every client online. */
    function windowOf(
      owner: string,
      told: SharedFile,
      asked: string[],
      { budget = 10, checkMs = 100, isNewDay = false, mayAsk = true } = {},
    ) {
      let calls = 9;
      const store = new StatusStore();
      const statuses = new SharedStatuses({
        lines: told.window(),
        owner,
        store,
        placeOf: () => Promise.resolve('here'),
        now: Date.now,
      });
      const round = new BackgroundRound({
        checker: {
          async check(requests) {
            const clientIds = requests.flatMap((request) => request.clientIds);
            asked.push(...clientIds);
            await new Promise((resolve) => setTimeout(resolve, checkMs));
            const findings = new Map(clientIds.map((clientId) => [clientId, online(Date.now())]));
            store.apply('mqtt-1', findings);
            statuses.tell('mqtt-1', findings);
            return clientIds.map((clientId) => ({ instanceId: 'mqtt-1', clientId, finding: findings.get(clientId) }));
          },
        },
        lease: lease(owner),
        statuses,
        store,
        meter: {
          count: () => undefined,
          // Yesterday's count stands until a flush meets the new day's file.
          flush: () => Promise.resolve(void (calls = isNewDay ? 0 : calls)),
          today: () => ({ calls, saved: 0 }),
        },
        dailyCallBudget: () => budget,
        mayAsk: () => mayAsk,
        now: Date.now,
      });
      const run = (...clientIds: string[]) => round.run([{ target, clientIds }], 30_000, new AbortController().signal);
      return { store, run };
    }

    it('and none at all where nothing may be asked that no person asks for', async () => {
      const asked: string[] = [];
      const { run } = windowOf('one', new SharedFile(TODAY), asked, { mayAsk: false });
      assert.deepEqual([await run('new'), asked, clock.countTimers()], ['quiet', [], 0]);
    });

    it('and ask only for what is not fresh', async () => {
      const asked: string[] = [];
      const { store, run } = windowOf('one', new SharedFile(TODAY), asked);
      store.apply('mqtt-1', new Map([['fresh', online(NOW - 5000)]]));
      store.apply('mqtt-1', new Map([['old', online(NOW - 29_000)]]));
      const ended = run('fresh', 'old', 'new');
      await clock.runAllAsync();
      assert.deepEqual([asked, await ended, clock.countTimers()], [['old', 'new'], 'changed', 0]);
      const again = run('fresh', 'old', 'new');
      await clock.runAllAsync();
      assert.deepEqual([asked, await again], [['old', 'new'], 'quiet']);
    });

    it('and one that waits for its turn asks nothing that the other found', async () => {
      const [told, asked]: [SharedFile, string[]] = [new SharedFile(TODAY), []];
      const [one, other] = [windowOf('one', told, asked), windowOf('other', told, asked)];
      const [first, tooEarly] = [one.run('a', 'b'), other.run('b', 'c')];
      await clock.runAllAsync();
      assert.deepEqual([await first, await tooEarly], ['changed', 'busy']);
      const second = other.run('b', 'c');
      await clock.runAllAsync();
      await second;
      assert.deepEqual(asked, ['a', 'b', 'c']);
      assert.equal(other.store.get('mqtt-1', 'b')?.last?.status, 'online');
    });

    it('and a round longer than the lease keeps it', async () => {
      const [told, asked]: [SharedFile, string[]] = [new SharedFile(TODAY), []];
      const one = windowOf('one', told, asked, { checkMs: 100_000 });
      const ended = one.run('a');
      await clock.tickAsync(80_000);
      assert.equal(await windowOf('other', told, asked).run('a'), 'busy');
      await clock.runAllAsync();
      assert.equal(await ended, 'changed');
      assert.deepEqual([asked, clock.countTimers()], [['a'], 0]);
    });

    it('and say where nobody is seen, so that nothing was asked', async () => {
      const asked: string[] = [];
      const ended = windowOf('one', new SharedFile(TODAY), asked).run();
      await clock.runAllAsync();
      assert.deepEqual([asked, await ended], [[], 'nothing']);
    });

    it('and two rounds of one window keep its lease until both have ended', async () => {
      const [told, asked]: [SharedFile, string[]] = [new SharedFile(TODAY), []];
      const [one, other] = [windowOf('one', told, asked, { checkMs: 1000 }), windowOf('other', told, asked)];
      const first = one.run('a');
      await clock.tickAsync(500);
      const second = one.run('b');
      await clock.tickAsync(700);
      assert.deepEqual([await first, await other.run('c')], ['changed', 'busy']);
      await clock.runAllAsync();
      assert.equal(await second, 'changed');
    });

    it('and a budget that was spent yesterday is whole today', async () => {
      const asked: string[] = [];
      const ended = windowOf('one', new SharedFile(TODAY), asked, { budget: 9, isNewDay: true }).run('a');
      await clock.runAllAsync();
      assert.deepEqual([asked, await ended], [['a'], 'changed']);
    });

    it('and a spent budget stops the timer', async () => {
      const asked: string[] = [];
      const ended = windowOf('one', new SharedFile(TODAY), asked, { budget: 9 }).run('a');
      await clock.runAllAsync();
      assert.deepEqual([asked, await ended], [[], 'spent']);
    });
  });

  describe('share what they know', () => {
    const open = (owner: string, place: string | undefined) => {
      const store = new StatusStore();
      const placeOf = () => Promise.resolve(place);
      return { store, statuses: new SharedStatuses({ lines: file.window(), owner, store, placeOf, now: Date.now }) };
    };

    it('with when, how and the request ID', async () => {
      const [one, other] = [open('one', 'here'), open('other', 'here')];
      one.statuses.tell('mqtt-1', new Map([['GID_a@@@1', online(NOW)]]));
      await clock.runAllAsync();
      await other.statuses.follow();
      assert.deepEqual(other.store.get('mqtt-1', 'GID_a@@@1'), {
        last: { status: 'online', isVerified: false, checkedAt: NOW, requestId: 'R1' },
      });
      assert.equal(one.store.get('mqtt-1', 'GID_a@@@1'), undefined, 'its own lines are no news to it');
    });

    it('but not with another key or address, nor without a key', async () => {
      const [one, elsewhere, keyless] = [open('one', 'here'), open('two', 'there'), open('three', undefined)];
      one.statuses.tell('mqtt-1', new Map([['GID_a@@@1', online(NOW)]]));
      await clock.runAllAsync();
      for (const { store, statuses } of [elsewhere, keyless]) {
        await statuses.follow();
        assert.equal(store.get('mqtt-1', 'GID_a@@@1'), undefined);
      }
    });

    it('through garbage, and never from the future', async () => {
      file.lines.push('garbage', '{"by":"x"}', '{"by":1');
      const [one, other] = [open('one', 'here'), open('other', 'here')];
      one.statuses.tell('mqtt-1', new Map([['GID_a@@@1', online(NOW + DAY_MS)]]));
      await clock.runAllAsync();
      await other.statuses.follow();
      assert.equal(other.store.get('mqtt-1', 'GID_a@@@1')?.last?.checkedAt, Date.now());
    });
  });
});
