import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOfEcsRole } from '../../../../src/host/sources/roleSdk';
import type { SourceError } from '../../../../src/model/sources/sourceError';
import { Home } from './home';
import { StsServer } from './stsServer';

const PAIR = { access_key_id: 'base-id', access_key_secret: 'base-secret' };
const MINUTE_MS = 60_000;

/** The real library against a loopback STS that checks its signatures. */
describe('the key of a role', () => {
  let home: Home;
  let sts: StsServer;
  const role = () => ({ ram_role_arn: 'acs:ram::1:role/watch', ram_session_name: 'me', sts_endpoint: sts.host });
  const profile = (more: object = {}) => ({ name: 'default', mode: 'RamRoleArn', ...PAIR, ...role(), ...more });
  const failure = async (get: Promise<unknown>): Promise<SourceError> =>
    get.then(
      () => assert.fail('there is a key'),
      (error: unknown) => error as SourceError,
    );

  async function open(...profiles: readonly object[]) {
    home.write(...profiles);
    const sources = home.open();
    await sources.set('plant', { kind: 'profile', profile: 'default' });
    return sources;
  }

  beforeEach(async () => {
    home = new Home();
    sts = await new StsServer().start();
    sts.now = () => home.now;
    sts.secrets.set('base-id', 'base-secret');
  });
  afterEach(() => {
    sts.stop();
    home.remove();
  });

  it('comes from STS with the key of the profile, and is asked for once', async () => {
    const sources = await open(profile({ external_id: 'ext', expired_seconds: 900 }));
    const all = await Promise.all(Array.from({ length: 20 }, () => sources.get('plant')));
    const key = { accessKeyId: 'STS.key-1', accessKeySecret: 'secret-1', securityToken: 'token-1' };
    assert.deepEqual(
      all,
      Array.from({ length: 20 }, () => key),
    );
    assert.deepEqual(await sources.get('plant'), key);
    const [{ action, signedBy, fields }, more] = [sts.calls[0] ?? assert.fail(), sts.calls.length];
    assert.deepEqual([action, signedBy, more], ['AssumeRole', 'base-id', 1]);
    const { RoleArn, RoleSessionName, DurationSeconds, ExternalId } = fields;
    assert.deepEqual(
      [RoleArn, RoleSessionName, DurationSeconds, ExternalId],
      ['acs:ram::1:role/watch', 'me', '900', 'ext'],
    );
  });

  it('is renewed before it ends, once for all who ask, while the old one serves them', async () => {
    const sources = await open(profile());
    const identity = await sources.identityOf('plant');
    await sources.get('plant');
    const start = home.now;
    assert.equal((await sources.lookOf('plant'))?.renewsAt, start + 55 * MINUTE_MS);
    home.now = start + 54 * MINUTE_MS;
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-1');
    assert.equal(sts.calls.length, 1);
    home.now = start + 56 * MINUTE_MS;
    const changed: string[] = [];
    sources.onDidChange((name) => changed.push(name));
    const renewed = new Promise<void>((resolve) => sources.onDidChangeLook(resolve));
    let answer = (): void => undefined;
    sts.mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    const [first, second] = await Promise.all([sources.get('plant'), sources.get('plant')]);
    assert.deepEqual([first?.accessKeyId, second?.accessKeyId], ['STS.key-1', 'STS.key-1']);
    answer();
    await renewed;
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-2');
    assert.deepEqual([sts.calls.length, changed], [2, []]);
    assert.equal(await sources.identityOf('plant'), identity);
  });

  it('is waited for where the old one has ended, such as after a night asleep', async () => {
    const sources = await open(profile());
    await sources.get('plant');
    home.now += 600 * MINUTE_MS;
    const all = await Promise.all([sources.get('plant'), sources.get('plant')]);
    assert.deepEqual(
      all.map((key) => key?.accessKeyId),
      ['STS.key-2', 'STS.key-2'],
    );
    assert.equal(sts.calls.length, 2);
  });

  it('goes on to serve where a renewal fails, which is tried again a while later', async () => {
    const sources = await open(profile());
    await sources.get('plant');
    home.now += 56 * MINUTE_MS;
    sts.answers.push({ status: 503, body: '{"Code":"ServiceUnavailable"}' });
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-1');
    while (sts.calls.length < 2) await new Promise(setImmediate);
    // The answer is on its way still: until it is there, all join it.
    while ((await sources.lookOf('plant'))?.renewsAt !== home.now + 20_000) await new Promise(setImmediate);
    await sources.get('plant');
    assert.equal(sts.calls.length, 2);
    home.now += 20_000;
    const renewed = new Promise<void>((resolve) => sources.onDidChangeLook(resolve));
    await sources.get('plant');
    await renewed;
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-3');
  });

  it('is another one with another role: the old one is used no more', async () => {
    const sources = await open(profile());
    await sources.get('plant');
    const changed: string[] = [];
    sources.onDidChange((name) => changed.push(name));
    home.write(profile({ ram_role_arn: 'acs:ram::1:role/other' }));
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-2');
    assert.deepEqual([sts.calls[1]?.fields['RoleArn'], changed], ['acs:ram::1:role/other', ['plant']]);
  });

  it('of a chain comes by way of each role before it', async () => {
    const chained = { name: 'default', mode: 'ChainableRamRoleArn', ...role(), source_profile: 'middle' };
    const sources = await open(chained, { ...profile({ ram_role_arn: 'acs:ram::1:role/first' }), name: 'middle' });
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-2');
    assert.deepEqual(
      sts.calls.map(({ signedBy, fields }) => [signedBy, fields['RoleArn'], fields['SecurityToken']]),
      [
        ['base-id', 'acs:ram::1:role/first', undefined],
        ['STS.key-1', 'acs:ram::1:role/watch', 'token-1'],
      ],
    );
  });

  it('of OIDC comes with the token in the file as it is then', async () => {
    const tokenFile = join(home.folder, 'token');
    const oidc = {
      name: 'default',
      mode: 'OIDC',
      ...role(),
      oidc_provider_arn: 'acs:ram::1:oidc-provider/p',
      oidc_token_file: tokenFile,
    };
    const sources = await open(oidc);
    const { code, problem } = await failure(sources.get('plant'));
    assert.deepEqual([code, problem], ['OidcTokenUnreadable', { kind: 'tokenUnreadable' }]);
    writeFileSync(tokenFile, 'planted-oidc-token');
    home.now += 2000;
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-1');
    const { action, signedBy, fields } = sts.calls[0] ?? assert.fail();
    assert.deepEqual([action, signedBy, fields['OIDCToken']], ['AssumeRoleWithOIDC', undefined, 'planted-oidc-token']);
    assert.equal(fields['OIDCProviderArn'], 'acs:ram::1:oidc-provider/p');
  });

  it('of OIDC waits for no pipe in place of the file', async function () {
    if (process.platform === 'win32') this.skip();
    const tokenFile = join(home.folder, 'token');
    execFileSync('/usr/bin/env', ['mkfifo', tokenFile]);
    const sources = await open({
      name: 'default',
      mode: 'OIDC',
      ...role(),
      oidc_provider_arn: 'acs:ram::1:oidc-provider/p',
      oidc_token_file: tokenFile,
    });
    assert.deepEqual((await failure(sources.get('plant'))).problem, { kind: 'tokenUnreadable' });
  });

  it('whose service rejected it is another one from the next ask on', async () => {
    const sources = await open(profile());
    const first = (await sources.get('plant')) ?? assert.fail('no key');
    sources.rejected(first);
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-2');
  });

  it('is kept while the file of profiles is broken for a moment', async () => {
    const sources = await open(profile());
    await sources.get('plant');
    home.writeText('{"profiles": [');
    await sources.follow();
    home.write(profile());
    await sources.follow();
    assert.deepEqual([(await sources.get('plant'))?.accessKeyId, sts.calls.length], ['STS.key-1', 1]);
  });

  it('that is refused says the code of STS and its request, and not a word more; a moment later STS is asked again', async () => {
    const sources = await open(profile());
    const body = JSON.stringify({
      Code: 'NoPermission',
      RequestId: 'R-7',
      Message: 'planted-message',
      AccessKeyId: 'planted-id',
    });
    sts.answers.push({ status: 403, body });
    const error = await failure(sources.get('plant'));
    assert.deepEqual([error.kind, error.code, error.requestId], ['source', 'NoPermission', 'R-7']);
    assert.equal(`${JSON.stringify(error)}${error.stack ?? ''}`.includes('planted'), false);
    assert.deepEqual([(await failure(sources.get('plant'))).code, sts.calls.length], ['NoPermission', 1]);
    home.now += 2000;
    assert.equal((await sources.get('plant'))?.accessKeyId, 'STS.key-2');
  });

  it('says of an answer that is none what it is', async () => {
    const sources = await open(profile());
    const ended = async (status: number, body: string) => {
      await sources.follow();
      sts.answers.push({ status, body });
      const error = await failure(sources.get('plant'));
      assert.equal(`${JSON.stringify(error)}${error.stack ?? ''}`.includes('planted'), false);
      return error.problem;
    };
    assert.deepEqual(await ended(502, '<html>planted</html>'), { kind: 'stsUnreachable', code: 'NotJson' });
    assert.deepEqual(await ended(400, '{"Code":"planted code!"}'), { kind: 'refused', code: 'UnnamedError' });
    assert.deepEqual(await ended(200, 'planted'), { kind: 'refused', code: 'UnexpectedAnswer' });
    const keyed = (Expiration: string) =>
      JSON.stringify({
        Credentials: { AccessKeyId: 'planted', AccessKeySecret: 'planted', SecurityToken: 'planted', Expiration },
      });
    assert.deepEqual(await ended(200, keyed('planted')), { kind: 'refused', code: 'UnexpectedAnswer' });
    assert.deepEqual(await ended(200, keyed('2020-01-01T00:00:00Z')), { kind: 'expired' });
  });

  it('says that STS is not there', async () => {
    const sources = await open(profile());
    sts.stop();
    assert.deepEqual((await failure(sources.get('plant'))).problem, { kind: 'stsUnreachable', code: 'ECONNREFUSED' });
  });
});

