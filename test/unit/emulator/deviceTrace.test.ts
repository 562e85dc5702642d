import assert from 'node:assert/strict';
import { DeviceTrace } from '../../../src/emulator/mqtt/deviceTrace';
import { FOREIGN_PARENT_TOPIC, mayUse } from '../../../src/emulator/mqtt/topicRules';

describe('what the local instance remembers of connections', () => {
  it('has an end: so many events a client, so many clients, a day', () => {
    let now = 1_000_000_000;
    const trace = new DeviceTrace(() => now, { events: 3, clients: 2 });
    const channelsOf = (clientId: string) => trace.between(clientId, 0, now).map(({ channelId }) => channelId);
    for (let at = 0; at < 5; at++) trace.record('a', `a${at}`, 'accepted');
    assert.deepEqual(channelsOf('a'), ['a2', 'a3', 'a4']);
    trace.record('b', 'b0', 'accepted');
    trace.record('a', 'a5', 'no heart');
    trace.record('c', 'c0', 'accepted');
    assert.deepEqual(['a', 'b', 'c'].map(channelsOf), [['a3', 'a4', 'a5'], [], ['c0']]);
    now += 24 * 60 * 60 * 1000;
    assert.deepEqual(['a', 'c'].map(channelsOf), [[], []]);
  });

  it('holds no client without an ID, and none whose ID is longer than any may be', () => {
    const trace = new DeviceTrace(() => 1);
    for (const clientId of ['', 'x'.repeat(65)]) {
      trace.record(clientId, 'c', 'invalid param');
      assert.deepEqual(trace.between(clientId, 0, 2), []);
    }
  });

  it('lets clients use every topic but those of another instance', () => {
    const topics = ['a', 'a/b', '#', `${FOREIGN_PARENT_TOPIC}s`, FOREIGN_PARENT_TOPIC, `${FOREIGN_PARENT_TOPIC}/+`];
    assert.deepEqual(topics.filter(mayUse), topics.slice(0, 4));
  });
});
