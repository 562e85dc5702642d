import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import type { CallTarget, MqttApi } from '../../../../src/api/mqttApi';
import { silentLog } from '../../../../src/base/log';
import { ApiError } from '../../../../src/model/apiError';
import { CallGovernor } from '../../../../src/sessions/calls/callGovernor';
import { CallRates } from '../../../../src/sessions/calls/callRates';
import { ChangeConfirmer } from '../../../../src/sessions/status/changeConfirmer';
import { StatusChecker } from '../../../../src/sessions/status/statusChecker';
import { StatusStore } from '../../../../src/sessions/status/statusStore';

const target: CallTarget = { instanceId: 'mqtt-1', credential: 'work' };
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `GID_a@@@${at}`);
const idle = new AbortController().signal;

/** A service in memory that answers as told after a while and keeps a list of the calls. */
class Service implements MqttApi {
  readonly calls: { at: number; clientIds: readonly string[] }[] = [];
  latencyMs = 20;
  answer: (clientId: string) => boolean | undefined = () => true;
  failure: (clientIds: readonly string[]) => ApiError | undefined = () => undefined;
  inFlight = 0;

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async querySessions(_: CallTarget, clientIds: readonly string[], signal: AbortSignal) {
    await this.call(clientIds, signal);
    const online = new Map(
      clientIds.flatMap((id) => {
        const is = this.answer(id);
        return is === undefined ? [] : [[id, is] as const];
      }),
    );
    return { requestId: `R${this.calls.length}`, online };
  }

  async querySession(_: CallTarget, clientId: string, signal: AbortSignal) {
    await this.call([clientId], signal);
    return { requestId: `R${this.calls.length}`, isOnline: this.answer(clientId) ?? false };
  }

  private async call(clientIds: readonly string[], signal: AbortSignal): Promise<void> {
    this.calls.push({ at: Date.now(), clientIds });
    this.inFlight++;
    try {
      await new Promise<void>((resolve, reject) => {
        setTimeout(resolve, this.latencyMs);
        signal.addEventListener('abort', () => reject(new ApiError('cancelled', 'Cancelled')));
      });
    } finally {
      this.inFlight--;
    }
    const failure = this.failure(clientIds);
    if (failure !== undefined) throw failure;
  }
}

