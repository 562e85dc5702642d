import assert from 'node:assert/strict';
import {
  deviceIdOf,
  shortIdOf,
  clientIdProblem,
  expandClientId,
  hasOddSeparator,
  isGroupId,
} from '../../../../src/model/clientIds/clientId';

describe('client ID', () => {
  const cases: [string, string, ReturnType<typeof clientIdProblem>][] = [
    ['the documented form', 'GID_a@@@1', undefined],
    ["the vendor's own example", 'GID_test@0001', undefined],
    ['64 characters', 'x'.repeat(64), undefined],
    ['65 characters', 'x'.repeat(65), 'tooLong'],
    ['nothing', '', 'empty'],
    ['a blank inside', 'GID_a@@@1 2', 'notPrintableAscii'],
    ['Chinese', 'GID_a@@@设备', 'notPrintableAscii'],
    ['half of an emoji', 'GID_a@@@\ud83d', 'brokenCharacter'],
  ];
  for (const [what, clientId, problem] of cases) {
    it(`${problem === undefined ? 'may be' : 'may not be'} ${what}`, () =>
      assert.equal(clientIdProblem(clientId), problem));
  }

  it('completes a bare device ID alone', () => {
    assert.deepEqual(
      ['1', 'GID_b@@@1', 'GID_b@1', ''].map((text) => expandClientId(text, 'GID_abc')),
      ['GID_abc@@@1', 'GID_b@@@1', 'GID_b@1', ''],
    );
    assert.equal(expandClientId('1', undefined), '1');
  });

  it('warns of a single @ alone', () => {
    assert.deepEqual(['GID_a@@@1', 'GID_test@0001', 'x'].map(hasOddSeparator), [false, true, false]);
  });

  it('knows a group ID', () => {
    assert.deepEqual(['GID_abc', 'GID-abc', 'GID_ab', 'gid_abc', `GID_${'x'.repeat(61)}`].map(isGroupId), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('the device ID in a client ID', () => {
  it('is what stands behind the group ID of the group', () => {
    assert.equal(deviceIdOf('GID_a@@@1', 'GID_a'), '1');
    assert.equal(deviceIdOf('GID_a@@@1', 'GID_b'), 'GID_a@@@1');
    assert.equal(deviceIdOf('GID_a@@@', 'GID_a'), 'GID_a@@@');
    assert.equal(deviceIdOf('GID_a@@@1', undefined), 'GID_a@@@1');
  });

  it('is what stands behind any group ID, where there is one', () => {
    const ids = ['GID_pump@@@1', 'pump@@@1', '1', '@@@1', 'GID_pump@1', 'GID_pump@@@a@@@b'];
    assert.deepEqual(ids.map(shortIdOf), ['1', 'pump@@@1', '1', '@@@1', 'GID_pump@1', 'a@@@b']);
  });
});
