import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { guardedCell } from '../../../../src/model/csv';
import { EXPORT_COLUMNS, exportedResult, exportResults } from '../../../../src/model/results/exportResults';
import { parseClientIds } from '../../../../src/model/clientIds/parseClientIds';
import type { ResultRow } from '../../../../src/model/results/resultRow';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const PLACE = { instance: 'Plant', instanceId: 'mqtt-cn-1', isChecking: false };
const ONLINE: ResultRow = {
  ...PLACE,
  key: 0,
  clientId: 'GID_a@@@1',
  answer: { status: 'online', isVerified: true, checkedAt: NOW - 90_000 },
};
const FAILED: ResultRow = { ...ONLINE, key: 1, clientId: 'GID_a@@@2', failure: { text: 'No key, enter it.', at: NOW } };
const NEVER: ResultRow = { ...PLACE, key: 2, clientId: 'GID_a@@@3' };

const awkward = fc.oneof(
  fc.string(),
  fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=x', '＝1', 'a|b', '`a`', 'a\r\nb', '=a\nb', '"', 'a,b', '<b>', '\\|'),
);
const rowArb: fc.Arbitrary<ResultRow> = fc.record(
  {
    key: fc.nat(),
    clientId: awkward,
    instance: awkward,
    instanceId: awkward,
    isChecking: fc.boolean(),
    answer: fc.record({
      status: fc.constantFrom('online' as const, 'offline' as const, 'unknown' as const),
      isVerified: fc.boolean(),
      checkedAt: fc.integer({ min: 0, max: NOW }),
    }),
    failure: fc.record({ text: awkward, at: fc.integer({ min: 0, max: NOW }) }),
  },
  { requiredKeys: ['key', 'clientId', 'instance', 'instanceId', 'isChecking'] },
);

describe('exported results', () => {
  it('say of each client its status, how and when it was learnt, and no status where the check failed', () => {
    assert.deepEqual(
      [ONLINE, FAILED, NEVER].map((row) => exportedResult(row, NOW)),
      [
        {
          clientId: 'GID_a@@@1',
          instance: 'Plant',
          instanceId: 'mqtt-cn-1',
          status: 'online',
          verified: true,
          checkedAt: '2026-11-24T11:58:30.000Z',
          ageSeconds: 90,
        },
        {
          clientId: 'GID_a@@@2',
          instance: 'Plant',
          instanceId: 'mqtt-cn-1',
          status: 'failed',
          checkedAt: '2026-11-24T12:00:00.000Z',
          ageSeconds: 0,
          error: 'No key, enter it.',
        },
        { clientId: 'GID_a@@@3', instance: 'Plant', instanceId: 'mqtt-cn-1', status: 'notChecked' },
      ],
    );
  });

  it('come back from CSV as they were, but for the apostrophe that keeps a spreadsheet from running them', () => {
    fc.assert(
      fc.property(fc.array(rowArb), (rows) => {
        const { data, errors } = Papa.parse<string[]>(exportResults(rows, 'csv', NOW), { skipEmptyLines: true });
        assert.deepEqual(errors, []);
        const written = rows.map((row) => exportedResult(row, NOW));
        assert.deepEqual(data, [
          [...EXPORT_COLUMNS],
          ...written.map((result) => EXPORT_COLUMNS.map((column) => guardedCell(String(result[column] ?? '')))),
        ]);
      }),
    );
  });

  it('have no cell that is a formula', () => {
    fc.assert(
      fc.property(fc.array(rowArb), (rows) => {
        const { data } = Papa.parse<string[]>(exportResults(rows, 'csv', NOW));
        assert.equal(
          data.flat().some((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell)),
          false,
        );
      }),
    );
  });

  it('come back from JSON as they were', () => {
    fc.assert(
      fc.property(fc.array(rowArb), (rows) => {
        assert.deepEqual(
          JSON.parse(exportResults(rows, 'json', NOW)),
          rows.map((row) => exportedResult(row, NOW)),
        );
      }),
    );
  });

  it('are one line each in Markdown, with as many cells as columns, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(rowArb), (rows) => {
        const lines = exportResults(rows, 'markdown', NOW).split('\n').slice(0, -1);
        assert.equal(lines.length, rows.length + 2);
        for (const line of lines)
          assert.equal(line.replaceAll('\\|', '').split('|').length - 2, EXPORT_COLUMNS.length, line);
      }),
    );
  });

  it('mention nobody in Markdown: an ID is code, whatever backticks it has', () => {
    const rows = ['GID_a@@@1', 'a`@x', '`@x`'].map((clientId) => ({ ...NEVER, clientId }));
    const cells = exportResults(rows, 'markdown', NOW).split('\n').slice(2, 5);
    assert.deepEqual(
      cells.map((line) => line.split(' | ')[0]),
      ['| `GID_a@@@1`', '| `` a`@x ``', '| `` `@x` ``'],
    );
  });

  it('can be pasted where client IDs are taken, in every format but Markdown', () => {
    for (const format of ['text', 'csv', 'json'] as const) {
      const { accepted } = parseClientIds(exportResults([ONLINE, FAILED, NEVER], format, NOW));
      assert.deepEqual(accepted, ['GID_a@@@1', 'GID_a@@@2', 'GID_a@@@3'], format);
    }
  });
});
