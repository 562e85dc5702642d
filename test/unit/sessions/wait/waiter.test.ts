import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import type { CallTarget, MqttApi } from '../../../../src/api/mqttApi';
import { silentLog } from '../../../../src/base/log';
import { ApiError } from '../../../../src/model/apiError';
import { CallGovernor } from '../../../../src/sessions/calls/callGovernor';
import { CallRates } from '../../../../src/sessions/calls/callRates';
import { ChangeConfirmer } from '../../../../src/sessions/status/changeConfirmer';
import type { Missing, Wish } from '../../../../src/sessions/wait/condition';
import { StatusChecker } from '../../../../src/sessions/status/statusChecker';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';
import { type Wait, Waiter, type WaitEvent, type WaitOutcome } from '../../../../src/sessions/wait/waiter';
import { waitCost } from '../../../../src/sessions/wait/waitPace';

const START = 1_000_000_000;
const HOUR = 3_600_000;
const target: CallTarget = { instanceId: 'mqtt-1', credential: 'work' };
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `GID_a@@@${at}`);

/** A service in memory: devices that are online or not, a cache that lags behind, and a list of the calls. */
class Service implements MqttApi {
  readonly calls: string[] = [];
  readonly online = new Set<string>();
  /** What the batch says, where that is out of date. */
  readonly cached = new Map<string, boolean>();
  failure: ((clientId: string) => ApiError | undefined) | undefined;
  latencyMs = 20;

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async querySessions(_: CallTarget, clientIds: readonly string[], signal: AbortSignal) {
    await this.call(`batch of ${clientIds.length}`, clientIds, signal);
    const online = new Map(clientIds.map((id) => [id, this.cached.get(id) ?? this.online.has(id)]));
    return { requestId: `R${this.calls.length}`, online };
  }

  async querySession(_: CallTarget, clientId: string, signal: AbortSignal) {
    await this.call('real time', [clientId], signal);
    return { requestId: `R${this.calls.length}`, isOnline: this.online.has(clientId) };
  }

  private async call(what: string, clientIds: readonly string[], signal: AbortSignal): Promise<void> {
    this.calls.push(`${((Date.now() - START) / 1000).toFixed(1)} ${what}`);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, this.latencyMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new ApiError('cancelled', 'Cancelled'));
      });
    });
    const failure = clientIds.map((id) => this.failure?.(id)).find((error) => error !== undefined);
    if (failure !== undefined) throw failure;
  }
}

/** How a wait ended; undefined as long as it goes on. */
class Result {
  outcome: WaitOutcome | undefined;

  get kind(): WaitOutcome['kind'] | undefined {
    return this.outcome?.kind;
  }

  /** The code of the error it ended with, and the client's ID. */
  get failure(): readonly string[] {
    return this.outcome?.kind === 'failed' ? [this.outcome.error.code, this.outcome.clientId] : [];
  }

  get missing(): readonly Missing[] {
    return this.outcome?.kind === 'timedOut' ? this.outcome.missing : [];
  }
}

/** A window: its own store and checker before one service; what it finds may be told to another. */
class Window {
  readonly store = new StatusStore();
  readonly checker: StatusChecker;
  tellOthers: (findings: ReadonlyMap<string, Finding>) => void = () => undefined;

  constructor(service: Service, verifiesChanges = false) {
    const governor = new CallGovernor({
      api: service,
      rates: new CallRates({
        lines: { append: (lines) => Promise.resolve({ bucketAt: -Infinity, lines }) },
        owner: 'window',
        accountOf: () => Promise.resolve('account'),
        callsPerSecond: () => 50,
        now: Date.now,
        monotonic: () => performance.now(),
      }),
      report: (instanceId, findings) => {
        this.store.apply(instanceId, findings);
        this.tellOthers(findings);
      },
      reportChecking: (instanceId, clientIds, isChecking) => this.store.setChecking(instanceId, clientIds, isChecking),
      meter: { count: () => undefined },
      confirmer: new ChangeConfirmer({
        store: this.store,
        remembered: () => undefined,
        isWanted: () => verifiesChanges,
        monotonic: () => performance.now(),
      }),
      now: Date.now,
      random: () => 0,
      log: silentLog,
    });
    this.checker = new StatusChecker(governor, this.store, Date.now, () => false);
  }
}

