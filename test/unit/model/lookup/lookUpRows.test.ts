import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Instance } from '../../../../src/model/inventory/inventory';
import { keyOfRow, type LookUpRow, lookUpRows } from '../../../../src/model/lookup/lookUpRows';
import { withRecent } from '../../../../src/model/lookup/recentClients';
import { SavedClients } from '../../../../src/model/lookup/savedClients';

const instance = (...groups: Instance['groups']): Instance => ({
  name: 'A',
  instanceId: 'mqtt-a',
  credential: 'c',
  groups,
});
const PLANT = instance(
  { name: 'Pumps', groupId: 'GID_pump', clientIds: ['GID_pump@@@p-1', 'GID_pump@@@p-10', 'plain'] },
  { name: 'Both', clientIds: ['GID_pump@@@p-1', 'GID_valve@@@v-1'] },
  { name: 'Empty', groupId: 'GID_future', clientIds: [] },
);

/** A row in short: its kind and what it is about. */
function brief(row: LookUpRow): string {
  switch (row.kind) {
    case 'client':
      return row.clientId;
    case 'lookUp':
      return `look up ${row.clientId}`;
    case 'lookUpMany':
      return `look up ${row.parsed.accepted.length} of ${row.from}, refused ${row.parsed.refused.length}`;
    case 'refused':
      return `refused ${row.parsed.refused.length}`;
    case 'tooMany':
      return `too many: ${row.count}`;
    case 'group':
      return `${row.groupId}@@@… ${row.clients}`;
    case 'more':
      return `${row.shown} of ${row.total} ${row.of}`;
    case 'heading':
      return `# ${row.of}`;
    case 'clearRecent':
      return 'clear';
  }
}
const rowsOf = (text: string, recent: string[] = [], saved: Instance = PLANT): string[] =>
  lookUpRows(text, { saved: new SavedClients(saved), recent }).map(brief);

describe('the rows of a look-up', () => {
  it('are the recent look-ups, then the saved clients, each once', () => {
    assert.deepEqual(rowsOf('', ['GID_new@@@1', 'plain']), [
      '# recent',
      'GID_new@@@1',
      'plain',
      'clear',
      '# saved',
      'GID_pump@@@p-1',
      'GID_pump@@@p-10',
      'GID_valve@@@v-1',
    ]);
    assert.deepEqual(rowsOf('', [], instance()), []);
  });

  it('say how many saved clients are not shown', () => {
    const fleet = instance({
      name: 'F',
      clientIds: Array.from({ length: 1234 }, (_, at) => `GID_fleet@@@d-${at}`),
    });
    assert.deepEqual(rowsOf('', [], fleet).at(-1), '50 of 1234 clients');
    assert.deepEqual(rowsOf('', ['GID_fleet@@@d-0'], fleet).at(-1), '50 of 1233 clients');
    assert.deepEqual(rowsOf('d-1', [], fleet).at(-1), '50 of 345 clients');
  });

  it('complete a group ID, with or without its GID_, then its devices', () => {
    assert.deepEqual(rowsOf('GID_pu'), ['GID_pump@@@… 2', 'GID_pump@@@p-1', 'GID_pump@@@p-10', 'look up GID_pu']);
    assert.deepEqual(rowsOf('futu'), ['GID_future@@@… 0', 'look up futu']);
    assert.deepEqual(rowsOf('GID_pump@@@'), ['GID_pump@@@p-1', 'GID_pump@@@p-10']);
  });

  it('say how many group IDs are not shown', () => {
    const groups = Array.from({ length: 12 }, (_, at) => ({ name: `${at}`, groupId: `GID_group${at}`, clientIds: [] }));
    assert.ok(rowsOf('GID', [], instance(...groups)).includes('10 of 12 groups'));
  });

  it('offer to look up an ID that is not saved: first where it is whole, else after what it may search for', () => {
    assert.deepEqual(rowsOf('GID_pump@@@p-2'), ['look up GID_pump@@@p-2']);
    assert.deepEqual(rowsOf('GID_valve@@@v'), ['look up GID_valve@@@v', 'GID_valve@@@v-1']);
    assert.deepEqual(rowsOf('v-1'), ['GID_valve@@@v-1', 'look up v-1']);
    assert.deepEqual(rowsOf('GID_pump@@@p-1'), ['GID_pump@@@p-1', 'GID_pump@@@p-10']);
  });

  it('take an ID that was looked up before as known', () => {
    assert.deepEqual(rowsOf('GID_new@@@1', ['GID_new@@@1']), ['GID_new@@@1']);
    assert.deepEqual(rowsOf('new', ['GID_new@@@1']), ['GID_new@@@1', 'look up new']);
  });

  it('have the letters of the text alone only where no row holds it, saved or recent', () => {
    assert.deepEqual(rowsOf('vv', ['GID_van@@@v']), ['GID_van@@@v', 'GID_valve@@@v-1', 'look up vv']);
    assert.deepEqual(rowsOf('va', ['GID_x@@@v-a']), ['GID_valve@@@… 1', 'GID_valve@@@v-1', 'look up va']);
    assert.deepEqual(rowsOf('a@@@v', ['GID_visa@@@v']), ['GID_visa@@@v', 'look up a@@@v']);
  });

  it('offer to look up all of a list, after what its words may search for', () => {
    assert.deepEqual(rowsOf('GID_a@@@1 GID_b@@@2'), ['look up 2 of list, refused 0']);
    assert.deepEqual(rowsOf('valve 1'), ['GID_valve@@@v-1', 'look up 2 of list, refused 0']);
  });

  it('find client IDs in a text of other words, and offer both', () => {
    assert.deepEqual(rowsOf('12:03 client GID_pump@@@p-1 gone'), ['GID_pump@@@p-1', 'look up 4 of list, refused 0']);
    assert.deepEqual(rowsOf('http://a/?id=GID_abc@@@1'), ['look up GID_abc@@@1', 'look up http://a/?id=GID_abc@@@1']);
    assert.deepEqual(rowsOf('http://a/?id=GID_abc%40%40%401')[0], 'look up GID_abc@@@1');
  });

  it('keep their keys while a client is looked up for the first time, and no two have the same', () => {
    const ofOffer = lookUpRows('new', { saved: new SavedClients(PLANT), recent: [] }).at(-1);
    assert.equal(ofOffer && keyOfRow(ofOffer), keyOfRow({ kind: 'client', clientId: 'new' }));
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (text, others) => {
        const recent = [...new Set([...others, 'plain'])];
        const keys = lookUpRows(text, { saved: new SavedClients(PLANT), recent }).map(keyOfRow);
        assert.deepEqual(keys, [...new Set(keys)]);
      }),
    );
  });

  it('hold a saved client first that is typed whole, in whatever inventory', () => {
    const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/).filter((word) => !/^client[_-]?ids?$/i.test(word));
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 80 }), fc.nat(), (ids, at) => {
        const clientId = ids[at % ids.length] ?? '';
        const rows = rowsOf(clientId, [], instance({ name: 'G', clientIds: ids }));
        assert.equal(rows[0], clientId);
      }),
    );
  });
});

