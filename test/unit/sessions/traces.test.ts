import assert from 'node:assert/strict';
import type { MqttTraces } from '../../../src/api/mqttApi';
import type { TraceQuestion } from '../../../src/model/trace/traceEvent';
import { OtherCalls } from '../../../src/sessions/calls/otherCalls';
import type { Caller, CallRate } from '../../../src/sessions/calls/callRate';
import { Traces } from '../../../src/sessions/traces';

const QUESTION: TraceQuestion = { regionId: 'cn-hangzhou', clientId: 'GID_a@@@1', beginAt: 0, endAt: 1 };
const TARGET = { instanceId: 'mqtt-cn-1', credential: 'plant' };

describe('a page of a trace', () => {
  const counted: string[] = [];
  const asked: number[] = [];
  const rate = { wake: (caller: Caller) => void caller.start(1) };
  const calls = new OtherCalls({
    rates: { of: () => Promise.resolve(rate as unknown as CallRate) },
    meter: { count: (instanceId, made) => void counted.push(`${instanceId} ${made}`) },
    prepare: () => Promise.resolve(),
  });
  const api: MqttTraces = {
    traceDevice: (_target, _question, page) => {
      asked.push(page);
      return Promise.resolve({ requestId: 'R', total: 0, events: [] });
    },
  };
  const idle = new AbortController().signal;

  beforeEach(() => [counted, asked].forEach((list) => list.splice(0)));

  it('is one call in turn with the others, counted for its instance', async () => {
    const page = await new Traces(api, calls, () => false).page(TARGET, QUESTION, 3, idle);
    assert.deepEqual([page.requestId, asked, counted], ['R', [3], ['mqtt-cn-1 1']]);
  });

  it('of a client that a workspace names is not asked for before the person has said yes', async () => {
    const traces = new Traces(
      api,
      calls,
      (instanceId, clientId) => clientId === QUESTION.clientId && instanceId !== '',
    );
    await assert.rejects(traces.page(TARGET, QUESTION, 1, idle), { kind: 'heldBack' });
    assert.deepEqual([asked, counted], [[], []]);
  });
});
