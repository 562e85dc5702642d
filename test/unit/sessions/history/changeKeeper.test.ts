import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readText, updateFile } from '../../../../src/host/shared/atomicFile';
import { silentLog } from '../../../../src/base/log';
import { ChangeKeeper } from '../../../../src/sessions/history/changeKeeper';
import {
  type ChangeLine,
  changeText,
  MOST_IN_ALL,
  readChangeLines,
  union,
} from '../../../../src/sessions/history/changeLines';
import { StatusHistory } from '../../../../src/sessions/history/statusHistory';
import { StatusStore } from '../../../../src/sessions/status/statusStore';

const NOW = 1_000_000;
const line = (clientId: string, at: number, more: Partial<ChangeLine> = {}): ChangeLine => ({
  instanceId: 'mqtt-1',
  place: 'here',
  clientId,
  to: 'offline',
  at,
  notBefore: at - 10,
  since: at - 20,
  isVerified: true,
  ...more,
});

describe('the changes of two windows', () => {
  const anyLine = fc.record(
    {
      instanceId: fc.constantFrom('mqtt-1', 'mqtt-2'),
      place: fc.constantFrom('here', 'there'),
      clientId: fc.constantFrom('a', 'b'),
      to: fc.constantFrom('online' as const, 'offline' as const),
      at: fc.nat(60),
      notBefore: fc.nat(3),
      since: fc.nat(3),
      isVerified: fc.boolean(),
    },
    { noNullPrototype: true },
  );
  const file = fc.array(anyLine, { maxLength: 60 }).map((lines) => union(lines));

  it('are the same in whatever order they are put together, and however often', () => {
    fc.assert(
      fc.property(file, file, file, (a, b, c) => {
        assert.deepEqual(union(a, b), union(b, a));
        assert.deepEqual(union(union(a, b), c), union(a, union(b, c)));
        assert.deepEqual(union(union(a, b), b), union(a, b));
      }),
    );
  });

  it('lose nothing: every change of either is there once, but for those older than twenty of the same client', () => {
    const key = ({ instanceId, place, clientId, to, at }: ChangeLine) =>
      [instanceId, place, clientId, to, at].join(' ');
    fc.assert(
      fc.property(file, file, (a, b) => {
        const kept = union(a, b);
        const keys = kept.map(key);
        assert.equal(new Set(keys).size, keys.length);
        for (const lost of [...a, ...b].filter((each) => !keys.includes(key(each)))) {
          const { instanceId, place, clientId } = lost;
          const newer = kept.filter(
            (each) =>
              each.instanceId === instanceId &&
              each.place === place &&
              each.clientId === clientId &&
              each.at >= lost.at,
          );
          assert.equal(newer.length, 20);
        }
      }),
    );
  });

  it('are two thousand in all, the newest, and one client that flaps does not push out the others', () => {
    const many = Array.from({ length: MOST_IN_ALL + 5 }, (_, at) => line(`c${at}`, at));
    const flapping = Array.from({ length: 3000 }, (_, at) => line('flaps', 5000 + at));
    const kept = union(many, flapping);
    assert.deepEqual([kept.length, kept.filter(({ clientId }) => clientId === 'flaps').length], [MOST_IN_ALL, 20]);
    assert.equal(kept[0]?.clientId, 'c25');
  });

  it('are read back as written, without garbage, and without what lies in the future', () => {
    const lines = [line('a', 1), line('"\n🙂', 2)];
    const future = changeText([line('a', NOW + 1)]);
    const garbage = '\u0000{]\n[]\nnull\n{"instanceId":"mqtt-1"}\n';
    assert.deepEqual(readChangeLines(garbage + changeText(lines) + future, NOW), lines);
  });
});

