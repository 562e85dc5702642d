import assert from 'node:assert/strict';
import { byInstance, planCheck } from '../../../../src/model/results/checkPlan';

const instance = (instanceId: string, clientIds: string[]) => ({
  name: instanceId,
  instanceId,
  credential: 'work',
  groups: [{ name: 'a', clientIds }],
});
const east = instance('east', ['1', 'both']);
const west = instance('west', ['2', 'both']);
const INVENTORY = { instances: [east, west] };

describe('the plan of a check', () => {
  it('asks where a client is saved, and the chosen instance about the rest', () => {
    const planned = planCheck(['2', 'new', '1', 'both'], INVENTORY, west) ?? [];
    assert.deepEqual(
      planned.map((each) => [each.clientId, each.instance.name]),
      [
        ['2', 'west'],
        ['new', 'west'],
        ['1', 'east'],
        ['both', 'west'],
      ],
    );
    assert.deepEqual(byInstance(planned), [
      { target: west, clientIds: ['2', 'new', 'both'] },
      { target: east, clientIds: ['1'] },
    ]);
  });

  it('needs no choice where all are saved, and is none where some are not and nothing is chosen', () => {
    assert.deepEqual(planCheck(['both'], INVENTORY, undefined), [{ clientId: 'both', instance: east }]);
    assert.equal(planCheck(['1', 'new'], INVENTORY, undefined), undefined);
  });
});
