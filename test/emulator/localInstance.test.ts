import assert from 'node:assert/strict';
import { connect as openSocket } from 'node:net';
import OpenApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { connectAsync, type MqttClient } from 'mqtt';
import { SERVICE_ERRORS } from '../../src/api/contract';
import type { Fault } from '../../src/emulator/gateway/faults';
import { LocalInstance, type LocalInstanceOptions } from '../../src/emulator/localInstance';
import {
  LOCAL_DISABLED_KEY,
  LOCAL_INSTANCE_ID,
  LOCAL_KEY,
  LOCAL_LIMITED_KEY,
  LOCAL_STS_KEY,
} from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import type { ApiError } from '../../src/model/apiError';
import type { Credential } from '../../src/model/credential';
import { sdkClient } from './sdkClient';

const idle = new AbortController().signal;
const DEVICE = 'GID_test@@@1';

describe('the local instance, asked by the real SDK and real MQTT clients', () => {
  let local: LocalInstance;
  const clients: MqttClient[] = [];

  async function start(options: LocalInstanceOptions = {}, now: () => number = Date.now): Promise<LocalInstance> {
    local = await LocalInstance.start({ cacheMs: 0, ...options }, now);
    return local;
  }
  const target = (instanceId = LOCAL_INSTANCE_ID) => ({
    instanceId,
    endpoint: local.info.apiEndpoint,
    credential: 'local',
  });
  const ask = async (ids: readonly string[] = [DEVICE], credential?: Credential) =>
    (await sdkClient(credential).querySessions(target(), ids, idle)).online;
  const verify = async (id: string) => (await sdkClient().querySession(target(), id, idle)).isOnline;
  async function connect(clientId: string, options: object = {}): Promise<MqttClient> {
    const client = await connectAsync(local.info.mqttUrl, {
      clientId,
      ...signIn(clientId),
      reconnectPeriod: 0,
      ...options,
    });
    clients.push(client);
    return client;
  }
  const codeOf = (code: string) => (error: ApiError) => {
    assert.equal(error.code, code);
    return true;
  };

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
    await local.dispose();
  });

  it('says online while a device is connected, offline when it left, and offline of one it never saw', async () => {
    await start();
    assert.deepEqual(
      await ask([DEVICE, 'GID_test@@@2']),
      new Map([
        ['GID_test@@@2', false],
        [DEVICE, false],
      ]),
    );
    const device = await connect(DEVICE);
    assert.equal((await ask()).get(DEVICE), true);
    await device.endAsync();
    while (await verify(DEVICE));
    assert.equal((await ask()).get(DEVICE), false);
  });

  for (const protocolVersion of [4, 5] as const) {
    it(`takes a device of MQTT ${protocolVersion === 4 ? '3.1.1' : '5'} that signs in right and refuses one that does not`, async () => {
      await start();
      await connect(DEVICE, { protocolVersion });
      assert.equal(await verify(DEVICE), true);
      for (const wrong of [
        { password: 'wrong' },
        { username: 'Signature|other|other' },
        { username: undefined, password: undefined },
      ]) {
        await assert.rejects(connect('GID_test@@@2', { protocolVersion, ...wrong }), /refused|authori[sz]ed|password/i);
      }
      assert.equal(await verify('GID_test@@@2'), false);
    });
  }

  it('keeps a device online that connects a second time', async () => {
    await start();
    const first = await connect(DEVICE);
    const closed = new Promise<void>((resolve) => first.once('close', () => resolve()));
    await connect(DEVICE);
    await closed;
    assert.equal(await verify(DEVICE), true);
  });

  it('takes both forms of signature, with a lasting key and with an STS token', async () => {
    await start();
    for (const key of [LOCAL_KEY, LOCAL_STS_KEY]) {
      const ten = Array.from({ length: 10 }, (_, at) => `GID_test@@@!'()*~${at}`);
      assert.equal((await ask(ten, key)).size, 10);
      const config = new Config({
        ...key,
        endpoint: local.info.apiEndpoint,
        protocol: 'HTTP',
        signatureAlgorithm: 'v2',
      });
      const params = new Params({
        action: 'QuerySessionByClientId',
        version: '2020-04-20',
        protocol: 'HTTP',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      });
      const request = new OpenApiRequest({ query: { InstanceId: LOCAL_INSTANCE_ID, ClientId: DEVICE } });
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- two copies of tea-util's types
      const answer = (await new OpenApi(config).callApi(params, request, new RuntimeOptions({}))) as {
        body: { OnlineStatus: boolean };
      };
      assert.equal(answer.body.OnlineStatus, false);
    }
  });

  const badKeys: [string, Credential, string][] = [
    ['a wrong secret', { ...LOCAL_KEY, accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { ...LOCAL_KEY, accessKeyId: 'nobody' }, 'InvalidAccessKeyId.NotFound'],
    ['a disabled key', LOCAL_DISABLED_KEY, 'InvalidAccessKeyId.Inactive'],
    ['an expired STS token', { ...LOCAL_STS_KEY, securityToken: 'expired' }, 'CheckAccountInfoFailed'],
  ];
  for (const [what, key, code] of badKeys) {
    it(`refuses ${what}: ${code}`, async () => {
      await start();
      await assert.rejects(ask([DEVICE], key), codeOf(code));
    });
  }

  it('refuses a clock that is off by more than 15 minutes', async () => {
    await start({}, () => Date.now() + 16 * 60_000);
    await assert.rejects(ask(), codeOf('InvalidTimeStamp.Expired'));
  });

  it('refuses an instance that is not its own, and a batch with one bad ID', async () => {
    await start();
    await assert.rejects(
      sdkClient().querySessions(target('post-cn-other'), [DEVICE], idle),
      codeOf('InstancePermissionCheckFailed'),
    );
    await assert.rejects(ask([DEVICE, 'x'.repeat(65)]), codeOf('InvalidParameter.ClientIdList'));
  });

  it('lists itself, and the groups whose clients came', async () => {
    const { instanceId } = (await start()).info;
    assert.deepEqual(await sdkClient().listInstances(target(), idle), [
      { instanceId, name: 'Local instance', regionId: 'local' },
    ]);
    await connect(DEVICE);
    assert.deepEqual(await sdkClient().listGroups(target(), idle), ['GID_local', 'GID_test']);
    await assert.rejects(
      sdkClient().listGroups(target('mqtt-cn-other'), idle),
      codeOf('InstancePermissionCheckFailed'),
    );
  });

  it('lets a key whose policy is narrow ask batches alone', async () => {
    await start();
    const limited = sdkClient(LOCAL_LIMITED_KEY);
    assert.deepEqual([...(await limited.querySessions(target(), [DEVICE], idle)).online], [[DEVICE, false]]);
    await assert.rejects(limited.querySession(target(), DEVICE, idle), codeOf('Forbidden.RAM'));
    await assert.rejects(limited.listGroups(target(), idle), codeOf('Forbidden.RAM'));
    await assert.rejects(limited.listInstances(target(), idle), codeOf('Forbidden.RAM'));
  });

  it('throttles calls beyond the documented number in a second', async () => {
    const now = Date.now();
    await start({}, () => now);
    const asked = await Promise.allSettled(Array.from({ length: 110 }, () => ask()));
    assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 100);
    assert.equal(local.counts.get('Throttling.Api'), 10);
  });

  it('answers a batch from a cache that can be out of date, and one client in real time', async () => {
    let now = Date.now();
    await start({ cacheMs: 5000 }, () => now);
    assert.equal((await ask()).get(DEVICE), false);
    await connect(DEVICE);
    assert.deepEqual([(await ask()).get(DEVICE), await verify(DEVICE)], [false, true]);
    now += 5000;
    assert.equal((await ask()).get(DEVICE), true);
  });

  it('refuses a nonce used twice', async () => {
    await start();
    const { signV1 } = await import('../../src/emulator/gateway/signatureV1');
    const parameters = Object.entries({
      Action: 'QuerySessionByClientId',
      Version: '2020-04-20',
      Timestamp: new Date().toISOString(),
      SignatureNonce: 'once',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      AccessKeyId: LOCAL_KEY.accessKeyId,
      InstanceId: LOCAL_INSTANCE_ID,
      ClientId: DEVICE,
    });
    const query = new URLSearchParams([
      ...parameters,
      ['Signature', signV1('GET', parameters, LOCAL_KEY.accessKeySecret)],
    ]);
    const codes = [];
    for (let time = 0; time < 2; time++)
      codes.push(
        ((await (await fetch(`http://${local.info.apiEndpoint}/?${query.toString()}`)).json()) as { Code?: string })
          .Code,
      );
    assert.deepEqual(codes, [undefined, 'SignatureNonceUsed']);
  });

  for (const code of Object.keys(SERVICE_ERRORS) as (keyof typeof SERVICE_ERRORS)[]) {
    it(`answers ${code} when told to`, async () => {
      await start({ faults: [{ kind: code, share: 1 }] });
      await assert.rejects(ask(), codeOf(code));
    });
  }

  const mishaps: [Fault['kind'], string][] = [
    ['drop', 'ECONNRESET'],
    ['html', 'NotJson'],
    ['hang', 'Timeout'],
    ['wrongJson', 'UnexpectedAnswer'],
  ];
  for (const [kind, code] of mishaps) {
    it(`can ${kind}, which the client calls ${code}`, async () => {
      await start({ faults: [{ kind, share: 1 }] });
      await assert.rejects(
        sdkClient(LOCAL_KEY, { deadlineMs: 200 }).querySessions(target(), [DEVICE], idle),
        codeOf(code),
      );
    });
  }

  for (const kind of ['halfIds', 'otherIds', 'duplicateIds'] as const) {
    it(`can answer with ${kind}, and no client is called offline for it`, async () => {
      await start({ faults: [{ kind, share: 1 }] });
      assert.ok((await ask([DEVICE, 'GID_test@@@2'])).size <= 1);
    });
  }

  it('outlives a request that makes no sense and one that ends in the middle', async () => {
    await start();
    const [host = '', port = ''] = local.info.apiEndpoint.split(':');
    const send = (bytes: string) =>
      new Promise<void>((resolve) => {
        const socket = openSocket(Number(port), host, () => socket.end(bytes));
        socket.resume();
        socket.once('close', () => resolve());
        socket.once('error', () => undefined);
      });
    await send('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc');
    assert.equal((await sdkClient().querySession(target(), DEVICE, idle)).isOnline, false);
  });

  it('simulates devices by real connections, and says which port is taken', async () => {
    await start();
    await local.simulate([
      { clientId: DEVICE, isOnline: true },
      { clientId: 'GID_test@@@2', isOnline: false },
    ]);
    assert.deepEqual([await verify(DEVICE), await verify('GID_test@@@2')], [true, false]);
    await local.simulate([{ clientId: DEVICE, isOnline: false }]);
    assert.equal(await verify(DEVICE), false);
    const apiPort = Number(local.info.apiEndpoint.split(':')[1]);
    await assert.rejects(LocalInstance.start({ apiPort }), {
      name: 'LocalInstanceError',
      reason: 'portInUse',
      about: String(apiPort),
    });
  });
});
