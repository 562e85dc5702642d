import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emitter } from '../../src/base/event';
import { LocalInstance } from '../../src/emulator/localInstance';
import { LOCAL_INSTANCE_ID, LOCAL_KEY, LOCAL_LIMITED_KEY, LOCAL_STS_KEY } from '../../src/emulator/localKeys';
import { SharedLog } from '../../src/host/shared/sharedLog';
import { Credentials, type KeyEntry } from '../../src/host/credentials';
import type { Credential } from '../../src/model/credential';
import type { Instance } from '../../src/model/inventory/inventory';
import type { CredentialSource } from '../../src/model/sources/credentialSource';
import { assembleSessions } from '../../src/sessions/assemble';
import { MADE_UP_CLIENT_ID } from '../../src/sessions/fitCheck';
import { AccountCalls, type AskingKey, clientToAskAbout } from '../../src/ui/accountCalls';
import { CountingProxy } from '../host/countingProxy';
import { Home } from '../unit/host/sources/home';

const idle = new AbortController().signal;
const nothing = (): void => undefined;
const nowhere = () => Promise.resolve(undefined);
const ofEntry = (entry: KeyEntry): AskingKey => ({ kind: 'entered', name: 'fresh', entry });
const entered = (credential: Credential): AskingKey => ofEntry({ kind: 'stored', credential });

