import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SourceError } from '../../../../src/model/sources/sourceError';
import { SourceRecords } from '../../../../src/host/sources/sourceRecords';
import { Home } from './home';

const ak = (name: string, id: string, secret = 'secret') => ({
  name,
  mode: 'AK',
  access_key_id: id,
  access_key_secret: secret,
});

describe('a credential that stands for a source', () => {
  let home: Home;
  beforeEach(() => (home = new Home()));
  afterEach(() => home.remove());

  const problemOf = async (get: Promise<unknown>) =>
    get.then(
      () => undefined,
      (error: unknown) => (error instanceof SourceError ? error.problem : error),
    );
  /** What is told of changes while something happens. */
  async function told(sources: ReturnType<Home['open']>, happen: () => unknown): Promise<string[]> {
    const names: string[] = [];
    const subscription = sources.onDidChange((name) => names.push(name));
    await happen();
    await sources.follow();
    subscription.dispose();
    return names;
  }

  it('has the key of its profile as the file is at that moment, without a copy anywhere', async () => {
    home.write(ak('default', 'one'), ak('other', 'two'));
    const sources = home.open();
    await sources.set('plant', { kind: 'profile', profile: 'other' });
    assert.deepEqual(await sources.get('plant'), { accessKeyId: 'two', accessKeySecret: 'secret' });
    home.write(ak('other', 'three', 'secret-3'));
    assert.deepEqual(await sources.get('plant'), { accessKeyId: 'three', accessKeySecret: 'secret-3' });
    assert.deepEqual(JSON.parse(home.recordsText), {
      sources: [{ name: 'plant', kind: 'profile', profile: 'other' }],
      commands: [],
    });
  });

  it('follows the current profile: that of ALIBABA_CLOUD_PROFILE, else that of the file', async () => {
    home.write(ak('default', 'one'), ak('other', 'two'));
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    assert.equal((await sources.get('plant'))?.accessKeyId, 'one');
    home.variables['ALIBABA_CLOUD_PROFILE'] = 'other';
    assert.equal((await sources.get('plant'))?.accessKeyId, 'two');
    assert.deepEqual(await sources.lookOf('plant'), {
      source: { kind: 'profile' },
      profile: 'other',
      mode: 'AK',
      renewsAt: undefined,
      problem: undefined,
    });
  });

  it('has the key of the environment, or says that there is none', async () => {
    const sources = home.open();
    await sources.set('plant', { kind: 'environment' });
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'noVariables' });
    Object.assign(home.variables, {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'env',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 's',
      ALIBABA_CLOUD_SECURITY_TOKEN: 't',
    });
    assert.deepEqual(await sources.get('plant'), { accessKeyId: 'env', accessKeySecret: 's', securityToken: 't' });
    delete home.variables['ALIBABA_CLOUD_SECURITY_TOKEN'];
    assert.deepEqual(await sources.get('plant'), { accessKeyId: 'env', accessKeySecret: 's' });
  });

  it('tells of another key, and neither of the same one written again nor of what is no key', async () => {
    home.write(ak('default', 'one'));
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    assert.deepEqual(await told(sources, () => undefined), []);
    assert.deepEqual(
      await told(sources, () => home.write({ ...ak('default', 'one'), region_id: 'cn-hangzhou' }, ak('b', 'x'))),
      [],
    );
    assert.deepEqual(await told(sources, () => home.write(ak('default', 'two'))), ['plant']);
    assert.deepEqual(await told(sources, () => home.write(ak('default', 'two', 'other secret'))), ['plant']);
    assert.deepEqual(await told(sources, () => home.write(ak('b', 'x'))), ['plant']);
    assert.deepEqual(await told(sources, () => home.write(ak('default', 'two'))), ['plant']);
  });

  it('stays whose it was while the file is malformed, empty or gone for a moment', async () => {
    home.write(ak('default', 'one'));
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    const broken = '{"profiles": [{"name": "default", "access_key_secret": "planted';
    assert.deepEqual(await told(sources, () => home.writeText(broken)), []);
    const error = await sources.get('plant').catch((reason: unknown) => reason as SourceError);
    assert.ok(error instanceof SourceError);
    assert.deepEqual(error.problem, { kind: 'malformed', line: 1, column: 56 });
    assert.equal(`${JSON.stringify(error)}${error.stack ?? ''}`.includes('planted'), false);
    assert.deepEqual(await told(sources, () => home.writeText('')), []);
    assert.deepEqual(await told(sources, () => rmSync(home.profilePath)), []);
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'noFile' });
    assert.deepEqual(await told(sources, () => home.write(ak('default', 'one'))), []);
    rmSync(home.profilePath);
    assert.deepEqual(await told(sources, () => home.write(ak('default', 'two'))), ['plant']);
  });

  it('is waited for where the file is not there yet', async () => {
    const sources = home.open();
    await sources.set('plant', { kind: 'profile', profile: 'default' });
    assert.equal(home.watchers.size, 1);
    assert.deepEqual((await sources.lookOf('plant'))?.problem, { kind: 'noFile' });
    const looked = new Promise<void>((resolve) => sources.onDidChangeLook(resolve));
    home.write(ak('default', 'one'));
    for (const listener of home.watchers) listener();
    await looked;
    assert.equal((await sources.lookOf('plant'))?.problem, undefined);
  });

  it('is not read where the file is a folder, or larger than any of its kind', async () => {
    const sources = home.open();
    await sources.set('plant', { kind: 'profile', profile: 'default' });
    mkdirSync(home.profilePath, { recursive: true });
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'unreadable' });
    rmSync(home.profilePath, { recursive: true });
    home.writeText(`{"profiles":[]${' '.repeat(1 << 20)}}`);
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'tooLarge' });
  });

  it('tells of its key where the file was malformed from the start and is mended', async () => {
    home.writeText('{"profiles": [');
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    const later = home.open();
    await later.follow();
    for (const window of [sources, later]) {
      home.writeText('{"profiles": [');
      assert.deepEqual(await told(window, () => home.write(ak('default', 'one'))), ['plant']);
    }
  });

  it('stays what it was while the records cannot be read for a moment, and is gone with their file', async () => {
    home.write(ak('default', 'one'));
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    renameSync(home.records, `${home.records}.away`);
    mkdirSync(home.records);
    assert.deepEqual(await told(sources, () => undefined), []);
    assert.equal((await sources.get('plant'))?.accessKeyId, 'one');
    rmSync(home.records, { recursive: true });
    assert.deepEqual(await told(sources, () => undefined), ['plant']);
    assert.deepEqual(await sources.names(), []);
  });

  it('is looked at once at a time, so that what was read first never counts last', async () => {
    home.write(ak('default', 'one'));
    await home.open().set('plant', { kind: 'profile' });
    const records = new SourceRecords(home.records);
    const reads: (() => void)[] = [];
    const read = records.read.bind(records);
    records.read = async () => {
      const found = await read();
      await new Promise<void>((resolve) => reads.push(resolve));
      return found;
    };
    const sources = home.open({ records });
    const isReading = (): boolean => reads.length > 0;
    const both = [sources.follow(), sources.follow()];
    while (!isReading()) await new Promise(setImmediate);
    for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
    assert.equal(reads.length, 1);
    reads.shift()?.();
    while (!isReading()) await new Promise(setImmediate);
    reads.shift()?.();
    await Promise.all(both);
  });

  it('is known to another window, which tells of it, and watches no profile that nobody wants', async () => {
    home.write(ak('default', 'one'));
    const [here, there] = [home.open(), home.open()];
    await there.follow();
    assert.deepEqual(await told(there, () => here.set('plant', { kind: 'profile' })), ['plant']);
    assert.equal((await there.get('plant'))?.accessKeyId, 'one');
    assert.equal(home.watchers.size, 2);
    assert.deepEqual(await told(there, () => here.remove('plant')), ['plant']);
    assert.deepEqual([home.watchers.size, await there.get('plant'), await here.remove('plant')], [0, undefined, false]);
  });

  it('tells nothing when a window opens: what was known of it is of the same key', async () => {
    home.write(ak('default', 'one'));
    await home.open().set('plant', { kind: 'profile' });
    const sources = home.open();
    assert.deepEqual(await told(sources, () => sources.follow()), []);
  });

  it('may have any name, and the names beside it stay', async () => {
    const sources = home.open();
    for (const name of ['__proto__', 'constructor', 'a b', '凭据']) await sources.set(name, { kind: 'environment' });
    await sources.set('a b', { kind: 'profile', profile: 'x' });
    assert.deepEqual(await sources.names(), ['__proto__', 'constructor', '凭据', 'a b']);
  });

  it('is forgotten with a file that makes no sense, which is kept aside; what a later version wrote stays', async () => {
    const sources = home.open();
    mkdirSync(dirname(home.records), { recursive: true });
    writeFileSync(home.records, 'no JSON');
    assert.deepEqual(await sources.names(), []);
    await sources.set('plant', { kind: 'environment' });
    assert.deepEqual([await sources.names(), readFileSync(`${home.records}.broken`, 'utf8')], [['plant'], 'no JSON']);
    const later = { name: 'x', kind: 'later' };
    writeFileSync(home.records, JSON.stringify({ sources: [later, { name: 'plant', kind: 'environment' }] }));
    await sources.set('plant', { kind: 'profile' });
    assert.deepEqual(JSON.parse(home.recordsText), {
      sources: [later, { name: 'plant', kind: 'profile' }],
      commands: [],
    });
  });

  it('lists the profiles to choose from, with the current one', async () => {
    const sources = home.open();
    assert.deepEqual(await sources.choices(), { kind: 'problem', path: home.profilePath, problem: { kind: 'noFile' } });
    home.write(ak('default', 'one'), { name: 'sso', mode: 'CloudSSO' });
    const choices = await sources.choices();
    assert.ok(choices.kind === 'ok');
    assert.deepEqual(
      [choices.current, choices.profiles.map(({ name, mode }) => [name, mode])],
      [
        'default',
        [
          ['default', 'AK'],
          ['sso', 'CloudSSO'],
        ],
      ],
    );
  });
});
