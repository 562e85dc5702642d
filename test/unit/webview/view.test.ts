import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer, ResultRow } from '../../../src/model/results/resultRow';
import {
  type Column,
  COLUMNS,
  countStates,
  readView,
  rowsOfView,
  sortedBy,
  WHOLE_VIEW,
  withState,
} from '../../../src/webview/results/view';

const row = (key: number, clientId: string, more: Partial<ResultRow> = {}): ResultRow => ({
  key,
  clientId,
  instance: 'Plant',
  instanceId: 'mqtt-cn-1',
  isChecking: false,
  ...more,
});
const answer = (status: Answer['status'], checkedAt: number, isVerified = false): Pick<ResultRow, 'answer'> => ({
  answer: { status, checkedAt, isVerified },
});
const ROWS = [
  row(0, 'dev-10', answer('offline', 3000)),
  row(1, 'dev-2', { ...answer('online', 1000), failure: { text: 'No key', at: 5000 } }),
  row(2, 'Dev-1', answer('online', 4000, true)),
  row(3, 'dev-3', { instance: 'Yard' }),
];
const keys = (rows: readonly ResultRow[]): number[] => rows.map(({ key }) => key);
const sorted = (column: Column, isDescending = false): number[] =>
  keys(rowsOfView(ROWS, { ...WHOLE_VIEW, sort: { column, isDescending } }, 'en'));

describe('the rows of a table', () => {
  it('stand in the order of the check until they are sorted', () => {
    assert.deepEqual(keys(rowsOfView(ROWS, WHOLE_VIEW, 'en')), [0, 1, 2, 3]);
  });

  it('are sorted by any column: numbers by value, states in order, the newest answer first', () => {
    assert.deepEqual(sorted('clientId'), [2, 1, 3, 0]);
    assert.deepEqual(sorted('instance'), [0, 1, 2, 3]);
    assert.deepEqual(sorted('status'), [2, 0, 1, 3]);
    assert.deepEqual(sorted('checked'), [1, 2, 0, 3]);
    assert.deepEqual(sorted('source'), [2, 0, 1, 3]);
    assert.deepEqual(sorted('error'), [1, 0, 2, 3]);
    assert.deepEqual(sorted('clientId', true), [0, 3, 1, 2]);
  });

  it('are the same rows whatever the sort, none lost and none twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.constantFrom(...COLUMNS), fc.boolean(), (ids, column, isDescending) => {
        const rows = ids.map((id, key) => row(key, id));
        const view = { ...WHOLE_VIEW, sort: { column, isDescending } };
        assert.deepEqual(
          keys(rowsOfView(rows, view, 'en')).sort((a, b) => a - b),
          keys(rows),
        );
      }),
    );
  });

  it('are filtered by states and by a part of an ID, an instance or an error', () => {
    const shown = (view: object): number[] => keys(rowsOfView(ROWS, { ...WHOLE_VIEW, ...view }, 'en'));
    assert.deepEqual(shown({ text: ' DEV-1' }), [0, 2]);
    assert.deepEqual(shown({ text: 'yard' }), [3]);
    assert.deepEqual(shown({ text: 'no key' }), [1]);
    assert.deepEqual(shown({ states: ['online', 'notChecked'] }), [2, 3]);
    assert.deepEqual(shown({ states: ['failed'], text: 'dev-10' }), []);
  });

  it('are counted by state: a failed check is neither online nor offline', () => {
    assert.deepEqual(countStates(ROWS), { online: 1, offline: 1, unknown: 0, failed: 1, notChecked: 1 });
  });

  it('are sorted up, down and not at all by three presses on a header', () => {
    const once = sortedBy(WHOLE_VIEW, 'status');
    const twice = sortedBy(once, 'status');
    assert.deepEqual(
      [once.sort, twice.sort, sortedBy(twice, 'status').sort],
      [{ column: 'status', isDescending: false }, { column: 'status', isDescending: true }, undefined],
    );
  });

  it('are shown again as they were, and all of them where nothing sensible was kept', () => {
    const view = withState(sortedBy({ ...WHOLE_VIEW, text: 'x' }, 'error'), 'offline');
    assert.deepEqual(readView(JSON.parse(JSON.stringify(view))), view);
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        assert.doesNotThrow(() => rowsOfView(ROWS, readView(kept), 'en'));
      }),
    );
    assert.deepEqual(readView({ text: 1, states: ['gone'], sort: { column: 'gone' } }), WHOLE_VIEW);
  });
});
