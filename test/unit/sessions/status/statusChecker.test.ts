import assert from 'node:assert/strict';
import { StatusChecker } from '../../../../src/sessions/status/statusChecker';
import { StatusStore } from '../../../../src/sessions/status/statusStore';

const target = { instanceId: 'mqtt-1', regionId: 'cn-hangzhou', credential: 'mine' };

describe('a check of clients that are held back', () => {
  it('asks about none of them, says so to the asker, and marks no row as failed', async () => {
    const store = new StatusStore(Date.now);
    const asked: string[] = [];
    const governor = {
      ask: (_: unknown, clientIds: readonly string[]) => {
        asked.push(...clientIds);
        return clientIds.map(() => Promise.resolve(undefined));
      },
      drop: () => undefined,
    };
    const checker = new StatusChecker(
      governor,
      store,
      () => 1000,
      (instanceId, clientId) => instanceId === 'mqtt-1' && clientId.startsWith('theirs'),
    );
    const idle = new AbortController().signal;
    for (const urgency of ['person', 'timer'] as const) {
      const clientIds = ['mine', 'theirs-1', 'no id', 'theirs-1'];
      const checked = await checker.check([{ target, clientIds }], 'cached', idle, undefined, urgency);
      assert.deepEqual(
        checked.map(({ clientId, finding }) => [clientId, finding?.kind === 'failed' ? finding.error.code : undefined]),
        [
          ['mine', undefined],
          ['theirs-1', 'NotAllowedYet'],
          ['no id', 'InvalidClientId'],
          ['theirs-1', 'NotAllowedYet'],
        ],
      );
    }
    assert.deepEqual(asked, ['mine', 'mine']);
    assert.equal(store.get('mqtt-1', 'theirs-1'), undefined);
  });
});
