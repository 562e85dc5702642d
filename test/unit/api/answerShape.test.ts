import assert from 'node:assert/strict';
import { readBatchAnswer, readSingleAnswer, readTracePage } from '../../../src/api/answerShape';

const wrongShape = { name: 'ApiError', kind: 'wrongShape', code: 'UnexpectedAnswer' };

describe('the shape of an answer', () => {
  it('is matched by client ID, in whatever order it came', () => {
    const body = {
      RequestId: 'R',
      OnlineStatusList: [
        { ClientId: 'b', OnlineStatus: false },
        { ClientId: 'a', OnlineStatus: true },
      ],
    };
    assert.deepEqual(readBatchAnswer(body, ['a', 'b']), {
      requestId: 'R',
      online: new Map([
        ['b', false],
        ['a', true],
      ]),
    });
  });

  it('leaves out IDs that are missing and IDs that were not asked', () => {
    const body = { RequestId: 'R', OnlineStatusList: [{ ClientId: 'other', OnlineStatus: true }] };
    assert.deepEqual(readBatchAnswer(body, ['a']), { requestId: 'R', online: new Map() });
  });

  it('leaves an ID unknown when two entries contradict each other', () => {
    const body = {
      RequestId: 'R',
      OnlineStatusList: [true, false, true].map((OnlineStatus) => ({ ClientId: 'a', OnlineStatus })),
    };
    assert.deepEqual(readBatchAnswer(body, ['a']).online, new Map());
  });

  for (const body of [
    undefined,
    {},
    [],
    'ok',
    { RequestId: 'R' },
    { RequestId: 'R', OnlineStatusList: [{ ClientId: 'a', OnlineStatus: 'true' }] },
  ]) {
    it(`refuses ${JSON.stringify(body)} although it came with HTTP 200`, () => {
      assert.throws(() => readBatchAnswer(body, ['a']), wrongShape);
      assert.throws(() => readSingleAnswer(body), wrongShape);
    });
  }

  it('reads the real-time answer', () => {
    assert.deepEqual(readSingleAnswer({ RequestId: 'R', OnlineStatus: true }), { requestId: 'R', isOnline: true });
  });

  it('of a trace is read as it came, and an event may lack what explains nothing', () => {
    const [whole, bare] = [
      { Time: 't', Action: 'close', ActionCode: 'mqtt.trace.action.close', ActionInfo: 'no heart', ChannelId: 'c' },
      { Time: '', ActionInfo: '<b>' },
    ];
    assert.deepEqual(readTracePage({ RequestId: 'R', Total: 7, DeviceInfoList: [whole, bare] }), {
      requestId: 'R',
      total: 7,
      events: [
        { time: 't', action: 'close', info: 'no heart', channelId: 'c' },
        { time: '', action: '', info: '<b>', channelId: '' },
      ],
    });
  });

  it('of a trace is refused where it holds more than was asked, or no number of events', () => {
    const event = { Time: '', ActionInfo: '' };
    const page = (count: number) => ({ RequestId: 'R', Total: 100_000, DeviceInfoList: Array(count).fill(event) });
    assert.equal(readTracePage(page(100)).events.length, 100);
    for (const body of [
      page(101),
      page(100_000),
      { ...page(1), Total: -1 },
      { ...page(1), Total: 1.5 },
      { ...page(1), Total: '1' },
      { ...page(1), RequestId: '](command:x)' },
      { ...page(1), DeviceInfoList: [{ Time: 1, ActionInfo: '' }] },
      { ...page(1), DeviceInfoList: undefined },
    ])
      assert.throws(() => readTracePage(body), wrongShape);
  });
});
