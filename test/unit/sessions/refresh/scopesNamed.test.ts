import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/model/inventory/inventory';
import { requestsIn, scopesNamed } from '../../../../src/sessions/refresh/scopesNamed';

const instance = (name: string, groups: string[]) => ({
  name,
  instanceId: `id-${name}`,
  credential: 'c',
  groups: groups.map((group) => ({ name: group, clientIds: [`${name} ${group}`] })),
});
const inventory: Inventory = {
  instances: [instance('Plant', ['Pumps', 'a/b']), instance('Lab/2', ['Pumps', 'Bench'])],
};
const found = (...names: string[]) => {
  const { scopes, unknown } = scopesNamed(inventory, names);
  return [requestsIn(inventory, scopes).flatMap(({ clientIds }) => clientIds), unknown];
};

describe('what a setting names', () => {
  it('is the groups of that name in any instance', () => {
    assert.deepEqual(found('Pumps'), [['Plant Pumps', 'Lab/2 Pumps'], []]);
  });

  it('is a group of one instance where that is named, by name or ID, whatever slashes there are', () => {
    assert.deepEqual(found('Plant/Pumps', 'id-Lab/2/Bench'), [['Plant Pumps', 'Lab/2 Bench'], []]);
    assert.deepEqual(found('Lab/2/Bench', 'a/b', 'Plant/a/b'), [['Lab/2 Bench', 'Plant a/b', 'Plant a/b'], []]);
  });

  it('is an instance as a whole, each client once', () => {
    assert.deepEqual(found('Plant', 'id-Lab/2'), [['Plant Pumps', 'Plant a/b', 'Lab/2 Pumps', 'Lab/2 Bench'], []]);
  });

  it('is told where there is none of that name', () => {
    assert.deepEqual(found('Nothing', 'Plant/Nothing', 'Pumps '), [[], ['Nothing', 'Plant/Nothing', 'Pumps ']]);
  });
});
