import assert from 'node:assert/strict';
import type { Instance } from '../../../../src/model/inventory/inventory';
import { isMuted, tellingGroup } from '../../../../src/model/inventory/muted';

const instance: Instance = {
  name: 'Plant',
  instanceId: 'mqtt-1',
  credential: 'work',
  groups: [
    { name: 'Muted', muted: true, clientIds: ['a', 'b', 'own'] },
    { name: 'Heard', clientIds: ['b', 'c', 'silent'] },
  ],
  clients: { own: { muted: false }, silent: { muted: true } },
};

describe('what is muted', () => {
  it('is a client whose own entry says so, or all groups of which are muted', () => {
    assert.deepEqual(
      ['a', 'b', 'c', 'own', 'silent', 'unsaved'].map((clientId) => isMuted(instance, clientId)),
      [true, false, false, false, true, false],
    );
  });

  it('leaves a client to be told under a group that is heard', () => {
    assert.deepEqual(
      ['a', 'b', 'unsaved'].map((clientId) => tellingGroup(instance, clientId)?.name),
      ['Muted', 'Heard', undefined],
    );
  });
});
