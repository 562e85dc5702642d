import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import type { SharedPage } from '../../../src/sessions/callLedger';
import { BackgroundRound } from '../../../src/sessions/backgroundRound';
import { Lease } from '../../../src/sessions/lease';
import { SharedStatuses } from '../../../src/sessions/sharedStatuses';
import { type Finding, StatusStore } from '../../../src/sessions/statusStore';

const DAY_MS = 86_400_000;
const NOW = 20_000 * DAY_MS + 3_600_000;

/** One file that several windows append to, in memory. */
class File {
  readonly lines: string[] = [];
  bucketAt = 20_000 * DAY_MS;

  window() {
    let read = 0;
    const append = (lines: readonly string[]): Promise<SharedPage> => {
      this.lines.push(...lines);
      const since = this.lines.slice(read);
      read = this.lines.length;
      return Promise.resolve({ bucketAt: this.bucketAt, lines: since });
    };
    return { append, read: () => append([]) };
  }
}

const online = (checkedAt: number): Finding => ({
  kind: 'answered',
  observation: { status: 'online', isVerified: false, checkedAt, requestId: 'R1' },
});

describe('several windows', () => {
  let clock: ReturnType<typeof install>;
  let file: File;
  beforeEach(() => {
    clock = install({ now: NOW });
    file = new File();
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

    it('and ask only for what no window asked lately', async () => {
      const store = new StatusStore();
      store.apply('mqtt-1', new Map([['fresh', online(NOW - 5000)]]));
      store.apply('mqtt-1', new Map([['old', online(NOW - 29_000)]]));
      const asked: string[] = [];
      let budget = 10;
      const round = (owner: string): BackgroundRound =>
        new BackgroundRound({
          checker: {
            check: (requests) => {
              asked.push(...requests.flatMap(({ clientIds }) => clientIds));
              return new Promise((resolve) => setTimeout(() => resolve([]), 100_000));
            },
          },
          lease: lease(owner),
          store,
          meter: { count: () => undefined, today: () => ({ calls: 9, saved: 0 }) },
          dailyCallBudget: () => budget,
          inventory: () => ({
            instances: [
              {
                name: 'Plant',
                instanceId: 'mqtt-1',
                credential: 'work',
                groups: [{ name: 'Pumps', clientIds: ['fresh', 'old', 'new'] }],
              },
            ],
          }),
          intervalSeconds: () => 30,
          now: Date.now,
        });
      const { signal } = new AbortController();
      const first = round('one').run(signal);
      await clock.tickAsync(50_000);
      const second = round('other').run(signal);
      await clock.runAllAsync();
      await Promise.all([first, second]);
      assert.deepEqual([asked, clock.countTimers()], [['old', 'new'], 0]);
      budget = 9;
      clock.tick(60_000);
      const third = round('third').run(signal);
      await clock.runAllAsync();
      await third;
      assert.deepEqual(asked, ['old', 'new'], 'a spent budget stops the timer');
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
