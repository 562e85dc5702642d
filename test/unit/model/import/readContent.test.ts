import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { exportInventory } from '../../../../src/model/inventory/exportInventory';
import { type Content, MOST_IMPORTED, readContent } from '../../../../src/model/import/readContent';
import { ReadFile } from '../../../../src/model/import/readFile';
import { likelyColumn } from '../../../../src/model/import/table';
import { exportResults } from '../../../../src/model/results/exportResults';

const table = (text: string, name = 'a.csv') => {
  const content = readContent(text, name);
  return content.kind === 'table' ? content.table : assert.fail(content.kind);
};
/** The column that is preselected: its name and its cells. */
const likely = (text: string, name?: string) => {
  const found = table(text, name);
  const column = found.columns[likelyColumn(found) ?? -1];
  return [column?.name, ...(column?.cells ?? [])];
};
const list = (text: string, name = 'a.txt') => {
  const content = readContent(text, name);
  return content.kind === 'list' ? content.texts : assert.fail(content.kind);
};
const IDS = ['GID_aaa@@@1', 'GID_aaa@@@2'];

describe('a file to import', () => {
  it('may be a CSV with commas, semicolons or tabs, quotes and a byte order mark', () => {
    for (const text of [
      '\uFEFFplace,Client ID\n"hall, left",GID_aaa@@@1\n"say ""yard""\n2",GID_aaa@@@2\n',
      'place;client_id\r\nhall;GID_aaa@@@1\r\n;GID_aaa@@@2\r\n',
      'place\tclientId\nhall\tGID_aaa@@@1\nyard\tGID_aaa@@@2',
    ])
      assert.deepEqual(likely(text).slice(1), IDS, text);
  });

  it('has the column preselected that reads like client IDs, with a header and without', () => {
    assert.deepEqual(likely('serial,device\n1,GID_aaa@@@1\n2,GID_aaa@@@2'), ['device', ...IDS]);
    assert.deepEqual(likely('1,GID_aaa@@@1\n2,GID_aaa@@@2'), [undefined, ...IDS]);
    assert.deepEqual(likely('编号,设备\n1,pump-1\n2,pump-2'), ['设备', 'pump-1', 'pump-2']);
    assert.equal(likelyColumn(table('width,height\n1,2\n3,4')), undefined);
  });

  it('is a table by its name, or where it is plainly one', () => {
    assert.deepEqual(likely('name,clientId\npump,GID_aaa@@@1\nvalve,GID_aaa@@@2', 'a.txt'), ['clientId', ...IDS]);
    assert.deepEqual(likely('pump,GID_aaa@@@1\nvalve,GID_aaa@@@2', 'a.txt'), [undefined, ...IDS]);
    assert.deepEqual(likely('device-id\npump-1\npump-2', 'a.csv'), ['device-id', 'pump-1', 'pump-2']);
  });

  it('may be JSON: an array of IDs or of objects, also inside of an answer, and what this extension exported', () => {
    assert.deepEqual(list(JSON.stringify(IDS)), IDS);
    const objects = IDS.map((clientId, at) => ({ at, tags: ['x'], clientId }));
    for (const value of [objects, { total: 2, data: objects }])
      assert.deepEqual(likely(JSON.stringify(value), 'a.json'), ['clientId', ...IDS]);
    const rows = IDS.map((clientId, key) => ({ key, clientId, instance: 'P', instanceId: 'p', isChecking: false }));
    for (const format of ['json', 'csv'] as const)
      assert.deepEqual(likely(exportResults(rows, format, 0)), ['clientId', ...IDS]);
  });

  it('may be an exported inventory, as JSON or as CSV', () => {
    const inventory = {
      instances: [
        { name: 'P', instanceId: 'p', regionId: 'r', credential: 'c', groups: [{ name: 'G', clientIds: IDS }] },
      ],
    };
    assert.deepEqual(readContent(exportInventory(inventory, 'json'), 'a.json'), { kind: 'inventory', inventory });
    assert.deepEqual(likely(exportInventory(inventory, 'csv')), ['clientId', ...IDS]);
  });

  it('may be a list of lines or words', () => {
    assert.deepEqual(list('GID_aaa@@@1\r\nGID_aaa@@@2\r\n\r\n'), IDS);
    assert.deepEqual(list('"GID_aaa@@@1", "GID_aaa@@@2",\npump'), [...IDS, 'pump']);
  });

  it('is a text to look through where it is none of these', () => {
    for (const text of [
      '12:00 INFO, session of GID_aaa@@@1 up\n12:01 INFO, session of GID_aaa@@@2 up',
      '{ "broker": "x", "clientId": "GID_aaa@@@1" }',
      '[1, [2]]',
      '[{"clientId": "GID_aaa@@@1"',
      'const id = "GID_aaa@@@1";',
    ])
      assert.deepEqual(readContent(text, 'a.log'), { kind: 'text' }, text);
  });

  it('is refused when it is empty, binary or longer than is imported at once', () => {
    const refused = (why: string): unknown => ({ kind: 'refused', why });
    assert.deepEqual(readContent(' \n', 'a.csv'), refused('empty'));
    for (const text of ['[]', '{ "instances": [] }']) assert.deepEqual(readContent(text, 'a.json'), refused('empty'));
    assert.deepEqual(ReadFile.of(Buffer.from('GID_aaa@@@1\0'), 'a.csv').overview, refused('binary'));
    const rows = (count: number): string[] => Array.from({ length: count }, (_, at) => `"GID_aaa@@@${at}",x`);
    const start = performance.now();
    assert.deepEqual(readContent(`clientId,name\n${rows(1_000_000).join('\n')}`, 'a.csv'), refused('tooMany'));
    assert.ok(performance.now() - start < 10_000);
    assert.equal(table(`clientId,name\n${rows(MOST_IMPORTED).join('\n')}\n`).rowCount, MOST_IMPORTED);
    const many = Array.from({ length: MOST_IMPORTED + 1 }, (_, at) => `d${at}`);
    for (const text of [many.join('\n'), JSON.stringify(many), JSON.stringify(many.map((id) => ({ id })))])
      assert.deepEqual(readContent(text, 'a.txt'), refused('tooMany'));
  });

  it('gives back what a spreadsheet was kept from running', () => {
    const ids = ['=cmd', '@x', '-1', "it's"];
    const inventory = {
      instances: [
        { name: 'P', instanceId: 'p', regionId: 'r', credential: 'c', groups: [{ name: '=G', clientIds: ids }] },
      ],
    };
    assert.deepEqual(likely(exportInventory(inventory, 'csv')), ['clientId', ...ids]);
  });

  it('loses no cell of a CSV, whatever it holds', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', ';', '设', '1'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.stringMatching(/^[a-z0-9]{1,8}$/)), { minLength: 1 }), (rows) => {
        const text = Papa.unparse([['note', 'clientId'], ...rows], { newline: '\r\n' });
        assert.deepEqual(
          table(text).columns.map(({ cells }) => cells),
          [rows.map(([note]) => note), rows.map(([, id]) => id)],
        );
      }),
    );
  });

  it('never fails, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.constantFrom('a.csv', 'a.json', 'a'),
        (text, name) => {
          const content: Content = readContent(text, name);
          assert.ok(content.kind.length > 0);
        },
      ),
    );
  });
});
