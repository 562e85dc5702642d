import { connectAsync } from 'mqtt';
import assert from 'node:assert/strict';
import { probe } from '../../src/api/probe';
import type { Fault } from '../../src/emulator/gateway/faults';
import { LocalInstance } from '../../src/emulator/localInstance';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import {
  LOCAL_DISABLED_KEY,
  LOCAL_INSTANCE_ID,
  LOCAL_KEY,
  LOCAL_LIMITED_KEY,
  LOCAL_STS_KEY,
} from '../../src/emulator/localKeys';
import type { ApiError } from '../../src/model/apiError';
import type { Credential } from '../../src/model/credential';
import { type Checkup, CHECKUP_STEPS } from '../../src/model/doctor/checkup';
import { Diagnosis } from '../../src/sessions/diagnosis';
import { FitCheck, MADE_UP_CLIENT_ID } from '../../src/sessions/fitCheck';
import type { Finding } from '../../src/sessions/status/statusStore';
import { OtherCalls } from '../../src/sessions/calls/otherCalls';
import type { Caller, CallRate } from '../../src/sessions/calls/callRate';
import { sdkClient } from './sdkClient';

function textOf(finding: Finding): string {
  if (finding.kind === 'failed') return finding.error.code;
  const { status, isVerified, checkedAt, cachedStatus = 'the same' } = finding.observation;
  return `${status} ${isVerified ? 'verified' : 'cached'} at ${checkedAt}, cache: ${cachedStatus}`;
}

