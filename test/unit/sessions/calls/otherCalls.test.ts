import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/model/apiError';
import type { Caller } from '../../../../src/sessions/calls/callRate';
import type { CallRate } from '../../../../src/sessions/calls/callRate';
import { OtherCalls } from '../../../../src/sessions/calls/otherCalls';

const BILL = { credential: 'plant', instanceId: 'mqtt-cn-1' };

describe('calls that a person asks for one at a time', () => {
  const counted: string[] = [];
  const ends: string[] = [];
  const waiting: Caller[] = [];
  const rate = { wake: (caller: Caller) => void waiting.push(caller) };
  let prepared = 0;
  let prepare = (): Promise<void> => Promise.resolve();
  const calls = new OtherCalls({
    rates: { of: () => Promise.resolve(rate as unknown as CallRate) },
    meter: { count: (instanceId, made) => void counted.push(`${instanceId} ${made}`) },
    prepare: () => {
      prepared++;
      return prepare();
    },
  });
  /** Gives the next caller its turn, as the rate does. */
  async function turn(): Promise<void> {
    await new Promise(setImmediate);
    const caller = waiting.shift();
    if (caller !== undefined && caller.pending > 0) ends.push(await caller.start(3));
  }

  beforeEach(() => {
    [counted, ends, waiting].forEach((list) => list.splice(0));
    prepared = 0;
    prepare = () => Promise.resolve();
  });

  it('wait for a turn of the account, go before timers, and are counted when they succeed', async () => {
    const asked = calls.make(BILL, () => Promise.resolve(7), new AbortController().signal);
    await new Promise(setImmediate);
    assert.deepEqual([waiting.map(({ isUrgent, pending }) => [isUrgent, pending]), counted], [[[true, 1]], []]);
    await turn();
    assert.deepEqual([await asked, counted, ends], [7, ['mqtt-cn-1 1'], ['done']]);
  });

  it('are not counted and not tried again when they fail, and tell the rate of throttling', async () => {
    const failing = (code: string) =>
      calls.make(BILL, () => Promise.reject(new ApiError('service', code)), new AbortController().signal);
    const refused = assert.rejects(failing('Forbidden.RAM'), { code: 'Forbidden.RAM' });
    await turn();
    const throttled = assert.rejects(failing('Throttling.Api'), { code: 'Throttling.Api', call: { ownCalls: 3 } });
    await turn();
    await Promise.all([refused, throttled]);
    assert.deepEqual([counted, ends, waiting], [[], ['done', 'throttled'], []]);
  });

  it('that are cancelled wait no longer for the key, however long its command takes', async () => {
    prepare = () => new Promise(() => undefined);
    const abort = new AbortController();
    const asked = assert.rejects(
      calls.make(BILL, () => Promise.resolve(1), abort.signal),
      { kind: 'cancelled' },
    );
    await new Promise(setImmediate);
    abort.abort();
    await asked;
    assert.deepEqual([prepared, waiting], [1, []]);
  });

  it('that are cancelled before they begin ready no key and take no turn', async () => {
    const call = calls.make(BILL, () => Promise.resolve(1), AbortSignal.abort());
    await assert.rejects(call, { kind: 'cancelled' });
    assert.deepEqual([prepared, waiting], [0, []]);
  });

  it('that are cancelled while they wait take no turn', async () => {
    const abort = new AbortController();
    const asked = assert.rejects(
      calls.make(BILL, () => Promise.resolve(1), abort.signal),
      { kind: 'cancelled' },
    );
    await new Promise(setImmediate);
    abort.abort();
    await asked;
    assert.deepEqual(
      waiting.map(({ pending }) => pending),
      [0],
    );
  });
});
