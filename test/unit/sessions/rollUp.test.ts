import assert from 'node:assert/strict';
import { ApiError } from '../../../src/model/apiError';
import { rollUp } from '../../../src/sessions/rollUp';
import { type Finding, StatusStore } from '../../../src/sessions/statusStore';

describe('roll-up', () => {
  it('counts what is known, what failed and what is being asked, apart', () => {
    const store = new StatusStore();
    const seen = (status: 'online' | 'offline' | 'unknown', checkedAt: number): Finding => ({
      kind: 'answered',
      observation: { status, isVerified: false, checkedAt },
    });
    store.apply(
      'i',
      new Map([
        ['a', seen('online', 5)],
        ['b', seen('offline', 3)],
        ['c', seen('unknown', 4)],
        ['d', seen('online', 9)],
      ]),
    );
    store.apply(
      'i',
      new Map<string, Finding>([['d', { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 10 }]]),
    );
    store.setChecking('i', ['e'], true);
    assert.deepEqual(rollUp(store, 'i', ['a', 'b', 'c', 'd', 'e']), {
      total: 5,
      online: 2,
      offline: 1,
      unknown: 1,
      unchecked: 1,
      failed: 1,
      checking: 1,
      oldestAt: 3,
    });
  });
});
