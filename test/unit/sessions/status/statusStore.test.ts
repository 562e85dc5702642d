import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/model/apiError';
import {
  type Finding,
  type Observation,
  type StatusChange,
  StatusStore,
} from '../../../../src/sessions/status/statusStore';

const observed = (status: Observation['status'], checkedAt: number): Observation => ({
  status,
  checkedAt,
  isVerified: false,
});
const answered = (status: Observation['status'], checkedAt: number): Finding => ({
  kind: 'answered',
  observation: observed(status, checkedAt),
});

describe('status store', () => {
  it('has nothing to say of a client never asked about', () => {
    assert.equal(new StatusStore().get('mqtt-1', 'GID_a@@@1'), undefined);
  });

  it('fires once for a round, naming what changed', () => {
    const store = new StatusStore();
    const changes: StatusChange[] = [];
    store.onDidChange((change) => changes.push(change));
    store.apply(
      'mqtt-1',
      new Map([
        ['a', answered('online', 1)],
        ['b', answered('offline', 1)],
      ]),
    );
    assert.deepEqual(changes, [{ instanceId: 'mqtt-1', clientIds: ['a', 'b'] }]);
  });

  it('keeps the last known status beside a failure', () => {
    const store = new StatusStore();
    const error = new ApiError('timeout', 'Timeout');
    store.apply('mqtt-1', new Map([['a', answered('online', 1)]]));
    store.apply('mqtt-1', new Map<string, Finding>([['a', { kind: 'failed', error, at: 2 }]]));
    assert.deepEqual(store.get('mqtt-1', 'a'), { last: observed('online', 1), failure: { error, at: 2 } });
  });

  it('drops an answer that is older than what is known', () => {
    const store = new StatusStore();
    store.apply('mqtt-1', new Map([['a', answered('online', 5)]]));
    store.apply('mqtt-1', new Map([['a', answered('offline', 4)]]));
    assert.deepEqual(store.get('mqtt-1', 'a'), { last: observed('online', 5) });
  });

  it('takes any answer for one from the future, learnt before the clock was set back', () => {
    const at = (checkedAt: number, status: 'online' | 'offline') =>
      new Map([['a', { kind: 'answered', observation: { status, isVerified: false, checkedAt } } as const]]);
    const early = new StatusStore(() => 1000);
    early.apply('mqtt-1', at(3_600_000, 'online'));
    early.apply('mqtt-1', at(900, 'offline'));
    assert.equal(early.get('mqtt-1', 'a')?.last?.status, 'offline');
  });

  it('keeps the same client ID of two instances apart and forgets one instance alone', () => {
    const store = new StatusStore();
    store.apply('mqtt-1', new Map([['a', answered('online', 1)]]));
    store.apply('mqtt-2', new Map([['a', answered('offline', 1)]]));
    store.forget('mqtt-1');
    assert.equal(store.get('mqtt-1', 'a'), undefined);
    assert.deepEqual(store.get('mqtt-2', 'a'), { last: observed('offline', 1) });
  });
});