/** The real SDK and the real probe against a local instance. */
describe('the diagnosis of an instance', () => {
  let local: LocalInstance;
  let billed = 0;

  async function start(faults: readonly Fault[] = [], aheadMs = 0, cacheMs = 0): Promise<void> {
    local = await LocalInstance.start({ faults, cacheMs }, () => Date.now() + aheadMs);
  }
  function askingWith(credential: Credential | undefined) {
    const api = sdkClient(LOCAL_KEY, {
      credential: () => Promise.resolve(credential),
      clockAhead: async (place, signal) => (await probe(place, 3000, signal)).clockAheadSeconds,
    });
    const rate = { wake: (caller: Caller) => void caller.start(7) } as unknown as CallRate;
    const calls = new OtherCalls({
      rates: { of: () => Promise.resolve(rate) },
      meter: { count: (_, made) => void (billed += made) },
      prepare: () => Promise.resolve(),
    });
    return { api, calls };
  }
  let reported: string[] = [];
  const diagnosisWith = (credential: Credential | undefined): Diagnosis =>
    new Diagnosis({
      ...askingWith(credential),
      probe,
      report: (instanceId, findings) =>
        findings.forEach((finding, clientId) => reported.push([instanceId, clientId, textOf(finding)].join(' '))),
      now: () => 7,
    });
  const targetOf = (credential: string | undefined) => ({
    instanceId: LOCAL_INSTANCE_ID,
    endpoint: local.info.apiEndpoint,
    credential,
  });
  /** How each step ended, how many requests came in and how many calls were counted. */
  async function diagnose(credential: Credential | undefined, bound = true, signal = new AbortController().signal) {
    billed = 0;
    const target = targetOf(bound ? 'work' : undefined);
    const checkup = await diagnosisWith(credential).run(target, 'GID_a@@@1', () => undefined, signal);
    const ends = CHECKUP_STEPS.map((step) => {
      const state = checkup[step];
      return state.kind === 'failed'
        ? state.error.code
        : state.kind === 'notKnown'
          ? `${state.error.code}?`
          : state.kind;
    });
    const requests = [...local.counts.values()].reduce((sum, count) => sum + count, 0);
    return [ends.join(' '), requests, billed];
  }
  afterEach(() => local.dispose());

  it('passes with three requests, of which two are billed', async () => {
    await start();
    for (const [at, key] of [LOCAL_KEY, LOCAL_STS_KEY].entries())
      assert.deepEqual(await diagnose(key), ['passed notNeeded passed passed passed passed', 3 * (at + 1), 2]);
  });

  it('finds what is wrong with a key, with two requests and no bill', async () => {
    for (const [key, code] of [
      [{ ...LOCAL_KEY, accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
      [{ ...LOCAL_KEY, accessKeyId: 'nobody' }, 'InvalidAccessKeyId.NotFound'],
      [LOCAL_DISABLED_KEY, 'InvalidAccessKeyId.Inactive'],
      [{ ...LOCAL_STS_KEY, securityToken: 'expired' }, 'CheckAccountInfoFailed'],
    ] as const) {
      await start();
      assert.deepEqual(await diagnose(key), [`passed notNeeded passed ${code} notReached notReached`, 2, 0]);
      await local.dispose();
    }
    await start();
  });

  it('makes no call without a key, and nothing at all where none is bound', async () => {
    await start();
    assert.deepEqual(await diagnose(undefined), [
      'passed notNeeded passed MissingCredential notReached notReached',
      1,
      0,
    ]);
    assert.deepEqual(await diagnose(LOCAL_KEY, false), [
      'notReached notReached notReached NoKeyBound notReached notReached',
      1,
      0,
    ]);
  });

  it('tells a policy that allows the batch alone from a key that will not do', async () => {
    await start();
    assert.deepEqual(await diagnose(LOCAL_LIMITED_KEY), ['passed notNeeded passed passed passed Forbidden.RAM', 3, 1]);
  });

  it('measures the clock, with three requests at most', async () => {
    await start([], 1_260_000);
    const [ends, requests, calls] = await diagnose(LOCAL_KEY);
    assert.deepEqual(
      [ends, requests, calls],
      ['passed notNeeded InvalidTimeStamp.Expired notReached notReached notReached', 3, 0],
    );
  });

  it('asks twice of a service that knows neither operation, and once of one that throttles', async () => {
    await start([{ kind: 'ApiNotSupport', share: 1 }]);
    assert.deepEqual(await diagnose(LOCAL_KEY), [
      'passed notNeeded passed notReached ApiNotSupport ApiNotSupport',
      3,
      0,
    ]);
    await local.dispose();
    await start([{ kind: 'Throttling.User', share: 1 }]);
    assert.deepEqual(await diagnose(LOCAL_KEY), [
      'passed notNeeded passed notReached Throttling.User? notReached',
      2,
      0,
    ]);
  });

  it('says of throttling how many calls were of this machine', async () => {
    await start([{ kind: 'Throttling.User', share: 1 }]);
    const target = { instanceId: LOCAL_INSTANCE_ID, endpoint: local.info.apiEndpoint, credential: 'work' };
    const { api, calls } = askingWith(LOCAL_KEY);
    const tried = new FitCheck(api, calls).check(target, 'GID_a@@@1', new AbortController().signal);
    await assert.rejects(tried, (error: ApiError) => error.code === 'Throttling.User' && error.call.ownCalls === 7);
  });

  it('ends when it is cancelled, and claims nothing', async () => {
    await start();
    assert.deepEqual(await diagnose(LOCAL_KEY, true, AbortSignal.abort()), [
      Array<string>(6).fill('notReached').join(' '),
      0,
      0,
    ]);
  });

  describe('hands on what it was told of a client', () => {
    const { signal } = new AbortController();
    beforeEach(() => (reported = []));

    it('in real time, with what the cache says where that is something else', async () => {
      await start([], 0, 60_000);
      await diagnose(LOCAL_KEY);
      const device = await connectAsync(local.info.mqttUrl, { clientId: 'GID_a@@@1', ...signIn('GID_a@@@1') });
      await diagnose(LOCAL_KEY);
      await device.endAsync();
      assert.deepEqual(reported, [
        `${LOCAL_INSTANCE_ID} GID_a@@@1 offline verified at 7, cache: the same`,
        `${LOCAL_INSTANCE_ID} GID_a@@@1 online verified at 7, cache: offline`,
      ]);
    });

    it('as cached where it may not be asked in real time, and nothing where no call was answered', async () => {
      await start();
      await diagnose(LOCAL_LIMITED_KEY);
      await diagnose(LOCAL_DISABLED_KEY);
      assert.deepEqual(reported, [`${LOCAL_INSTANCE_ID} GID_a@@@1 offline cached at 7, cache: the same`]);
    });

    it('but nothing of one that is made up, nor what was asked with a key of before', async () => {
      await start();
      await diagnosisWith(LOCAL_KEY).run(targetOf('work'), MADE_UP_CLIENT_ID, () => undefined, signal);
      const diagnosis = diagnosisWith(LOCAL_KEY);
      const isRealTime = ({ realTime }: Checkup) => realTime.kind === 'running';
      const tell = (checkup: Checkup): void => (isRealTime(checkup) ? diagnosis.forget() : undefined);
      await diagnosis.run(targetOf('work'), 'GID_a@@@1', tell, signal);
      assert.deepEqual(reported, []);
    });
  });
});
