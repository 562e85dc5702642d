import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CallLedger, type SharedLines } from '../../../../src/sessions/calls/callLedger';
import { GrantWindow } from '../../../../src/sessions/calls/grantWindow';

/** One file that several windows append to, in memory. */
class File {
  readonly lines: string[] = [];
  bucketAt = -Infinity;

  window(): SharedLines {
    let read = 0;
    return {
      append: (lines) => {
        this.lines.push(...lines);
        const since = this.lines.slice(read);
        read = this.lines.length;
        return Promise.resolve({ bucketAt: this.bucketAt, lines: since });
      },
    };
  }
}

describe('the calls that windows share', () => {
  let now: number;
  let monotonic: number;
  let file: File;
  let windows: CallLedger[];
  const open = (owner: string, lines: SharedLines = file.window()): CallLedger =>
    new CallLedger({ lines, owner, now: () => now, monotonic: () => monotonic });
  const pass = (ms: number): void => {
    now += ms;
    monotonic += ms;
  };

  beforeEach(() => {
    [now, monotonic, file] = [1_000_000, 0, new File()];
    windows = Array.from({ length: 10 }, (_, at) => open(`w${at}`));
  });

  it('stay below the rate when ten windows start at once', async () => {
    const all = async (): Promise<number> => {
      const grants = await Promise.all(windows.map((window) => window.take('a', 30, 100)));
      return grants.reduce((sum, { granted }) => sum + granted, 0);
    };
    let sum = 0;
    for (let tenth = 0; tenth < 10; tenth++) {
      sum += await all();
      pass(102);
    }
    assert.deepEqual([sum, await all()], [100, 13]);
    assert.deepEqual(await windows[3]?.take('a', 30, 100), { granted: 0, waitMs: 87, id: 'w3.12' });
  });

  it('that one window made late count later in all of them', async () => {
    const [one, other] = [open('one'), open('other')];
    const cold = await one.take('a', 8, 8);
    assert.equal(cold.granted, 1);
    await one.late(cold.id, 300);
    pass(500);
    const granted: number[] = [];
    for (let tenth = 0; tenth < 10; tenth++) {
      granted.push((await other.take('a', 8, 8)).granted);
      pass(101);
    }
    // at 1005 ms the first call would count no more, had it not been late by 300
    assert.deepEqual(granted, [1, 1, 1, 1, 1, 1, 1, 0, 1, 0]);
  });

  it('of two accounts do not slow each other, but all together stay away from the limit of the address', async () => {
    const sums = [0, 0, 0];
    for (let tenth = 0; tenth < 10; tenth++) {
      for (const [at, account] of ['a', 'b', 'c'].entries())
        sums[at] = (sums[at] ?? 0) + ((await windows[0]?.take(account, 100, 100))?.granted ?? 0);
      pass(102);
    }
    assert.deepEqual(sums, [70, 65, 65]);
  });

  it('do not wait for ever when the clock is set back, nor run ahead when it is set forward', async () => {
    await windows[0]?.take('a', 10, 100);
    for (const jump of [-3_600_000, 7_200_000]) {
      now += jump;
      assert.equal((await windows[0]?.take('a', 10, 100))?.granted, 0);
      pass(1020);
      const granted = (await windows[0]?.take('a', 10, 100))?.granted ?? 0;
      pass(1020);
      if (granted === 0) assert.equal((await windows[0]?.take('a', 10, 100))?.granted, 10);
    }
  });

  it('are not lost on garbage in the file, nor on a line cut in half', async () => {
    file.lines.push('no line at all', 'w9.1 99999', '{"at":1}', 'x 1 NaN 3 a', '');
    assert.equal((await windows[0]?.take('a', 5, 100))?.granted, 5);
    assert.equal((await windows[1]?.take('a', 9, 100))?.granted, 8);
  });

  it('begin a new file with a pause, for it does not know what the old one granted', async () => {
    await windows[0]?.take('a', 10, 100);
    file.bucketAt = now;
    assert.equal((await windows[0]?.take('a', 10, 100))?.granted, 0);
    pass(1020);
    assert.equal((await windows[0]?.take('a', 10, 100))?.granted, 10);
  });

  it('go on in one window alone where the storage fails', async () => {
    const alone = open('alone', { append: () => Promise.reject(new Error('EROFS')) });
    assert.equal((await alone.take('a', 7, 100)).granted, 7);
    assert.equal((await alone.take('a', 7, 100)).granted, 6);
  });

  it('never exceed the rate in any second, whatever is asked when', () => {
    const claims = fc.array(fc.record({ afterMs: fc.nat(400), wanted: fc.integer({ min: 1, max: 60 }) }));
    fc.assert(
      fc.property(claims, (asked) => {
        const window = new GrantWindow(1020);
        const made: { at: number; granted: number }[] = [];
        let at = 0;
        for (const { afterMs, wanted } of asked) {
          at += afterMs;
          made.push({ at, granted: window.take({ id: '', at, wanted, limit: 50, account: 'a' }) });
        }
        return made.every(
          ({ at: from }) =>
            made.filter((one) => one.at >= from && one.at < from + 1000).reduce((sum, one) => sum + one.granted, 0) <=
            50,
        );
      }),
    );
  });
});
