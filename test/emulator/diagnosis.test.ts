import assert from 'node:assert/strict';
import { probe } from '../../src/api/probe';
import type { Fault } from '../../src/emulator/gateway/faults';
import { LocalInstance } from '../../src/emulator/localInstance';
import {
  LOCAL_DISABLED_KEY,
  LOCAL_INSTANCE_ID,
  LOCAL_KEY,
  LOCAL_LIMITED_KEY,
  LOCAL_STS_KEY,
} from '../../src/emulator/localKeys';
import type { ApiError } from '../../src/model/apiError';
import type { Credential } from '../../src/model/credential';
import { CHECKUP_STEPS } from '../../src/model/doctor/checkup';
import { Diagnosis } from '../../src/sessions/diagnosis';
import { FitCheck } from '../../src/sessions/fitCheck';
import { OtherCalls } from '../../src/sessions/calls/otherCalls';
import type { Caller, CallRate } from '../../src/sessions/calls/callRate';
import { sdkClient } from './sdkClient';

/** The real SDK and the real probe against a local instance. */
describe('the diagnosis of an instance', () => {
  let local: LocalInstance;
  let billed = 0;

  async function start(faults: readonly Fault[] = [], aheadMs = 0): Promise<void> {
    local = await LocalInstance.start({ faults }, () => Date.now() + aheadMs);
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
  const diagnosisWith = (credential: Credential | undefined): Diagnosis =>
    new Diagnosis({ ...askingWith(credential), probe });
  /** How each step ended, how many requests came in and how many calls were counted. */
  async function diagnose(credential: Credential | undefined, bound = true, signal = new AbortController().signal) {
    billed = 0;
    const target = {
      instanceId: LOCAL_INSTANCE_ID,
      endpoint: local.info.apiEndpoint,
      credential: bound ? 'work' : undefined,
    };
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
});