describe('the key of an ECS instance, from a metadata service on loopback in place of the one address it has', () => {
  const EXPIRES = '2026-01-01T01:00:00Z';
  const key = {
    AccessKeyId: 'STS.ecs',
    AccessKeySecret: 'ecs-secret',
    SecurityToken: 'ecs-token',
    Expiration: EXPIRES,
  };

  async function asked(answer: (path: string, token: unknown) => [number, string], roleName?: string) {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(`${request.method ?? ''} ${request.url ?? ''}`);
      const [status, body] = answer(request.url ?? '', request.headers['x-aliyun-ecs-metadata-token']);
      response.writeHead(status).end(body);
    });
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const given = await keyOfEcsRole(roleName, { host, protocol: 'HTTP' }).catch(
      (error: unknown) => error as SourceError,
    );
    server.closeAllConnections();
    server.close();
    return { given, paths };
  }

  it('comes with a session token, by the name of the role that the instance has', async () => {
    const { given, paths } = await asked((path, token) =>
      path === '/latest/api/token'
        ? [200, 'T']
        : token !== 'T'
          ? [403, '']
          : path.endsWith('/')
            ? [200, 'watcher']
            : [200, JSON.stringify({ ...key, Code: 'Success' })],
    );
    const credential = { accessKeyId: 'STS.ecs', accessKeySecret: 'ecs-secret', securityToken: 'ecs-token' };
    assert.deepEqual(given, { credential, expiresAt: Date.parse(EXPIRES) });
    assert.deepEqual(
      [...new Set(paths)],
      [
        'PUT /latest/api/token',
        'GET /latest/meta-data/ram/security-credentials/',
        'GET /latest/meta-data/ram/security-credentials/watcher',
      ],
    );
  });

  it('is not there without a role', async () => {
    const { given } = await asked(() => [404, 'planted'], 'watcher');
    assert.ok(given instanceof Error);
    assert.deepEqual(given.problem, { kind: 'metadataUnreachable', code: 'HTTP404' });
    assert.equal(`${JSON.stringify(given)}${given.stack ?? ''}`.includes('planted'), false);
  });
});
