import assert from 'node:assert/strict';
import { connect as openSocket, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { LocalInstance, type LocalInstanceOptions } from '../../src/emulator/localInstance';
import { LOCAL_INSTANCE_ID, LOCAL_LIMITED_KEY } from '../../src/emulator/localKeys';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { FOREIGN_PARENT_TOPIC } from '../../src/emulator/mqtt/topicRules';
import { MOST_TRACE_MS, type TraceQuestion } from '../../src/model/trace/traceEvent';
import { sdkClient } from './sdkClient';

const idle = new AbortController().signal;
const DEVICE = 'GID_test@@@1';
const HOUR_MS = 60 * 60 * 1000;

describe('the trace of a device, written by the broker of the local instance', () => {
  let local: LocalInstance;
  const clients: MqttClient[] = [];

  async function start(options: LocalInstanceOptions = {}, now: () => number = Date.now): Promise<void> {
    local = await LocalInstance.start({ cacheMs: 0, ...options }, now);
  }
  const target = (instanceId = LOCAL_INSTANCE_ID) => ({
    instanceId,
    endpoint: local.info.apiEndpoint,
    credential: 'local',
  });
  const question = (more: Partial<TraceQuestion> = {}): TraceQuestion => ({
    regionId: 'local',
    clientId: DEVICE,
    beginAt: Date.now() - HOUR_MS,
    endAt: Date.now(),
    ...more,
  });
  const ask = (more: Partial<TraceQuestion> = {}, page = 1) =>
    sdkClient().traceDevice(target(), question({ endAt: Date.now() + 1000, ...more }), page, idle);
  /** Asks until the broker has written down so many events; oldest first. */
  async function told(count: number, clientId = DEVICE): Promise<[string, string][]> {
    for (;;) {
      const { events } = await ask({ clientId });
      if (events.length >= count) return events.map(({ action, info }): [string, string] => [action, info]).reverse();
    }
  }
  async function connect(clientId: string, options: IClientOptions = {}): Promise<MqttClient> {
    const client = await connectAsync(local.info.mqttUrl, {
      clientId,
      ...signIn(clientId),
      reconnectPeriod: 0,
      ...options,
    });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  }
  const socketOf = (client: MqttClient): Socket => client.stream as Socket;
  const codeOf = (code: string) => ({ name: 'ApiError', code });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
    await local.dispose();
  });

  for (const protocolVersion of [4, 5] as const) {
    describe(`for a device of MQTT ${protocolVersion === 4 ? '3.1.1' : '5'}`, () => {
      const device = (options: IClientOptions = {}) => connect(DEVICE, { protocolVersion, ...options });
      const accepted: [string, string] = ['connect', 'accepted'];

      it('says when it connected, and that it said goodbye', async () => {
        await start();
        await (await device()).endAsync();
        assert.deepEqual(await told(2), [accepted, ['disconnect', 'disconnected by client']]);
      });

      it('says that it closed its socket without a goodbye', async () => {
        await start();
        socketOf(await device()).end();
        assert.deepEqual(await told(2), [accepted, ['close', 'closed by client']]);
      });

      it('says that its connection broke', async () => {
        await start();
        socketOf(await device()).resetAndDestroy();
        assert.deepEqual(await told(2), [accepted, ['close', 'Socket IOException']]);
      });

      it('says that it was silent for 1.5 times its keep-alive', async () => {
        await start();
        // A device that hangs sends no ping, and does not see either that its broker is silent; its socket stays open.
        const silent = await device({ keepalive: 1, timerVariant: { set: () => 0, clear: () => undefined } });
        await new Promise<void>((resolve) => silent.once('close', () => resolve()));
        assert.deepEqual(await told(2), [accepted, ['close', 'no heart']]);
      });

      it('says that another connection took its client ID', async () => {
        await start();
        const first = await device({ will: { topic: 'parent/will', payload: Buffer.from('gone'), qos: 0 } });
        const closed = new Promise<void>((resolve) => first.once('close', () => resolve()));
        await device();
        await closed;
        assert.deepEqual(await told(3), [accepted, ['close', 'clientId conflict'], accepted]);
      });

      it('says that it was not let in, and by that nobody is put out', async () => {
        await start();
        await device();
        await assert.rejects(device({ password: 'wrong' }));
        await assert.rejects(device({ username: 'Signature|other|other' }));
        const refused: [string, string] = ['close', 'not authorized'];
        assert.deepEqual(await told(3), [accepted, refused, refused]);
      });

      it('says that it may not use a topic, whether it subscribes or publishes', async () => {
        await start();
        const topic = `${FOREIGN_PARENT_TOPIC}/a`;
        (await device()).subscribe(topic);
        await told(2);
        (await device()).publish(topic, 'x', { qos: 1 });
        const refused: [string, string] = ['close', 'resource auth failed'];
        assert.deepEqual(await told(4), [accepted, refused, accepted, refused]);
      });

      it('says that what it sent made no sense', async () => {
        await start();
        // A SUBSCRIBE without the flags that MQTT wants of one.
        socketOf(await device()).write(Buffer.from([0x80, 0x02, 0x00, 0x01]));
        assert.deepEqual(await told(2), [accepted, ['close', 'invalid param']]);
      });

      it('says of a client ID that no client may have that it was refused', async () => {
        await start();
        await assert.rejects(connect('GID a', { protocolVersion }));
        assert.deepEqual(await told(1, 'GID a'), [['close', 'invalid param']]);
      });
    });
  }

  it('has one connection ID for what belongs together', async () => {
    await start();
    await (await connect(DEVICE)).endAsync();
    await told(2);
    await connect(DEVICE);
    await told(3);
    const [third, second, first] = (await ask()).events.map(({ channelId }) => channelId);
    assert.match(first ?? '', /^[0-9a-f]{32}$/);
    assert.deepEqual([second === first, third === first], [true, false]);
  });

  it('goes by pages, newest first, and is empty beyond the last', async () => {
    let now = Date.now();
    await start({ qps: 0 }, () => now);
    const beginAt = now;
    for (let at = 0; at < 60; at++) {
      now += 1000;
      const device = await connect(DEVICE);
      await device.endAsync();
      while ((await ask({ beginAt: now, endAt: now })).total < 2);
    }
    const endAt = now;
    const [first, second, third] = await Promise.all([1, 2, 3].map((page) => ask({ beginAt, endAt }, page)));
    const sizes = [first, second, third].map((page) => [page?.total, page?.events.length]);
    assert.deepEqual(sizes, [
      [120, 100],
      [120, 20],
      [120, 0],
    ]);
    const times = [...(first?.events ?? []), ...(second?.events ?? [])].map(({ time }) => time);
    assert.deepEqual(times, [...times].sort().reverse());
    assert.match(times[0] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
  });

  it('holds what happened in the time asked about alone', async () => {
    let now = Date.now();
    await start({}, () => now);
    await connect(DEVICE);
    await told(1);
    const at = now;
    now += 2000;
    assert.equal((await ask({ beginAt: at, endAt: at })).total, 1);
    assert.equal((await ask({ beginAt: at + 1, endAt: at + 2000 })).total, 0);
  });

  it('refuses a span of more than a day, a time that ends before it begins, and a page there is not', async () => {
    await start();
    const endAt = Date.now();
    await ask({ beginAt: endAt - MOST_TRACE_MS, endAt });
    await assert.rejects(ask({ beginAt: endAt - MOST_TRACE_MS - 1, endAt }), codeOf('ParameterCheckFailed'));
    await assert.rejects(ask({ beginAt: endAt + 1, endAt }), codeOf('ParameterCheckFailed'));
    await assert.rejects(ask({}, 0), codeOf('ParameterCheckFailed'));
    await assert.rejects(ask({ clientId: '' }), codeOf('ParameterCheckFailed'));
  });

  it('wants a region, and is given to whoever asks for its own instance alone', async () => {
    await start();
    await assert.rejects(ask({ regionId: '' }), codeOf('MissingParameter'));
    await assert.rejects(ask({ regionId: 'cn-hangzhou' }), codeOf('InstancePermissionCheckFailed'));
    await assert.rejects(
      sdkClient().traceDevice(target('mqtt-cn-other'), question(), 1, idle),
      codeOf('InstancePermissionCheckFailed'),
    );
    await assert.rejects(
      sdkClient(LOCAL_LIMITED_KEY).traceDevice(target(), question(), 1, idle),
      codeOf('Forbidden.RAM'),
    );
  });

  it('is throttled beyond the documented number of calls in a second', async () => {
    const now = Date.now();
    await start({ qps: 2 }, () => now);
    const asked = await Promise.allSettled([ask(), ask(), ask()]);
    assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 2);
    assert.equal(local.counts.get('Throttling.Api'), 1);
  });

  it('outlives a socket that says nothing and one that speaks no MQTT', async () => {
    await start();
    const port = Number(new URL(local.info.mqttUrl).port);
    for (const bytes of ['', 'GET / HTTP/1.1\r\n\r\n'])
      await new Promise<void>((resolve) => {
        const socket = openSocket(port, '127.0.0.1', () => socket.end(bytes));
        socket.resume();
        socket.once('error', () => undefined);
        socket.once('close', () => resolve());
      });
    await connect(DEVICE);
    assert.deepEqual(await told(1), [['connect', 'accepted']]);
  });
});
