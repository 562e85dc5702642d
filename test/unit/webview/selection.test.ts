import assert from 'node:assert/strict';
import { movedOf } from '../../../src/webview/results/keys';
import {
  chooseAll,
  chooseOne,
  chooseTo,
  NOTHING_CHOSEN,
  type Selection,
  toggle,
  within,
} from '../../../src/webview/results/selection';

const ORDER = [5, 3, 8, 1];
const chosen = ({ chosen: keys }: Selection): number[] => [...keys];

describe('the rows chosen', () => {
  it('are one, one more, one less, a stretch or all', () => {
    const one = chooseOne(3);
    assert.deepEqual(chosen(toggle(one, 1)), [3, 1]);
    assert.deepEqual(chosen(toggle(one, 3)), []);
    assert.deepEqual(chosen(chooseTo(one, 1, ORDER)), [3, 8, 1]);
    assert.deepEqual(chosen(chooseTo(chooseTo(one, 1, ORDER), 5, ORDER)), [5, 3]);
    assert.deepEqual(chosen(chooseAll(NOTHING_CHOSEN, ORDER)), ORDER);
  });

  it('are moved from by keys, and stay within the table', () => {
    const moved = (key: string, from: number | undefined) => movedOf(key, { ...NOTHING_CHOSEN, active: from }, ORDER);
    assert.deepEqual(
      [moved('ArrowDown', undefined), moved('ArrowDown', 5), moved('ArrowDown', 1), moved('ArrowUp', 5)],
      [5, 3, 1, 5],
    );
    assert.deepEqual([moved('End', 5), moved('Home', 1), moved('PageDown', 5), moved('PageUp', 1)], [1, 5, 1, 5]);
    assert.equal(moved('x', 5), undefined);
    assert.equal(movedOf('ArrowDown', NOTHING_CHOSEN, []), undefined);
  });

  it('stay chosen when rows move, and are not when they are filtered out', () => {
    const selection = chooseTo(chooseOne(5), 8, ORDER);
    assert.deepEqual(within(selection, [1, 8, 5]), { active: 8, anchor: 5, chosen: new Set([5, 8]) });
    assert.deepEqual(within(selection, [1]), NOTHING_CHOSEN);
  });
});