describe('checking clients', () => {
  let clock: ReturnType<typeof install>;
  let service: Service;
  let store: StatusStore;
  let checker: StatusChecker;
  let callsPerSecond: number;
  let verifiesChanges: boolean;
  let remembered: 'online' | undefined;
  let made: number;
  let spared: number;

  beforeEach(() => {
    clock = install({ now: 1_000_000 });
    service = new Service();
    store = new StatusStore();
    callsPerSecond = 50;
    [verifiesChanges, made, spared, remembered] = [false, 0, 0, undefined];
    const rates = new CallRates({
      lines: { append: (lines) => Promise.resolve({ bucketAt: -Infinity, lines }) },
      owner: 'window',
      accountOf: () => Promise.resolve('account'),
      callsPerSecond: () => callsPerSecond,
      now: Date.now,
      monotonic: () => performance.now(),
    });
    const governor = new CallGovernor({
      api: service,
      rates,
      report: (instanceId, findings) => store.apply(instanceId, findings),
      reportChecking: (instanceId, clientIds, isChecking) => store.setChecking(instanceId, clientIds, isChecking),
      meter: { count: (_, calls, saved) => ((made += calls), (spared += saved)) },
      confirmer: new ChangeConfirmer({
        store,
        remembered: () => remembered,
        isWanted: () => verifiesChanges,
        monotonic: () => performance.now(),
      }),
      now: Date.now,
      random: () => 1,
      log: silentLog,
    });
    checker = new StatusChecker(governor, store, Date.now, () => false);
  });
  afterEach(() => clock.uninstall());

  async function check(clientIds: readonly string[], signal = idle) {
    const checked = checker.check([{ target, clientIds }], 'cached', signal);
    await clock.runAllAsync();
    return checked;
  }
  const statusOf = (clientId: string) => store.get('mqtt-1', clientId)?.last?.status;
  const inAnySecond = () =>
    Math.max(
      ...service.calls.map(({ at }) => service.calls.filter((other) => other.at >= at && other.at < at + 1000).length),
    );

  it('asks ten at a time and not one call more', async () => {
    const checked = await check(ids(25));
    assert.deepEqual(
      service.calls.map(({ clientIds }) => clientIds.length),
      [10, 10, 5],
    );
    assert.deepEqual(
      checked.map(({ clientId }) => clientId),
      ids(25),
    );
    assert.equal(
      checked.every(({ finding }) => finding?.kind === 'answered' && finding.observation.status === 'online'),
      true,
    );
  });

  it('keeps nobody waiting for ever where the SDK cannot be loaded', async () => {
    service.prepare = () => Promise.reject(new Error('ENOENT: the update took the old files away'));
    service.failure = () => new ApiError('network', 'UnexpectedError');
    const [only] = await check(ids(1));
    assert.equal(only?.finding?.kind, 'failed');
    assert.equal(store.isChecking('mqtt-1', 'GID_a@@@0'), false);
  });

  it('merges what two askers wait for and answers both', async () => {
    const both = [
      checker.check([{ target, clientIds: ids(6) }], 'cached', idle),
      checker.check([{ target, clientIds: ids(10).reverse() }], 'cached', idle),
    ];
    await clock.runAllAsync();
    const [first, second] = await Promise.all(both);
    assert.equal(service.calls.length, 1);
    assert.deepEqual([first?.length, second?.length], [6, 10]);
    assert.deepEqual([made, spared], [1, 1.6]);
  });

  it('joins a question that is on its way', async () => {
    const first = checker.check([{ target, clientIds: ids(1) }], 'cached', idle);
    await clock.tickAsync(5);
    const second = checker.check([{ target, clientIds: ids(1) }], 'cached', idle);
    await clock.runAllAsync();
    assert.equal(service.calls.length, 1);
    assert.deepEqual(await first, await second);
  });

  it('never makes more calls in any second than the rate allows', async () => {
    await check(ids(3000));
    assert.equal(service.calls.length, 300);
    assert.ok(inAnySecond() <= 50, `${inAnySecond()} calls in a second`);
    assert.ok(Date.now() - 1_000_000 < 6_500, 'and takes no longer than it must');
  });

  it('lets a person go before a timer, and joins what the timer asked already', async () => {
    callsPerSecond = 1;
    const timer = checker.check([{ target, clientIds: ids(40) }], 'cached', idle, undefined, 'timer');
    const person = checker.check([{ target, clientIds: ['GID_a@@@35', 'GID_b@@@1'] }], 'cached', idle);
    await clock.runAllAsync();
    await Promise.all([timer, person]);
    const [first] = service.calls;
    assert.deepEqual([first?.clientIds.slice(0, 2), first?.clientIds.length], [['GID_a@@@35', 'GID_b@@@1'], 10]);
    assert.equal(service.calls.length, 5);
  });

  it('halves the rate when the service throttles, and climbs back step by step', async () => {
    service.failure = () => (Date.now() < 1_000_100 ? new ApiError('service', 'Throttling.User') : undefined);
    await check(ids(5000));
    const inSecond = (from: number) =>
      service.calls.filter(({ at }) => at >= 1_000_000 + from && at < 1_001_000 + from).length;
    assert.ok(inSecond(2000) <= 25, `${inSecond(2000)} calls in the third second`);
    assert.ok(inSecond(2000) >= 20, `${inSecond(2000)} calls in the third second`);
    assert.ok(inSecond(13_000) > 30, `${inSecond(13_000)} calls in the fourteenth second`);
  });

  it('has no more calls in flight than the rate takes at the latency seen', async () => {
    service.latencyMs = 20;
    let most = 0;
    service.answer = () => ((most = Math.max(most, service.inFlight)), true);
    await check(ids(2000));
    most = 0;
    await check(ids(4000).slice(2000));
    assert.ok(most <= 5, `${most} calls in flight`);
  });

  it('keeps both rates through a change of the rate', async () => {
    await check(ids(500));
    callsPerSecond = 10;
    await check(ids(900).slice(500));
    const at = service.calls.map((call) => call.at);
    assert.equal(at.length, 90);
    assert.ok(inAnySecond() <= 50);
    assert.ok((at[89] ?? 0) - (at[50] ?? 0) >= 3000, 'the last forty calls take their time');
  });

  it('shows what came as it comes, and says who is being asked about', async () => {
    service.latencyMs = 100;
    callsPerSecond = 1;
    const checked = checker.check([{ target, clientIds: ids(20) }], 'cached', idle);
    assert.equal(store.isChecking('mqtt-1', 'GID_a@@@0'), true);
    await clock.tickAsync(1100);
    assert.deepEqual([statusOf('GID_a@@@0'), statusOf('GID_a@@@10')], ['online', undefined]);
    assert.deepEqual(
      [store.isChecking('mqtt-1', 'GID_a@@@0'), store.isChecking('mqtt-1', 'GID_a@@@10')],
      [false, true],
    );
    await clock.runAllAsync();
    await checked;
  });

  it('leaves an ID that is missing from the answer unknown', async () => {
    service.answer = (clientId) => (clientId === 'GID_a@@@1' ? undefined : false);
    await check(ids(2));
    assert.deepEqual(ids(2).map(statusOf), ['offline', 'unknown']);
  });

  it('tries again what may pass, and no more than three times', async () => {
    let left = 2;
    service.failure = () => (left-- > 0 ? new ApiError('service', 'InternalError') : undefined);
    await check(ids(1));
    assert.deepEqual([service.calls.length, statusOf('GID_a@@@0')], [3, 'online']);
    service.calls.length = 0;
    service.failure = () => new ApiError('service', 'Throttling.User', 'R');
    const [checked] = await check(ids(1));
    assert.equal(service.calls.length, 4);
    assert.equal(checked?.finding?.kind === 'failed' ? checked.finding.error.code : '', 'Throttling.User');
    assert.equal(statusOf('GID_a@@@0'), 'online', 'a failed call never turns a client offline');
  });

  it('says of throttling how many calls this machine made until then, however long the answer took', async () => {
    service.latencyMs = 3000;
    service.failure = () => new ApiError('service', 'Throttling.User', 'R');
    const [checked] = await check(ids(1));
    assert.equal(checked?.finding?.kind === 'failed' ? checked.finding.error.call.ownCalls : undefined, 1);
  });

  it('does not keep a person waiting for a server that hangs or is not there', async () => {
    for (const [error, calls] of [
      [new ApiError('timeout', 'Timeout'), 2],
      [new ApiError('network', 'ECONNREFUSED'), 1],
      [new ApiError('network', 'ECONNRESET'), 4],
    ] as const) {
      service.calls.length = 0;
      service.failure = () => error;
      await check(ids(1));
      assert.equal(service.calls.length, calls, error.code);
    }
  });

  it('spares nine good IDs the fate of a bad one', async () => {
    service.failure = (clientIds) =>
      clientIds.includes('GID_a@@@3') ? new ApiError('service', 'ParameterCheckFailed', 'R') : undefined;
    await check(ids(10));
    assert.deepEqual(ids(10).filter((id) => statusOf(id) === 'online').length, 9);
    assert.equal(store.get('mqtt-1', 'GID_a@@@3')?.failure?.error.code, 'ParameterCheckFailed');
    assert.ok(service.calls.length <= 9);
  });

  it('learns from one refusal of the key for all that wait', async () => {
    service.failure = () => new ApiError('service', 'SignatureDoesNotMatch', 'R');
    const checked = await check(ids(5000));
    assert.ok(service.calls.length <= 50, `${service.calls.length} calls`);
    assert.equal(
      checked.every(({ finding }) => finding?.kind === 'failed' && finding.error.code === 'SignatureDoesNotMatch'),
      true,
    );
  });

  it('makes no call for an ID no service could know', async () => {
    const [checked] = await check(['x'.repeat(65)]);
    assert.equal(service.calls.length, 0);
    assert.equal(checked?.finding?.kind === 'failed' ? checked.finding.error.code : '', 'InvalidClientId');
  });

  it('cancelled by one asker goes on for the other, and ends with the last', async () => {
    const cancel = new AbortController();
    service.latencyMs = 1000;
    const mine = checker.check([{ target, clientIds: ids(10) }], 'cached', cancel.signal);
    const yours = checker.check([{ target, clientIds: ids(5) }], 'cached', idle);
    await clock.tickAsync(10);
    cancel.abort();
    assert.equal(
      (await mine).every(({ finding }) => finding === undefined),
      true,
    );
    assert.equal(service.inFlight, 1);
    await clock.runAllAsync();
    assert.equal(
      (await yours).every(({ finding }) => finding?.kind === 'answered'),
      true,
    );

    const again = new AbortController();
    const last = checker.check([{ target, clientIds: ids(500) }], 'cached', again.signal);
    await clock.tickAsync(10);
    const before = service.calls.length;
    again.abort();
    await clock.runAllAsync();
    await last;
    assert.deepEqual([service.inFlight, service.calls.length], [0, before]);
    assert.equal(store.isChecking('mqtt-1', 'GID_a@@@400'), false);
  });

  it('listens to an asker once, however many clients it asks about, and no longer than it waits', async () => {
    const asker = new AbortController();
    const heard: string[] = [];
    const { signal } = asker;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    Object.assign(signal, {
      addEventListener: (...given: Parameters<typeof add>) => {
        heard.push('listens');
        add(...given);
      },
      removeEventListener: (...given: Parameters<typeof remove>) => {
        heard.push('leaves');
        remove(...given);
      },
    });
    const checked = checker.check([{ target, clientIds: ids(1000) }], 'cached', signal);
    assert.deepEqual(heard, ['listens']);
    await clock.tickAsync(10_000);
    assert.equal((await checked).filter(({ finding }) => finding?.kind === 'answered').length, 1000);
    assert.deepEqual(heard, ['listens', 'leaves']);
  });

  it('forgets an instance with the answers still on their way to it', async () => {
    service.latencyMs = 1000;
    const checked = checker.check([{ target, clientIds: ids(1) }], 'cached', idle);
    await clock.tickAsync(10);
    checker.forget('mqtt-1');
    await clock.runAllAsync();
    assert.deepEqual([(await checked)[0]?.finding, statusOf('GID_a@@@0')], [undefined, undefined]);
  });

  it('does not let a cached answer asked earlier replace a verified one that came first', async () => {
    service.latencyMs = 1000;
    service.answer = () => false;
    const cached = checker.check([{ target, clientIds: ids(1) }], 'cached', idle);
    await clock.tickAsync(100);
    service.latencyMs = 10;
    const verified = checker.check([{ target, clientIds: ids(1) }], 'verified', idle);
    await clock.tickAsync(50);
    await clock.runAllAsync();
    await Promise.all([cached, verified]);
    assert.equal(store.get('mqtt-1', 'GID_a@@@0')?.last?.isVerified, true);
  });

  it('confirms a change in real time before it announces it, and shows what the cache said', async () => {
    verifiesChanges = true;
    await check(ids(12));
    assert.equal(service.calls.length, 2);
    service.answer = (clientId) => service.calls.at(-1)?.clientIds.length === 1 && clientId === 'GID_a@@@3';
    const seen: (string | undefined)[] = [];
    store.onDidChange(() => seen.push(statusOf('GID_a@@@3')));
    await check(['GID_a@@@3', 'GID_a@@@4']);
    assert.deepEqual(
      service.calls.slice(2).map(({ clientIds }) => clientIds.length),
      [2, 1, 1],
    );
    assert.deepEqual(new Set(seen), new Set(['online']));
    const { isVerified, cachedStatus } = store.get('mqtt-1', 'GID_a@@@3')?.last ?? {};
    assert.deepEqual([isVerified, cachedStatus, statusOf('GID_a@@@4')], [true, 'offline', 'offline']);
    assert.equal(store.get('mqtt-1', 'GID_a@@@4')?.last?.cachedStatus, undefined);
  });

  it('confirms a change against what is remembered from before the window was loaded', async () => {
    [verifiesChanges, remembered] = [true, 'online'];
    service.answer = () => false;
    await check(['GID_a@@@3']);
    assert.equal(service.calls.length, 2);
    assert.deepEqual(store.get('mqtt-1', 'GID_a@@@3')?.last?.isVerified, true);
  });

  it('confirms no more than thirty changes a minute, and none where the key may not ask', async () => {
    verifiesChanges = true;
    await check(ids(100));
    service.answer = () => false;
    await check(ids(100));
    assert.equal(service.calls.filter(({ clientIds }) => clientIds.length === 1).length, 30);
    await clock.tickAsync(60_000);
    service.answer = () => true;
    service.failure = (clientIds) =>
      clientIds.length === 1 ? new ApiError('service', 'PermissionCheckFailed') : undefined;
    service.calls.length = 0;
    await check(ids(10));
    await check(ids(20).slice(10));
    const single = service.calls.filter(({ clientIds }) => clientIds.length === 1).length;
    assert.ok(single > 0 && single <= 10, `${single} calls in real time`);
    assert.deepEqual([statusOf('GID_a@@@1'), statusOf('GID_a@@@15')], ['online', 'online']);
    assert.equal(store.get('mqtt-1', 'GID_a@@@1')?.failure, undefined);
  });

  it('asks in real time one by one and says so', async () => {
    const checked = checker.check([{ target, clientIds: ids(3) }], 'verified', idle);
    await clock.runAllAsync();
    await checked;
    assert.equal(service.calls.length, 3);
    assert.equal(store.get('mqtt-1', 'GID_a@@@2')?.last?.isVerified, true);
  });
});
