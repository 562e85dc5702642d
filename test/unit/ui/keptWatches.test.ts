import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import { silentLog } from '../../../src/base/log';
import { KeptWatches } from '../../../src/ui/watch/keptWatches';
import { keptOf } from '../../../src/ui/watch/watch';

describe('what the workspace keeps of watches', () => {
  let clock: ReturnType<typeof install>;
  let writes: number;
  let kept: KeptWatches;

  beforeEach(() => {
    clock = install();
    writes = 0;
    const update = (): Promise<void> => (writes++, Promise.resolve());
    kept = new KeptWatches({ memento: { get: () => undefined, update }, log: silentLog }, () => []);
  });
  afterEach(() => clock.uninstall());

  it('is written at most every five seconds while first statuses come in, the last of them too', async () => {
    for (let at = 0; at < 60; at++) {
      kept.writeSoon();
      await clock.tickAsync(200);
    }
    assert.equal(writes, 3);
    await clock.tickAsync(60_000);
    assert.deepEqual([writes, clock.countTimers()], [4, 0]);
  });

  it('is written when the window closes, and no timer is left', () => {
    kept.writeSoon();
    kept.writeSoon();
    kept.dispose();
    assert.deepEqual([writes, clock.countTimers()], [2, 0]);
  });

  it('is of a group its name, however many clients it has', () => {
    const clientIds = Array.from({ length: 100_000 }, (_, at) => `GID_a@@@${at}`);
    const watch = { instanceId: 'mqtt-1', until: 'online', startedAt: 0, deadline: 1, baseline: [] } as const;
    const sized = keptOf({ ...watch, baseline: [], group: 'Large', clientIds });
    assert.ok(JSON.stringify(sized).length < 200);
    assert.deepEqual(keptOf({ ...watch, baseline: [], clientIds: ['a'] }).clientIds, ['a']);
  });
});
