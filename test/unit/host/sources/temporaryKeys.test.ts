import assert from 'node:assert/strict';
import { TemporaryKeys } from '../../../../src/host/sources/temporaryKeys';
import type { TemporaryKey } from '../../../../src/model/sources/temporaryKey';

const MINUTE_MS = 60_000;

describe('temporary keys', () => {
  let now = 0;
  let fetched = 0;
  let fails = false;
  let keys: TemporaryKeys;
  const fetch = (): Promise<TemporaryKey> => {
    fetched++;
    if (fails) return Promise.reject(new Error('no key'));
    const credential = { accessKeyId: `id-${fetched}`, accessKeySecret: 'secret', securityToken: 'token' };
    return Promise.resolve({ credential, expiresAt: now + 60 * MINUTE_MS });
  };
  const ask = () => keys.get('role', fetch).catch(() => undefined);

  beforeEach(() => {
    [now, fetched, fails] = [0, 0, false];
    keys = new TemporaryKeys(
      () => now,
      () => undefined,
    );
  });

  it('that fail are asked for ever more rarely, up to once in five minutes', async () => {
    fails = true;
    const askedAt: number[] = [];
    for (; now < 20 * MINUTE_MS; now += 1000) {
      const before = fetched;
      await ask();
      if (fetched > before) askedAt.push(now / 1000);
    }
    assert.deepEqual(askedAt, [0, 2, 6, 14, 30, 62, 126, 254, 510, 810, 1110]);
  });

  it('that fail are asked for at once where a person asks, and fail for a moment again after a success', async () => {
    fails = true;
    for (; now < 60_000; now += 1000) await ask();
    const before = fetched;
    keys.tryAnew();
    await ask();
    assert.equal(fetched, before + 1);
    now += 2000;
    fails = false;
    assert.notEqual(await ask(), undefined);
    now += 60 * MINUTE_MS;
    fails = true;
    await ask();
    now += 2000;
    fails = false;
    assert.notEqual(await ask(), undefined);
  });

  it('that the service rejected are fetched anew, once for each, however many calls say so', async () => {
    const first = (await ask()) ?? assert.fail('no key');
    keys.rejected(first);
    assert.equal(keys.renewsAt('role'), undefined);
    const second = (await ask()) ?? assert.fail('no key');
    keys.rejected(first);
    assert.deepEqual([await ask(), fetched], [second, 2]);
  });

  it('that are rejected one after the other are fetched at most every five minutes, or where a person asks', async () => {
    for (; now < 14 * MINUTE_MS; now += 10_000) {
      const key = await ask();
      if (key !== undefined) keys.rejected(key);
    }
    assert.equal(fetched, 4);
    keys.tryAnew();
    keys.rejected((await ask()) ?? assert.fail('no key'));
    assert.equal((await ask())?.accessKeyId, 'id-5');
  });
});
