import assert from 'node:assert/strict';
import { freeName } from '../../../../src/model/inventory/freeName';
import { listedInstances } from '../../../../src/model/inventory/listedInstances';

const listed = (instanceId: string, name = '', regionId = 'cn-hangzhou') => ({ instanceId, name, regionId });
const HANGZHOU = { regionId: 'cn-hangzhou' };

describe('the instances of an account', () => {
  it('stand by name, numbers by their value, and those that are saved last, marked with the name they have here', () => {
    const saved = [{ instanceId: 'post-cn-2', name: 'Mine' }];
    const rows = listedInstances(
      [listed('post-cn-1', 'Plant 10'), listed('post-cn-2', 'Alpha'), listed('post-cn-3', 'Plant 9')],
      saved,
      HANGZHOU,
    );
    assert.deepEqual(
      rows.map(({ instanceId, savedAs }) => [instanceId, savedAs]),
      [
        ['post-cn-3', undefined],
        ['post-cn-1', undefined],
        ['post-cn-2', 'Mine'],
      ],
    );
  });

  it('are named by their ID where their name cannot be read, and hold nothing that cannot be seen', () => {
    const rows = listedInstances([listed('post-cn-1', ' \u200b '), listed('post-cn-2', 'A\u202eB\nC')], [], HANGZHOU);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['A\u{fffd}B\u{fffd}C', 'post-cn-1'],
    );
  });

  it('are each there once, and one whose ID could not be saved is not there', () => {
    const rows = listedInstances([listed('post-cn-1'), listed('post-cn-1'), listed('a b'), listed('')], [], HANGZHOU);
    assert.deepEqual(
      rows.map(({ instanceId }) => instanceId),
      ['post-cn-1'],
    );
  });

  it('say that they are in another region than the one that was asked, where a key may go', () => {
    const inShenzhen = [listed('post-cn-1', 'P', 'cn-shenzhen')];
    const movesTo = (asked: object, list = inShenzhen) => listedInstances(list, [], asked)[0]?.movesTo;
    assert.equal(movesTo(HANGZHOU), 'cn-shenzhen');
    assert.equal(movesTo({ endpoint: 'onsmqtt.cn-hangzhou.aliyuncs.com' }), 'cn-shenzhen');
    assert.equal(movesTo({ regionId: 'cn-shenzhen' }), undefined);
    assert.equal(movesTo(HANGZHOU, [listed('post-cn-1', 'P', 'evil.example.com')]), undefined);
  });

  it('leave an endpoint of somebody’s own alone: which region is behind it, nobody said', () => {
    const [row] = listedInstances([listed('mqtt-cn-local00001', 'L', 'local')], [], { endpoint: '127.0.0.1:1' });
    assert.deepEqual(row, { instanceId: 'mqtt-cn-local00001', name: 'L', regionId: 'local' });
  });
});

describe('a name that is to be free', () => {
  it('stays as it is, or gets the first number that is free', () => {
    assert.equal(freeName('Plant', ['Other']), 'Plant');
    assert.equal(freeName('Plant', ['Plant', 'Plant (2)', 'Plant (4)']), 'Plant (3)');
  });
});
