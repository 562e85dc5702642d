import assert from 'node:assert/strict';
import { readBatchAnswer, readSingleAnswer } from '../../../src/api/answerShape';

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
});