describe('a paste into the look-up', () => {
  const pumps = Array.from({ length: 300 }, (_, at) => `GID_paste@@@p-${at}`);
  const shapes: [string, string][] = [
    ['lines, as VS Code makes blanks of them', pumps.join(' ')],
    ['commas', pumps.join(',')],
    ['quotes and commas', pumps.map((id) => `"${id}"`).join(', ')],
    ['a JSON array', JSON.stringify(pumps)],
    ['a CSV whose lines became one', `clientId,name ${pumps.map((id) => `${id},pump`).join(' ')}`],
  ];
  for (const [shape, text] of shapes)
    it(`is offered as 300 client IDs, for ${shape}`, () => {
      assert.match(rowsOf(text)[0] ?? '', /^look up 300 of (list|text), refused 0$/);
    });

  it('says what was refused', () => {
    assert.deepEqual(rowsOf(`${pumps.join(' ')} 设备 ${'x'.repeat(65)}`), ['look up 300 of list, refused 2']);
    assert.deepEqual(rowsOf('设备'), ['refused 1']);
  });

  it('is too much from 10,001 on', () => {
    const many = Array.from({ length: 10_001 }, (_, at) => `d-${at}`).join(' ');
    assert.deepEqual(rowsOf(many), ['too many: 10001']);
  });
});

describe('saved clients of a look-up', () => {
  it('know their groups, and which group IDs there are', () => {
    const saved = new SavedClients(PLANT);
    assert.deepEqual(saved.groupsOf('GID_pump@@@p-1'), ['Pumps', 'Both']);
    assert.deepEqual(saved.groupsOf('other'), []);
    assert.deepEqual(saved.groupIdsLike('gid'), ['GID_pump', 'GID_valve', 'GID_future']);
  });
});

describe('recent look-ups', () => {
  it('are newest first, each once, at most 20', () => {
    const ids = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ clientId: String(from + at) }));
    const recent = withRecent(ids(0, 20), [{ clientId: '5' }, { clientId: 'new' }]);
    assert.deepEqual(recent.map(({ clientId }) => clientId).slice(0, 4), ['5', 'new', '0', '1']);
    assert.equal(recent.length, 20);
  });
});
