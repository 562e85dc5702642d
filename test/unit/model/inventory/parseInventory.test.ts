import assert from 'node:assert/strict';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';

const instance = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const problemOf = (text: string) => {
  const parsed = parseInventory(text);
  return parsed.kind === 'broken' ? parsed.problem : undefined;
};

describe('reading inventory.json', () => {
  it('takes nothing for an empty inventory', () => {
    for (const text of ['', ' \n', '\uFEFF', '{}', '{"instances":[]}'])
      assert.deepEqual(parseInventory(text), { kind: 'ok', inventory: { instances: [] } });
  });

  it('takes comments, a trailing comma and keys it does not know, and each client ID once', () => {
    const text = `{ // mine\n "instances": [${JSON.stringify({ ...instance, note: 'x', groups: [{ name: 'Pumps', clientIds: ['a', 'a', '设备'] }] })},] }`;
    const expected = { ...instance, groups: [{ name: 'Pumps', clientIds: ['a', '设备'] }] };
    assert.deepEqual(parseInventory(text), { kind: 'ok', inventory: { instances: [expected] } });
  });

  it('says where the JSON breaks', () => {
    assert.deepEqual(problemOf('{\n  "instances": [,]\n}'), { kind: 'syntax', path: '', line: 2, column: 17 });
  });

  it('says which key is missing, at its object', () => {
    const keyless = { ...instance, credential: undefined };
    assert.deepEqual(problemOf(`{"instances":[\n  ${JSON.stringify(keyless)}]}`), {
      kind: 'shape',
      path: 'instances[0].credential',
      line: 2,
      column: 3,
    });
  });

  it('says which value has the wrong shape', () => {
    assert.equal(
      problemOf(JSON.stringify({ instances: [{ ...instance, groups: [{ name: 'a', clientIds: [1] }] }] }))?.path,
      'instances[0].groups[0].clientIds[0]',
    );
    assert.equal(
      problemOf(JSON.stringify({ instances: [{ ...instance, regionId: undefined }] }))?.path,
      'instances[0]',
    );
    assert.equal(problemOf('[]')?.kind, 'shape');
  });

  it('refuses two of one name or instance ID, for a row goes by them', () => {
    assert.deepEqual(
      problemOf(JSON.stringify({ instances: [instance, { ...instance, instanceId: 'mqtt-cn-2' }] }))?.path,
      'instances[1].name',
    );
    assert.deepEqual(
      problemOf(JSON.stringify({ instances: [instance, { ...instance, name: 'Other' }] }))?.path,
      'instances[1].instanceId',
    );
    assert.deepEqual(
      problemOf(JSON.stringify({ instances: [{ ...instance, groups: [{ name: 'a' }, { name: 'a' }] }] }))?.kind,
      'duplicate',
    );
  });
});
