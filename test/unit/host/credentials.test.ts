import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { Emitter } from '../../../src/base/event';
import { Credentials } from '../../../src/host/credentials';
import { Home } from './sources/home';

const KEY = { accessKeyId: 'id-of-a-key', accessKeySecret: 'secret-of-a-key' };
const OTHER = { accessKeyId: 'id-of-another', accessKeySecret: 'secret-of-another', securityToken: 'token' };

describe('a key', () => {
  let kept: Map<string, string>;
  let entered: unknown;
  let home: Home;

  /** A window, with what keeps secrets and what keeps names. */
  const open = (): Credentials => {
    const secrets: Partial<SecretStorage> = {
      get: (key) => Promise.resolve(kept.get(key)),
      store: (key, text) => Promise.resolve(void kept.set(key, text)),
      delete: (key) => Promise.resolve(void kept.delete(key)),
      keys: () => Promise.resolve([...kept.keys()]),
      onDidChange: new Emitter<{ key: string }>().event,
    };
    return new Credentials(
      secrets as SecretStorage,
      { read: () => entered, write: (names) => (entered = names) },
      home.open(),
    );
  };
  beforeEach(() => ([kept, entered, home] = [new Map<string, string>(), undefined, new Home()]));
  afterEach(() => home.remove());

  it('that was never entered is missing', async () => {
    assert.equal(await open().stateOf('work'), 'missing');
  });

  it('that was entered is there, also in the next window, and lost where that window has it no more', async () => {
    await open().set('work', KEY);
    assert.equal(await open().stateOf('work'), 'there');
    kept.clear();
    assert.deepEqual([await open().stateOf('work'), await open().stateOf('other')], ['lost', 'missing']);
  });

  it('that was removed is missing, not lost', async () => {
    const credentials = open();
    await credentials.set('work', KEY);
    await credentials.remove('work');
    assert.equal(await open().stateOf('work'), 'missing');
  });

  it('is known by its name alone outside of the secret storage', async () => {
    await open().set('work', KEY);
    await open().set('work', KEY);
    assert.deepEqual(entered, ['work']);
  });

  it('is missing where the names cannot be read', async () => {
    entered = { work: true };
    assert.equal(await open().stateOf('work'), 'missing');
  });

  it('of a session is in the memory of its window alone, and replaces the one that was kept', async () => {
    const credentials = open();
    const heard: string[] = [];
    await credentials.set('work', KEY);
    credentials.onDidChange((name) => heard.push(name));
    await credentials.put('work', { kind: 'session', credential: OTHER });
    assert.deepEqual([await credentials.get('work'), await credentials.lookOf('work')], [OTHER, { kind: 'session' }]);
    assert.deepEqual([[...kept], entered, new Set(heard)], [[], [], new Set(['work'])]);
    assert.deepEqual([await open().get('work'), await open().stateOf('work')], [undefined, 'missing']);
  });

  it('and a source replace each other under one name, and are removed alike', async () => {
    home.write({ name: 'default', mode: 'AK', access_key_id: 'profile-id', access_key_secret: 'profile-secret' });
    const credentials = open();
    await credentials.set('work', KEY);
    const before = await credentials.accountOf('work');
    await credentials.put('work', { kind: 'source', source: { kind: 'profile' } });
    assert.equal((await credentials.get('work'))?.accessKeyId, 'profile-id');
    assert.deepEqual([kept.size, await credentials.names()], [0, ['work']]);
    assert.notEqual(await credentials.accountOf('work'), before);
    await credentials.set('work', KEY);
    assert.deepEqual([await credentials.get('work'), await credentials.names()], [KEY, ['work']]);
    await credentials.put('work', { kind: 'source', source: { kind: 'environment' } });
    await credentials.remove('work');
    assert.deepEqual([await credentials.get('work'), await credentials.stateOf('work')], [undefined, 'missing']);
  });

  it('of a profile counts with the same account as when it was entered by hand', async () => {
    home.write({ name: 'default', mode: 'AK', access_key_id: KEY.accessKeyId, access_key_secret: 'any' });
    const credentials = open();
    await credentials.set('typed', KEY);
    await credentials.put('profile', { kind: 'source', source: { kind: 'profile', profile: 'default' } });
    const account = await credentials.accountOf('typed');
    assert.equal(await credentials.accountOf('profile'), account);
    assert.equal(account?.includes(KEY.accessKeyId), false);
  });

  it('is missing where its profile is', async () => {
    home.write();
    const credentials = open();
    await credentials.put('work', { kind: 'source', source: { kind: 'profile', profile: 'gone' } });
    assert.equal(await credentials.stateOf('work'), 'missing');
    await assert.rejects(credentials.get('work'), { kind: 'source', code: 'ProfileNotFound' });
  });
});
