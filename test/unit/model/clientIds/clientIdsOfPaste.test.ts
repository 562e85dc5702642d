import assert from 'node:assert/strict';
import { clientIdsOfPaste } from '../../../../src/model/clientIds/clientIdsOfPaste';

describe('a paste of nothing but client IDs', () => {
  const lists: [string, string][] = [
    ['lines', 'GID_a@@@1\r\nplain-2\n'],
    ['commas', 'GID_a@@@1, plain-2'],
    ['a JSON array', '["GID_a@@@1", "plain-2"]'],
    ['objects that name them', '[{"clientId":"GID_a@@@1","place":"hall"},{"clientId":"plain-2"}]'],
    ['a CSV with a column of them', 'name,Client ID\n"the pump, big",GID_a@@@1\nvalve,plain-2'],
  ];
  for (const [shape, text] of lists)
    it(`may be ${shape}`, () => assert.deepEqual(clientIdsOfPaste(text)?.accepted, ['GID_a@@@1', 'plain-2']));

  const texts = [
    '',
    'the pump GID_a@@@1 went offline',
    '{\n  "clientId": "GID_a@@@1"\n}',
    '[\n',
    '[{"time": 1, "message": "GID_a@@@1 connected"}]',
    'if (x) {\n}\n',
    '12:00 connect GID_a@@@1, 12:01 disconnect GID_a@@@1',
  ];
  for (const text of texts)
    it(`is not ${JSON.stringify(text)}: its words are no IDs`, () => assert.equal(clientIdsOfPaste(text), undefined));

  it('may hold texts that no client ID reads like, which are told of', () => {
    assert.deepEqual(clientIdsOfPaste(`a\n${'x'.repeat(65)}`)?.refused, [{ text: 'x'.repeat(65), problem: 'tooLong' }]);
  });
});
