import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ClientIdSearch } from '../../../../src/model/clientIds/clientIdSearch';

const find = (ids: readonly string[], text: string, most = 10) => new ClientIdSearch(ids).find(text, most);

describe('a search among saved client IDs', () => {
  const ids = ['GID_a@@@pump-1', 'GID_a@@@valve-1', 'GID_b@@@Pump-10'];

  it('finds those that have every word, in any case', () => {
    assert.deepEqual(find(ids, 'PUMP gid_b'), { found: ['GID_b@@@Pump-10'], total: 1, isLoose: false });
    assert.deepEqual(find(ids, '').total, 3);
    assert.deepEqual(find(ids, 'nothing'), { found: [], total: 0, isLoose: true });
  });

  it('finds those that have the letters of a word with gaps, the fewest first, where none holds it', () => {
    assert.deepEqual(find(['GID_a@@@p-u-m-p', 'GID_a@@@valve', 'GID_a@@@pu-mp'], 'pump').found, [
      'GID_a@@@pu-mp',
      'GID_a@@@p-u-m-p',
    ]);
  });

  it('finds a client by its alias too, and by words of both', () => {
    const aliasOf = (id: string) => (id === 'GID_a@@@valve-1' ? 'Main Inlet' : undefined);
    const byAlias = (text: string) => new ClientIdSearch(ids, aliasOf).find(text, 10).found;
    assert.deepEqual(byAlias('inlet'), ['GID_a@@@valve-1']);
    assert.deepEqual(byAlias('main valve'), ['GID_a@@@valve-1']);
    assert.deepEqual(byAlias('main pump'), []);
  });

  it('puts first what the text is, begins, ends, and is held by', () => {
    const { found, total } = find(['a-1-0', 'y-101', 'x-10', '10-x', '10'], '10');
    assert.deepEqual([found, total], [['10', '10-x', 'x-10', 'y-101'], 4]);
  });

  it('says how many there are beyond those it gives', () => {
    const fleet = Array.from({ length: 48_210 }, (_, at) => `device-${at}`);
    const { found, total } = find(fleet, 'device', 100);
    assert.deepEqual([found.length, total], [100, 48_210]);
  });

  it('finds the same typed letter by letter, deleted and pasted at once', () => {
    const letters = fc.constantFrom('a', 'B', '-', '1', ' ', '@');
    const texts = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 30 }), fc.array(texts, { maxLength: 8 }), (fleet, typed) => {
        const search = new ClientIdSearch(fleet);
        for (const text of typed)
          for (let end = 0; end <= text.length; end++)
            assert.deepEqual(search.find(text.slice(0, end), 5), find(fleet, text.slice(0, end), 5));
      }),
    );
  });

  it('finds every ID by its own letters left out here and there, and nothing that lacks one', () => {
    const id = fc.stringMatching(/^[a-c@-]{1,12}$/);
    fc.assert(
      fc.property(id, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (clientId, keeps) => {
        const text = Array.from(clientId)
          .filter((_, at) => keeps[at])
          .join('');
        assert.equal(find([clientId], text).total, 1);
        assert.equal(find([clientId], `${text}z`).total, 0);
      }),
    );
  });
});