describe('waiting', () => {
  let clock: ReturnType<typeof install>;
  let service: Service;
  let window: Window;
  let abort: AbortController;
  let events: WaitEvent[];
  let isSaved: boolean;
  let isSpent: boolean;

  beforeEach(() => {
    clock = install({ now: START });
    service = new Service();
    window = new Window(service);
    abort = new AbortController();
    [events, isSaved, isSpent] = [[], true, false];
  });
  afterEach(() => clock.uninstall());

  function wait(wish: Partial<Wish>, more: Partial<Wait> = {}, where = window): Result {
    const whole: Wish = { clientIds: ids(1), waitFor: 'online', match: 'all', stableForSeconds: 0, ...wish };
    const waiter = new Waiter(
      { checker: where.checker, store: where.store, now: Date.now, isSpent: () => isSpent },
      {
        instanceId: target.instanceId,
        target: () => (isSaved ? target : undefined),
        wish: whole,
        verify: true,
        deadline: START + 120_000,
        report: (event) => events.push(event),
        ...more,
      },
    );
    const result = new Result();
    void waiter.run(abort.signal).then((outcome) => (result.outcome = outcome));
    return result;
  }
  const seconds = (count: number): Promise<number> => clock.tickAsync(count * 1000);
  const seen = (): string[] =>
    events.flatMap((event) =>
      event.kind === 'seen'
        ? [
            `${event.clientId} ${event.from?.status ?? '-'} → ${event.to.status}${event.to.isVerified ? ' verified' : ''}`,
          ]
        : [],
    );
  const troubles = (): string[] =>
    events.flatMap((event) =>
      event.kind === 'trouble' ? [`${event.error.code}, next in ${event.nextInMs / 1000} s`] : [],
    );

  it('asks about one client in real time every two seconds, and ends when it is met', async () => {
    const result = wait({});
    await seconds(5);
    assert.deepEqual(
      service.calls.map((call) => call.replace(/\.\d/, '')),
      ['0 real time', '2 real time', '4 real time'],
    );
    service.online.add('GID_a@@@0');
    await seconds(2);
    assert.deepEqual([result.kind, service.calls.length, clock.countTimers()], ['met', 4, 0]);
    assert.deepEqual(seen(), ['GID_a@@@0 - → offline verified', 'GID_a@@@0 offline → online verified']);
  });

  it('asks about many in batches every five seconds, and proves in real time what the cache claims', async () => {
    for (const id of ids(12)) service.cached.set(id, id !== 'GID_a@@@3');
    for (const id of ids(12)) if (id !== 'GID_a@@@7') service.online.add(id);
    const result = wait({ clientIds: ids(12) });
    await seconds(4);
    assert.deepEqual(
      service.calls.map((call) => call.slice(4)),
      ['batch of 10', 'batch of 2'],
    );
    service.cached.set('GID_a@@@3', true);
    await seconds(3);
    assert.equal(service.calls.filter((call) => call.endsWith('real time')).length, 12);
    assert.equal(result.kind, undefined);
    service.online.add('GID_a@@@7');
    await seconds(5);
    assert.equal(result.kind, 'met');
    assert.equal(service.calls.filter((call) => call.endsWith('real time')).length, 13);
  });

  for (const [name, claim] of [
    ['claims all of them', () => true],
    ['changes its mind all the time', (at: number) => at % 2 === 0],
    ['claims some', (at: number, id: number) => (at + id) % 3 > 0],
  ] as const)
    it(`costs no more than was said where the cache is wrong and ${name}`, async () => {
      window = new Window(service, true);
      const result = wait({ clientIds: ids(20) }, { deadline: START + 15 * 60_000 });
      for (let at = 0; at < 15 * 60; at += 3) {
        for (const [place, id] of ids(20).entries()) service.cached.set(id, claim(at / 3, place));
        await seconds(3);
      }
      const { most } = waitCost(20, true, 15 * 60);
      assert.equal(result.kind, 'timedOut');
      assert.ok(service.calls.length <= most, `${service.calls.length} calls, said ${most}`);
    });

  it('proves all clients of a long list though the cache was wrong about one for long', async () => {
    for (const id of ids(100)) service.cached.set(id, true);
    for (const id of ids(99)) service.online.add(id);
    const result = wait({ clientIds: ids(100) }, { deadline: START + 30 * 60_000 });
    await seconds(10 * 60);
    assert.equal(result.kind, undefined);
    service.online.add('GID_a@@@99');
    await seconds(90);
    assert.equal(result.kind, 'met');
  });

  it('pays once for a change that the governor has verified already', async () => {
    window = new Window(service, true);
    const result = wait({ clientIds: ids(4), match: 'any' });
    await seconds(1);
    service.online.add('GID_a@@@2');
    await seconds(6);
    assert.equal(result.kind, 'met');
    assert.equal(service.calls.filter((call) => call.endsWith('real time')).length, 1);
  });

  it('takes the cache at its word where that is wished', async () => {
    service.cached.set('GID_a@@@0', true);
    const result = wait({}, { verify: false });
    await seconds(1);
    assert.deepEqual([result.kind, service.calls.length], ['met', 1]);
  });

  it('does not ask what was answered a moment ago, whoever asked', async () => {
    service.online.add('GID_a@@@0');
    void window.checker.check([{ target, clientIds: ids(1) }], 'verified', abort.signal);
    await seconds(1);
    const result = wait({});
    await seconds(0);
    assert.deepEqual([result.kind, service.calls.length], ['met', 1]);
  });

  it('takes nothing that was known long before for news, whatever else the store tells', async () => {
    service.online.add('GID_a@@@0');
    void window.checker.check([{ target, clientIds: ids(1) }], 'verified', abort.signal);
    await seconds(30);
    service.online.clear();
    const results = (['online', 'change'] as const).map((waitFor) => wait({ waitFor }));
    window.store.setChecking('mqtt-1', ids(1), true);
    await seconds(5);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      [undefined, undefined],
    );
    assert.deepEqual(seen(), Array(2).fill('GID_a@@@0 - → offline verified'));
  });

  it('does not listen to the cache about a client it asks about in real time', async () => {
    const result = wait({});
    await seconds(1);
    const observation = { status: 'online', isVerified: false, checkedAt: Date.now() } as const;
    window.store.apply('mqtt-1', new Map([['GID_a@@@0', { kind: 'answered', observation }]]));
    await seconds(0.5);
    assert.deepEqual([result.kind, seen()], [undefined, ['GID_a@@@0 - → offline verified']]);
  });

  it('ends at once when somebody else finds out', async () => {
    const result = wait({});
    await seconds(0.5);
    service.online.add('GID_a@@@0');
    void window.checker.check([{ target, clientIds: ids(1) }], 'verified', abort.signal);
    await seconds(0.1);
    assert.deepEqual([result.kind, service.calls.length], ['met', 2]);
  });

  it('costs five windows hardly more calls than one', async () => {
    const windows = Array.from({ length: 5 }, () => new Window(service));
    for (const one of windows)
      one.tellOthers = (findings) =>
        setTimeout(() => {
          for (const other of windows) if (other !== one) other.store.apply(target.instanceId, findings);
        }, 400);
    const results: Result[] = [];
    for (const one of windows) {
      results.push(wait({}, {}, one));
      await seconds(0.3);
    }
    await seconds(60);
    const alone = waitCost(1, true, 61).calls;
    assert.ok(service.calls.length <= alone * 1.3, `${service.calls.length} calls, alone ${alone}`);
    service.online.add('GID_a@@@0');
    await seconds(4);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      Array(5).fill('met'),
    );
  });

  it('says on time-out what is missing, at the minute', async () => {
    service.online.add('GID_a@@@0');
    const result = wait({ clientIds: ids(2) });
    await seconds(119.9);
    assert.equal(result.kind, undefined);
    await seconds(0.1);
    assert.equal(result.kind, 'timedOut');
    assert.deepEqual(
      result.missing.map(({ clientId, last, lacks }) => [clientId, last?.status, lacks]),
      [['GID_a@@@1', 'offline', 'status']],
    );
    assert.equal(clock.countTimers(), 0);
  });

  it('lets no call that hangs outlast the deadline', async () => {
    service.latencyMs = HOUR;
    const result = wait({});
    await seconds(121);
    assert.deepEqual([result.kind, clock.countTimers()], ['timedOut', 0]);
  });

  it('makes one round after an hour of sleep, and goes on', async () => {
    const result = wait({}, { deadline: START + 2 * HOUR });
    await seconds(1);
    const before = service.calls.length;
    clock.setSystemTime(START + HOUR);
    await seconds(2.5);
    assert.equal(service.calls.length, before + 1);
    assert.equal(result.kind, undefined);
  });

  it('keeps its deadline through sleep, by the clock on the wall', async () => {
    const result = wait({});
    await seconds(1);
    const before = service.calls.length;
    clock.setSystemTime(START + HOUR);
    await seconds(2);
    assert.deepEqual([result.kind, service.calls.length], ['timedOut', before]);
  });

  it('does not wait for ever where the clock was set back', async () => {
    const result = wait({});
    await seconds(1);
    clock.setSystemTime(START - HOUR);
    await seconds(10);
    assert.ok(service.calls.length >= 5);
    await seconds(120);
    assert.equal(result.kind, 'timedOut');
  });

  it('goes on through passing faults, ever more slowly, and says so', async () => {
    service.failure = () => new ApiError('service', 'ServiceUnavailable');
    const result = wait({});
    await seconds(30);
    assert.deepEqual(troubles().slice(0, 4), [
      'ServiceUnavailable, next in 2 s',
      'ServiceUnavailable, next in 4 s',
      'ServiceUnavailable, next in 8 s',
      'ServiceUnavailable, next in 16 s',
    ]);
    assert.deepEqual(seen(), []);
    service.failure = undefined;
    service.online.add('GID_a@@@0');
    await seconds(16);
    assert.equal(result.kind, 'met');
  });

  it('never takes a failure for offline', async () => {
    service.failure = () => new ApiError('timeout', 'Timeout');
    const result = wait({ waitFor: 'offline' });
    await seconds(121);
    assert.equal(result.kind, 'timedOut');
  });

  for (const error of [
    new ApiError('service', 'SignatureDoesNotMatch', 'R1'),
    new ApiError('service', 'InstancePermissionCheckFailed', 'R1'),
    new ApiError('missingCredential', 'MissingCredential'),
    new ApiError('badEndpoint', 'BadEndpoint'),
  ])
    it(`ends at once with ${error.code}`, async () => {
      service.failure = () => error;
      const result = wait({ clientIds: ids(20), match: 'any' });
      await seconds(1);
      assert.deepEqual([result.failure[0], clock.countTimers()], [error.code, 0]);
    });

  it('gives a host that never answered three rounds, and one that did all the time there is', async () => {
    service.failure = () => new ApiError('network', 'ENOTFOUND');
    const never = wait({});
    await seconds(10);
    assert.deepEqual([never.kind, service.calls.length], ['failed', 3]);
    service.failure = undefined;
    const once = wait({});
    await seconds(1);
    service.failure = () => new ApiError('network', 'ENOTFOUND');
    await seconds(60);
    assert.equal(once.kind, undefined);
  });

  it('gives up a client with a bad ID: fatal for all, not for any, and asked about once', async () => {
    service.failure = (id) => (id === 'GID_a@@@0' ? new ApiError('service', 'ParameterCheckFailed') : undefined);
    const [all, any] = [wait({ clientIds: ids(2) }), wait({ clientIds: ids(2), match: 'any' })];
    await seconds(1);
    assert.deepEqual([all.failure, any.kind], [['ParameterCheckFailed', 'GID_a@@@0'], undefined]);
    const before = service.calls.length;
    await seconds(4);
    assert.equal(service.calls.length, before + 2);
    service.online.add('GID_a@@@1');
    await seconds(2);
    assert.equal(any.kind, 'met');
  });

  it('ends when aborted, in a call or between two, and leaves no timer', async () => {
    for (const afterSeconds of [0.03, 1]) {
      abort = new AbortController();
      const result = wait({});
      await seconds(afterSeconds);
      abort.abort();
      await seconds(0);
      assert.deepEqual([result.kind, clock.countTimers()], ['cancelled', 0]);
    }
  });

  it('ends when its instance is saved no more', async () => {
    const result = wait({});
    await seconds(1);
    isSaved = false;
    await seconds(2);
    assert.equal(result.kind, 'removed');
  });

  it('counts nothing that was answered under another key', async () => {
    service.online.add('GID_a@@@0');
    const wishes = [{ waitFor: 'online' }, { waitFor: 'change', match: 'any' }] as const;
    const results = wishes.map((wish) => wait({ clientIds: ids(2), ...wish }));
    await seconds(1);
    window.checker.forget('mqtt-1');
    service.online.clear();
    service.online.add('GID_a@@@1');
    service.failure = (id) => (id === 'GID_a@@@0' ? new ApiError('timeout', 'Timeout') : undefined);
    await seconds(5);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      [undefined, undefined],
    );
    service.failure = undefined;
    service.online.add('GID_a@@@0');
    await seconds(20);
    assert.deepEqual(
      results.map(({ kind }) => kind),
      ['met', undefined],
    );
  });

  it("asks no more once today's budget is spent", async () => {
    const result = wait({});
    await seconds(1);
    isSpent = true;
    await seconds(5);
    assert.deepEqual([result.kind, service.calls.length, clock.countTimers()], ['spent', 1, 0]);
  });

  it('sees a restart that takes longer than two polls, and a stable one', async () => {
    service.online.add('GID_a@@@0');
    const result = wait({ waitFor: 'restart', stableForSeconds: 10 });
    await seconds(3);
    service.online.clear();
    await seconds(5);
    service.online.add('GID_a@@@0');
    await seconds(10);
    assert.equal(result.kind, undefined);
    await seconds(4);
    assert.equal(result.kind, 'met');
    assert.deepEqual(
      seen().map((line) => line.slice(10)),
      ['- → online verified', 'online → offline verified', 'offline → online verified'],
    );
  });

  it('says beforehand what it costs', () => {
    const costs = [waitCost(1, true, 120), waitCost(20, true, 120), waitCost(1, false, 120), waitCost(100, true, 60)];
    assert.deepEqual(costs, [
      { calls: 60, most: 60 },
      { calls: 48, most: 168 },
      { calls: 24, most: 84 },
      { calls: 120, most: 250 },
    ]);
  });
});
