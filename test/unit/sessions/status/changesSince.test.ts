import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/model/apiError';
import { ChangesSince } from '../../../../src/sessions/status/changesSince';
import { type Finding, StatusStore } from '../../../../src/sessions/status/statusStore';

describe('changes since a moment', () => {
  let store: StatusStore;
  let changes: ChangesSince;
  let told: string[];
  const see = (clientId: string, status: 'online' | 'offline' | 'unknown', checkedAt: number): void => {
    const finding: Finding = { kind: 'answered', observation: { status, isVerified: true, checkedAt } };
    store.apply('i', new Map([[clientId, finding]]));
  };

  beforeEach(() => {
    [store, told] = [new StatusStore(() => 1000), []];
    changes = new ChangesSince(store, (_, clientId) => clientId !== 'other', 1);
    changes.onDidChange(({ clientId, from, to }) => told.push(`${clientId}: ${from} → ${to}`));
  });

  it('are told one by one, each once', () => {
    see('a', 'online', 1);
    see('a', 'offline', 2);
    see('a', 'offline', 3);
    see('a', 'online', 4);
    assert.deepEqual(told, ['a: online → offline', 'a: offline → online']);
  });

  it('do not begin with what was known before, though a check that starts brings it up again', () => {
    see('a', 'online', 0);
    store.setChecking('i', ['a'], true);
    see('a', 'offline', 5);
    store.setChecking('i', ['a'], false);
    assert.deepEqual([told, changes.summary()], [[], []]);
    see('a', 'online', 6);
    assert.deepEqual(told, ['a: offline → online']);
  });

  it('are summed up as what is another in the end, with when that showed', () => {
    see('a', 'online', 1);
    see('b', 'online', 1);
    see('a', 'offline', 2);
    see('b', 'offline', 2);
    see('b', 'online', 3);
    assert.deepEqual(
      changes.summary().map(({ clientId, from, to, at }) => [clientId, from, to, at]),
      [['a', 'online', 'offline', 2]],
    );
  });

  it('are not made by failures, by answers that say nothing, or by clients of no concern', () => {
    see('a', 'online', 1);
    see('a', 'unknown', 2);
    store.apply('i', new Map([['a', { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 3 }]]));
    see('a', 'online', 4);
    see('other', 'online', 1);
    see('other', 'offline', 2);
    changes.dispose();
    see('a', 'offline', 5);
    assert.deepEqual([told, changes.summary()], [[], []]);
  });
});
