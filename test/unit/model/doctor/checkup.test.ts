import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../../src/model/apiError';
import { type Checkup, CHECKUP_STEPS, CheckupSteps } from '../../../../src/model/doctor/checkup';

const REACHED = {
  address: '192.0.2.1',
  tlsVersion: 'TLSv1.3',
  isConnected: true,
  clockAheadSeconds: 0,
  error: undefined,
};
const service = (code: string) => new ApiError('service', code);

/** How every step ended, after a probe and the answers of the two calls as far as they are made. */
function endOf(
  probed: Partial<typeof REACHED> | { error: ApiError },
  batch: string | ApiError = 'R1',
  realTime: string | ApiError = 'R2',
  protocol: 'HTTP' | 'HTTPS' = 'HTTPS',
): string {
  const steps = new CheckupSteps(() => undefined);
  if (steps.probed({ protocol }, { ...REACHED, ...probed }) && steps.batchAnswered(batch))
    steps.realTimeAnswered(realTime);
  return wordsOf(steps.checkup);
}
const wordsOf = (checkup: Checkup): string =>
  CHECKUP_STEPS.map((step) => {
    const state = checkup[step];
    return state.kind === 'failed' ? state.error.code : state.kind === 'notKnown' ? `${state.error.code}?` : state.kind;
  }).join(' ');

describe('the steps of a diagnosis', () => {
  it('pass where everything answers; over http no TLS is needed', () => {
    assert.equal(endOf({}), 'passed passed passed passed passed passed');
    assert.equal(
      endOf({ tlsVersion: undefined as never }, 'R', 'R', 'HTTP'),
      'passed notNeeded passed passed passed passed',
    );
  });

  it('end at the address where nobody is reached, and at TLS where it does not come about', () => {
    const network = (code: string) => new ApiError('network', code);
    const rest = 'notReached notReached notReached notReached';
    const off = {
      ...REACHED,
      address: undefined,
      tlsVersion: undefined,
      isConnected: false,
      clockAheadSeconds: undefined,
    };
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ProxyRefused'])
      assert.equal(endOf({ ...off, error: network(code) }), `${code} notReached ${rest}`);
    assert.equal(
      endOf({ ...off, isConnected: true, error: network('ProxyRefused') } as never),
      `ProxyRefused notReached ${rest}`,
    );
    for (const code of ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'EPROTO'])
      assert.equal(endOf({ ...off, error: network(code) }), `passed ${code} ${rest}`);
    assert.equal(
      endOf({ ...off, isConnected: true, error: network('ECONNRESET') } as never),
      `passed ECONNRESET ${rest}`,
    );
  });

  it('leave it to the call to say what becomes of a server that does not answer behind TLS', () => {
    const late = { clockAheadSeconds: undefined, error: new ApiError('timeout', 'Timeout') } as never;
    assert.equal(
      endOf(late, new ApiError('timeout', 'Timeout')),
      'passed passed notReached notReached Timeout? notReached',
    );
    assert.equal(endOf(late), 'passed passed notReached passed passed passed');
  });

  it('measure the clock: 15 minutes are taken, more are not', () => {
    for (const [seconds, word] of [
      [900, 'passed'],
      [-900, 'passed'],
      [901, 'clockOff'],
      [-901, 'clockOff'],
    ] as const)
      assert.equal(endOf({ clockAheadSeconds: seconds }), `passed passed ${word} passed passed passed`);
    assert.equal(
      endOf({ clockAheadSeconds: -1260 }, service('InvalidTimeStamp.Expired')),
      'passed passed InvalidTimeStamp.Expired notReached notReached notReached',
    );
  });

  it('end at the key where it is refused or missing, and make no other call', () => {
    for (const code of [
      'InvalidAccessKeyId.NotFound',
      'InvalidAccessKeyId.Inactive',
      'SignatureDoesNotMatch',
      'CheckAccountInfoFailed',
    ])
      assert.equal(endOf({}, service(code)), `passed passed passed ${code} notReached notReached`);
    for (const kind of ['missingCredential', 'unbound'] satisfies ApiErrorKind[])
      assert.equal(endOf({}, new ApiError(kind, 'X')), 'passed passed passed X notReached notReached');
  });

  it('take a key for accepted that only its policy refuses, and ask in real time all the same', () => {
    for (const code of ['Forbidden.RAM', 'NoPermission', 'PermissionCheckFailed', 'InstancePermissionCheckFailed']) {
      assert.equal(endOf({}, service(code)), `passed passed passed passed ${code} passed`);
      assert.equal(endOf({}, 'R', service(code)), `passed passed passed passed passed ${code}`);
    }
  });

  it('claim nothing of the key where the call was refused before anybody looked at it', () => {
    assert.equal(
      endOf({}, service('ApiNotSupport'), service('ApiNotSupport')),
      'passed passed passed notReached ApiNotSupport ApiNotSupport',
    );
    assert.equal(endOf({}, service('ApiNotSupport'), 'R2'), 'passed passed passed passed ApiNotSupport passed');
    for (const error of [service('Throttling.User'), service('InternalError'), new ApiError('notJson', 'NotJson')])
      assert.equal(endOf({}, error), `passed passed passed notReached ${error.code}? notReached`);
  });

  it('that were cancelled were not reached', () => {
    const cancelled = new ApiError('cancelled', 'Cancelled');
    const none = Array<string>(6).fill('notReached');
    assert.equal(endOf({ error: cancelled }), none.join(' '));
    assert.equal(endOf({}, cancelled), 'passed passed passed notReached notReached notReached');
    assert.equal(endOf({}, 'R', cancelled), 'passed passed passed passed passed notReached');
  });

  it('are told as they come', () => {
    const told: string[] = [];
    const steps = new CheckupSteps((checkup) => told.push(wordsOf(checkup)));
    steps.running('address');
    steps.probed({ protocol: 'HTTPS' }, REACHED);
    steps.running('key', 'batch');
    assert.deepEqual(
      [told[0], told.at(-1)],
      ['running waiting waiting waiting waiting waiting', 'passed passed passed running running waiting'],
    );
  });
});
