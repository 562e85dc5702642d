import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseClientIds } from '../../../../src/model/clientIds/parseClientIds';

const accepted = (text: string): readonly string[] => parseClientIds(text).accepted;

describe('a paste of client IDs', () => {
  const shapes: [string, string][] = [
    ['lines', 'GID_a@@@1\r\nGID_a@@@2\n'],
    ['commas', 'GID_a@@@1, GID_a@@@2'],
    ['a JSON array', '["GID_a@@@1", "GID_a@@@2"]'],
    ['JSON objects', '[{"clientId":"GID_a@@@1"},{"ClientId":"GID_a@@@2"}]'],
    ['a piece of JSON', '"GID_a@@@1",\n"GID_a@@@2",'],
    ['a CSV column', 'name,Client ID,place\npump,GID_a@@@1,hall\n"valve, big",GID_a@@@2,yard'],
    ['a column copied from a sheet', '\uFEFFclientId\tname\nGID_a@@@1\tpump\nGID_a@@@2\tvalve'],
  ];
  for (const [shape, text] of shapes) {
    it(`may be ${shape}`, () => assert.deepEqual(accepted(text), ['GID_a@@@1', 'GID_a@@@2']));
  }

  it('tells what it dropped, completed and refused, and why', () => {
    const text = ['1', '1', '2', 'GID_test@3', 'x'.repeat(65), '设备'].join('\n');
    assert.deepEqual(parseClientIds(text, { groupId: 'GID_abc', known: new Set(['GID_abc@@@2']) }), {
      accepted: ['GID_abc@@@1', 'GID_test@3'],
      refused: [
        { text: 'x'.repeat(65), problem: 'tooLong' },
        { text: '设备', problem: 'notPrintableAscii' },
      ],
      duplicates: 1,
      alreadyKnown: 1,
      completed: 1,
      oddSeparators: ['GID_test@3'],
    });
  });

  it('of nothing is nothing', () => assert.deepEqual(accepted(' \n '), []));

  it('loses no ID, whatever hundreds are pasted as lines', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_@-]{1,64}$/), { maxLength: 300 }), (ids) => {
        fc.pre(!/^(mqtt[ _-]?)?client[ _-]?ids?$/i.test(ids[0] ?? ''));
        assert.deepEqual(accepted(ids.join('\n')), ids);
      }),
    );
  });
});
