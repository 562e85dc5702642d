import assert from 'node:assert/strict';
import { WatchedClients } from '../../../../src/sessions/wait/watchedClients';

describe('watched clients', () => {
  it('are watched until the last watch about them has ended', () => {
    const watched = new WatchedClients();
    const changes: string[] = [];
    watched.onDidChange(({ clientIds }) => changes.push(clientIds.join()));
    const [one, both] = [
      watched.add({ instanceId: 'i', clientIds: ['a'] }),
      watched.add({ instanceId: 'i', clientIds: ['a', 'b'], group: 'Bench' }),
    ];
    const now = () => [
      watched.isWatched('i', 'a'),
      watched.isWatched('i', 'b'),
      watched.isWatched('other', 'a'),
      watched.isGroupWatched('i', 'Bench'),
    ];
    assert.deepEqual(now(), [true, true, false, true]);
    one.dispose();
    one.dispose();
    assert.deepEqual(now(), [true, true, false, true]);
    both.dispose();
    assert.deepEqual(now(), [false, false, false, false]);
    assert.deepEqual(changes, ['a', 'a,b', 'a', 'a,b']);
  });
});