describe('the keeper of changes, on real files', () => {
  let folder: string;
  let path: string;
  let place: string | undefined;
  let warnings: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changes-'));
    path = join(folder, 'changes.jsonl');
    [place, warnings] = ['here', []];
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A window of its own on the same folder. */
  function window(update = (change: (text: string) => string) => updateFile(path, change)) {
    const store = new StatusStore(() => NOW);
    const settings = { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } };
    const history = new StatusHistory({ store, settings, now: () => NOW });
    const log = { ...silentLog, warn: (text: string) => warnings.push(text) };
    const keeper = new ChangeKeeper({
      file: { read: () => readText(path), update },
      history,
      placeOf: () => Promise.resolve(place),
      now: () => NOW,
      log,
    });
    const see = (clientId: string, status: 'online' | 'offline', checkedAt: number) => {
      store.apply(
        'mqtt-1',
        new Map([[clientId, { kind: 'answered', observation: { status, checkedAt, isVerified: true } }]]),
      );
    };
    const drop = (clientId: string, at: number) => {
      see(clientId, 'online', at - 10);
      see(clientId, 'offline', at);
    };
    const known = (clientId: string) => history.of('mqtt-1', clientId).transitions.map(({ to, at }) => [to, at]);
    return { store, history, keeper, see, drop, known };
  }

  it('gives the next window what this one saw, and writes nothing of clients that never changed', async () => {
    const first = window();
    first.drop('a', 100);
    first.see('steady', 'online', 100);
    await first.keeper.flush();
    const second = window();
    await second.keeper.load();
    assert.deepEqual(second.history.of('mqtt-1', 'a'), first.history.of('mqtt-1', 'a'));
    assert.equal((await readFile(path, 'utf8')).includes('steady'), false);
    assert.deepEqual(await readdir(folder), ['changes.jsonl']);
  });

  it('loses nothing of two windows that write at once, and doubles nothing that both saw', async () => {
    const windows = [window(), window()];
    windows.forEach(({ drop }, at) => {
      drop('both', 100);
      for (let client = 0; client < 20; client++) drop(`w${at}-${client}`, 200 + client);
    });
    await Promise.all(windows.map(({ keeper }) => keeper.flush()));
    const third = window();
    await third.keeper.load();
    assert.deepEqual(third.known('both'), [['offline', 100]]);
    assert.equal(third.history.changesOf('mqtt-1').length, 41);
    // Whoever wrote last has read what the other saw.
    assert.ok(windows.some(({ history }) => history.changesOf('mqtt-1').length === 41));
  });

  it('starts anew from garbage, and keeps what is whole of half a file', async () => {
    const whole = changeText([line('a', 100), line('b', 200)]);
    for (const [text, expected] of [
      ['\u0000\u0001{{{', []],
      [whole.slice(0, -30), [['offline', 100]]],
    ] as const) {
      await writeFile(path, text);
      const { keeper, known, drop } = window();
      await keeper.load();
      assert.deepEqual([known('a'), known('b')], [expected, []]);
      drop('c', 300);
      await keeper.flush();
      const next = window();
      await next.keeper.load();
      assert.deepEqual([next.known('a'), next.known('c')], [expected, [['offline', 300]]]);
    }
    assert.deepEqual(warnings, []);
  });

  it('loses nothing of what is in memory when the file was cut in half or deleted meanwhile', async () => {
    const { keeper, drop } = window();
    drop('a', 100);
    drop('b', 200);
    await keeper.flush();
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 150));
    drop('c', 300);
    await keeper.flush();
    await rm(path);
    drop('d', 400);
    await keeper.flush();
    const next = window();
    await next.keeper.load();
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((clientId) => next.known(clientId)),
      [[['offline', 100]], [['offline', 200]], [['offline', 300]], [['offline', 400]]],
    );
  });

  it('keeps the old file when a window crashes between writing and renaming, and the next window goes on', async () => {
    const before = window();
    before.drop('a', 100);
    await before.keeper.flush();
    // What such a crash leaves: a draft, whole or half, that was never renamed.
    await writeFile(`${path}.draft.tmp`, changeText([line('crashed', 150)]).slice(0, 40));
    const next = window();
    await next.keeper.load();
    next.drop('b', 200);
    await next.keeper.flush();
    const last = window();
    await last.keeper.load();
    assert.deepEqual(
      [last.known('a'), last.known('crashed'), last.known('b')],
      [[['offline', 100]], [], [['offline', 200]]],
    );
  });

  it('tries again with the next change where the storage fails, and says so without a crash', async () => {
    let fails = true;
    const { keeper, drop } = window((change) =>
      fails ? Promise.reject(Object.assign(new Error('/home/me'), { code: 'ENOSPC' })) : updateFile(path, change),
    );
    drop('a', 100);
    await keeper.flush();
    assert.deepEqual(warnings, ['The changes seen could not be saved: ENOSPC']);
    fails = false;
    drop('b', 200);
    await keeper.flush();
    assert.equal(readChangeLines(await readFile(path, 'utf8'), NOW).length, 2);
  });

  it('writes two seconds after a change, or when the window closes, and leaves no timer behind', async () => {
    const written: string[] = [];
    const { install } = await import('@sinonjs/fake-timers');
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { keeper, drop } = window((change) => {
        written.push(change(''));
        return Promise.resolve('');
      });
      drop('a', 100);
      drop('b', 200);
      await clock.tickAsync(1999);
      assert.equal(written.length, 0);
      await clock.tickAsync(1);
      assert.deepEqual(
        written.map((text) => text.split('\n').length - 1),
        [2],
      );
      drop('c', 300);
      keeper.dispose();
      await clock.tickAsync(0);
      assert.deepEqual([written.length, clock.countTimers()], [2, 0]);
      drop('d', 400);
      assert.equal(clock.countTimers(), 0);
    } finally {
      clock.uninstall();
    }
  });

  it('shows nothing that another key or another address saw, and erases it once the instance has moved', async () => {
    const { keeper, drop } = window();
    drop('a', 100);
    await keeper.flush();
    place = 'elsewhere';
    const moved = window();
    await moved.keeper.load();
    assert.deepEqual(moved.known('a'), []);
    moved.keeper.forget('mqtt-1');
    moved.drop('a', 500);
    await moved.keeper.flush();
    const text = await readFile(path, 'utf8');
    assert.deepEqual(
      readChangeLines(text, NOW).map(({ at, place: where }) => [at, where]),
      [[500, 'elsewhere']],
    );
    place = undefined;
    moved.keeper.forget('mqtt-1');
    await moved.keeper.flush();
    assert.equal(await readFile(path, 'utf8'), '');
    moved.keeper.dispose();
  });

  it('finds again what was kept where a key that could not be read for a while is the same as before', async () => {
    const { keeper, drop } = window();
    drop('a', 100);
    await keeper.flush();
    place = undefined;
    const reopened = window();
    await reopened.keeper.load();
    assert.deepEqual(reopened.known('a'), []);
    place = 'here';
    reopened.keeper.forget('mqtt-1');
    await reopened.keeper.flush();
    assert.deepEqual(reopened.known('a'), [['offline', 100]]);
    reopened.keeper.dispose();
  });

  it('writes names, statuses and times alone', async () => {
    const { keeper, drop } = window();
    drop('a', 100);
    await keeper.flush();
    const [text = ''] = (await readFile(path, 'utf8')).split('\n');
    assert.deepEqual(Object.keys(JSON.parse(text) as object).sort(), [
      'at',
      'clientId',
      'instanceId',
      'isVerified',
      'notBefore',
      'place',
      'since',
      'to',
    ]);
  });
});