describe('the calls while something is being saved, with keys that are nowhere stored', () => {
  let folder: string;
  let local: LocalInstance;
  let proxy: CountingProxy;
  let logs: SharedLog[];
  let sessions: ReturnType<typeof assembleSessions>;
  let mayAsk = true;
  let home: Home;
  let credentials: Credentials;
  /** What a person is asked to let run, and answers. */
  const commands: string[] = [];
  let mayRun = true;
  const mayUse = async (key: AskingKey): Promise<boolean> => {
    const source = key.kind === 'entered' && key.entry.kind === 'source' ? key.entry.source : undefined;
    const command = source === undefined ? undefined : await credentials.sources.commandAwaiting(source);
    if (command === undefined) return true;
    commands.push(command);
    if (mayRun) await credentials.sources.allow(command);
    return mayRun;
  };
  const account = (): AccountCalls =>
    new AccountCalls({ sessions, budget: { mayAsk: () => Promise.resolve(mayAsk) }, credentials, mayUse });
  const actions = (): string[] => proxy.calls.map(({ action, accessKeyId }) => `${action} ${accessKeyId}`);
  const fitting = (key: Credential, instanceId = LOCAL_INSTANCE_ID) => ({
    endpoint: proxy.endpoint,
    instanceId,
    key: entered(key),
  });

  beforeEach(async () => {
    mayAsk = true;
    mayRun = true;
    commands.length = 0;
    home = new Home();
    const secrets = { get: nowhere, store: nowhere, delete: nowhere, keys: () => Promise.resolve([]) };
    credentials = new Credentials(
      { ...secrets, onDidChange: new Emitter<{ key: string }>().event },
      { read: () => undefined, write: nothing },
      home.open(),
    );
    folder = await mkdtemp(join(tmpdir(), 'account-'));
    local = await LocalInstance.start({ cacheMs: 0 });
    proxy = await CountingProxy.start(local.info.apiEndpoint);
    logs = ['calls', 'lease', 'meter', 'statuses'].map(
      (name) => new SharedLog({ folder, name, bucketMs: 900_000, kept: 1, now: Date.now }),
    );
    const [calls, lease, meter, statuses] = logs as [SharedLog, SharedLog, SharedLog, SharedLog];
    sessions = assembleSessions({
      mayAskByItself: () => true,
      credentials: { get: () => Promise.resolve(undefined), accountOf: () => Promise.resolve(undefined) },
      placeOf: () => Promise.resolve(undefined),
      inventory: { inventory: { instances: [] }, onDidChange: () => ({ dispose: nothing }) },
      settings: {
        maxCallsPerSecond: 100,
        verifiesChanges: true,
        dailyCallBudget: 0,
        staleAfterSeconds: 300,
        flapping: { changes: 4, minutes: 10 },
      },
      shared: {
        owner: 'test',
        ...{ calls, lease, meter, statuses },
        changes: { read: () => Promise.resolve(undefined), update: () => Promise.resolve('') },
      },
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    });
  });
  afterEach(async () => {
    sessions.dispose();
    credentials.dispose();
    home.remove();
    await Promise.all(logs.map((each) => each.dispose()));
    await proxy.dispose();
    await local.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('list instances and tell that all fits, each by one call of the very key, which the meter counts', async () => {
    const place = { endpoint: proxy.endpoint };
    assert.deepEqual(await account().instances(place, entered(LOCAL_STS_KEY), idle), [
      { instanceId: LOCAL_INSTANCE_ID, name: 'Local instance', regionId: 'local' },
    ]);
    assert.equal(await account().misfit(fitting(LOCAL_LIMITED_KEY), 'GID_a@@@1', idle), undefined);
    assert.deepEqual(actions(), [
      `ListInstances ${LOCAL_STS_KEY.accessKeyId}`,
      `BatchQuerySessionByClientIds ${LOCAL_LIMITED_KEY.accessKeyId}`,
    ]);
    assert.deepEqual(proxy.calls[1]?.clientIds, ['GID_a@@@1']);
    assert.deepEqual([sessions.meter.total().calls, sessions.meter.today(LOCAL_INSTANCE_ID).calls], [2, 1]);
  });

  it('tell what does not fit: the secret, the AccessKey ID, the instance, the address', async () => {
    const misfit = async (given: ReturnType<typeof fitting>) =>
      (await account().misfit(given, MADE_UP_CLIENT_ID, idle))?.code;
    assert.equal(await misfit(fitting({ ...LOCAL_KEY, accessKeySecret: 'wrong' })), 'SignatureDoesNotMatch');
    assert.equal(await misfit(fitting({ ...LOCAL_KEY, accessKeyId: 'nobody' })), 'InvalidAccessKeyId.NotFound');
    assert.equal(await misfit(fitting(LOCAL_KEY, 'mqtt-cn-other')), 'InstancePermissionCheckFailed');
    assert.equal(await misfit({ ...fitting(LOCAL_KEY), endpoint: '127.0.0.1:1' }), 'ECONNREFUSED');
    assert.equal(await misfit({ ...fitting(LOCAL_KEY), endpoint: 'https://x/' }), 'BadEndpoint');
    assert.equal(sessions.meter.total().calls, 0);
  });

  it('ask with a source that no name stands for yet, as it is at that moment, and leave nothing behind', async () => {
    const { accessKeyId: access_key_id, accessKeySecret: access_key_secret } = LOCAL_KEY;
    const misfit = async (source: CredentialSource) => {
      const key = ofEntry({ kind: 'source', source });
      const asked = { endpoint: proxy.endpoint, instanceId: LOCAL_INSTANCE_ID, key };
      return (await account().misfit(asked, MADE_UP_CLIENT_ID, idle))?.code;
    };
    assert.equal(await misfit({ kind: 'environment' }), 'NoKeyInEnvironment');
    home.variables['ALIBABA_CLOUD_ACCESS_KEY_ID'] = LOCAL_LIMITED_KEY.accessKeyId;
    home.variables['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = LOCAL_LIMITED_KEY.accessKeySecret;
    assert.equal(await misfit({ kind: 'environment' }), undefined);
    home.write({ name: 'plant', mode: 'AK', access_key_id, access_key_secret });
    assert.equal(await misfit({ kind: 'profile', profile: 'plant' }), undefined);
    const ids = [LOCAL_LIMITED_KEY.accessKeyId, LOCAL_KEY.accessKeyId];
    assert.deepEqual(
      actions(),
      ids.map((id) => `BatchQuerySessionByClientIds ${id}`),
    );
    assert.deepEqual(await credentials.names(), []);
  });

  it('run no command for a key that is not saved yet, unless the person lets it', async () => {
    const { accessKeyId: access_key_id, accessKeySecret: access_key_secret } = LOCAL_KEY;
    const answer = JSON.stringify({ mode: 'AK', access_key_id, access_key_secret });
    const program = join(folder, 'key.js');
    await writeFile(program, `process.stdout.write(${JSON.stringify(answer)})`);
    const command = `"${process.execPath}" "${program}"`;
    home.write({ name: 'default', mode: 'External', process_command: command });
    const key = ofEntry({ kind: 'source', source: { kind: 'profile' } });
    const asked = { endpoint: proxy.endpoint, instanceId: LOCAL_INSTANCE_ID, key };
    mayRun = false;
    assert.equal((await account().misfit(asked, MADE_UP_CLIENT_ID, idle))?.kind, 'cancelled');
    await assert.rejects(account().instances(asked, key, idle), { kind: 'cancelled' });
    assert.deepEqual([actions(), commands], [[], [command, command]]);
    mayRun = true;
    assert.equal(await account().misfit(asked, MADE_UP_CLIENT_ID, idle), undefined);
    assert.equal((await account().instances(asked, key, idle)).length, 1);
    assert.equal(commands.length, 3);
  });

  it('try a command again at once where a person does, though it has just failed', async () => {
    const program = join(folder, 'key.js');
    const command = `"${process.execPath}" "${program}"`;
    home.write({ name: 'default', mode: 'External', process_command: command });
    const key = ofEntry({ kind: 'source', source: { kind: 'profile' } });
    const asked = { endpoint: proxy.endpoint, instanceId: LOCAL_INSTANCE_ID, key };
    const misfit = async () => (await account().misfit(asked, MADE_UP_CLIENT_ID, idle))?.code;
    await writeFile(program, 'process.exit(1)');
    assert.notEqual(await misfit(), undefined);
    assert.notEqual(await misfit(), undefined);
    const { accessKeyId: access_key_id, accessKeySecret: access_key_secret } = LOCAL_KEY;
    const answer = JSON.stringify({ mode: 'AK', access_key_id, access_key_secret });
    await writeFile(program, `process.stdout.write(${JSON.stringify(answer)})`);
    assert.equal(await misfit(), undefined);
  });

  it('know a key no more once they have ended', async () => {
    let name = '';
    await sessions.drafts.using(credentials.draft({ kind: 'stored', credential: LOCAL_KEY }), (draft) =>
      Promise.resolve(void (name = draft)),
    );
    const target = { instanceId: LOCAL_INSTANCE_ID, endpoint: proxy.endpoint, credential: name };
    await assert.rejects(sessions.fitCheck.check(target, MADE_UP_CLIENT_ID, idle), { kind: 'missingCredential' });
    assert.deepEqual(proxy.calls, []);
  });

  it('end when the person has had enough, and ask nobody where the day’s budget is spent', async () => {
    const abort = new AbortController();
    abort.abort();
    assert.equal((await account().misfit(fitting(LOCAL_KEY), MADE_UP_CLIENT_ID, abort.signal))?.kind, 'cancelled');
    mayAsk = false;
    const saved: Instance = { name: 'P', instanceId: LOCAL_INSTANCE_ID, endpoint: proxy.endpoint, groups: [] };
    await assert.rejects(account().groups(saved, idle), { kind: 'cancelled' });
    assert.equal((await account().misfit(fitting(LOCAL_KEY), MADE_UP_CLIENT_ID, idle))?.kind, 'cancelled');
    assert.deepEqual(proxy.calls, []);
  });
});

describe('the client that one asks about to learn whether all fits', () => {
  const instance = (...clientIds: string[]): Instance => ({
    name: 'P',
    instanceId: 'post-cn-1',
    groups: [{ name: 'G', clientIds }],
  });
  const origin = { file: 'f', folder: 'f', savedName: 'H', isHeld: true };

  it('is the first that is saved and valid, else one that is made up', () => {
    assert.equal(clientToAskAbout(instance('not valid', 'GID_a@@@1', 'GID_a@@@2')), 'GID_a@@@1');
    assert.equal(clientToAskAbout(instance('not valid')), MADE_UP_CLIENT_ID);
    assert.equal(clientToAskAbout(undefined), MADE_UP_CLIENT_ID);
  });

  it('is none that a workspace names and the person has not let the key be used for', () => {
    const held = { name: 'H', clientIds: ['GID_held@@@1'], origin };
    const { groups, ...mine } = instance('GID_a@@@1');
    assert.equal(clientToAskAbout({ ...mine, groups: [held, ...groups] }), 'GID_a@@@1');
    assert.equal(clientToAskAbout({ ...mine, groups: [held] }), MADE_UP_CLIENT_ID);
  });
});
