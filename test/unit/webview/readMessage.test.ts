import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WORD_KEYS } from '../../../src/model/results/resultsProtocol';
import { readMessage } from '../../../src/webview/results/readMessage';

const ROW = {
  key: 0,
  clientId: 'GID_a@@@1',
  instance: 'Plant',
  instanceId: 'mqtt-cn-1',
  isChecking: false,
  answer: { status: 'online', isVerified: true, checkedAt: 1 },
  failure: { text: 'No key', at: 2 },
};
const SHOW = {
  kind: 'show',
  check: {
    checkId: 1,
    title: 'a.log',
    note: '',
    language: 'en',
    words: Object.fromEntries(WORD_KEYS.map((key) => [key, key])),
    clientsPerCall: 10,
    staleAfterSeconds: 300,
    canChangeInstance: false,
    isRunning: true,
    rows: [ROW],
  },
};
const GOOD = [
  SHOW,
  { kind: 'rows', checkId: 1, rows: [ROW] },
  { kind: 'running', isRunning: false },
  { kind: 'tell', text: 'x' },
];

/** Every value that differs from a good one by one field that is gone or is of another type. */
function broken(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [{ odd: true }];
  return Object.entries(value).flatMap(([key, field]) =>
    broken(field).map((other) =>
      Array.isArray(value)
        ? value.map((each: unknown, at) => (String(at) === key ? other : each))
        : { ...value, [key]: other },
    ),
  );
}

describe('a message to the page of results', () => {
  it('is taken as it is where it has the right shape', () => {
    for (const message of GOOD) assert.deepEqual(readMessage(structuredClone(message)), message);
  });

  it('is refused where any one field is of another type', () => {
    const taken = GOOD.flatMap(broken).filter((message) => readMessage(message) !== undefined);
    assert.deepEqual(taken, []);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        assert.equal(readMessage(message), undefined);
      }),
    );
  });
});
