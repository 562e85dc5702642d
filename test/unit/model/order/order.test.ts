import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commonStart, compareNames } from '../../../../src/model/order/compareNames';
import { firstInOrder } from '../../../../src/model/order/firstInOrder';

describe('names in order', () => {
  const sorted = (...names: string[]): string[] => names.sort((a, b) => compareNames(a, b));

  it('go by the value of their numbers, and by letters whatever their case', () => {
    assert.deepEqual(sorted('dev-10', 'Dev-2', 'dev-1', 'a', 'dev-1a'), ['a', 'dev-1', 'dev-1a', 'Dev-2', 'dev-10']);
    assert.deepEqual(sorted('p007', 'p7', 'p08'), ['p007', 'p7', 'p08']);
    assert.deepEqual(sorted('v99999999999999999999', 'v100000000000000000000', 'v9'), [
      ...['v9', 'v99999999999999999999', 'v100000000000000000000'],
    ]);
  });

  it('have one order, whichever two are compared first', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '0', '1', '9', '-', '泵'), maxLength: 5 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        assert.equal(Math.sign(compareNames(a, b)), -Math.sign(compareNames(b, a)) || 0);
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0) assert.ok(compareNames(a, c) <= 0);
        assert.equal(compareNames(a, b) === 0, a === b);
      }),
    );
  });

  it('may be compared from where they differ, with whole numbers', () => {
    assert.equal(commonStart(['GID@@@dev-1', 'GID@@@dev-12']), 'GID@@@dev-'.length);
    assert.equal(commonStart([]), 0);
    const names = fc.array(fc.string({ unit: fc.constantFrom('a', '1', '0'), maxLength: 4 }), { minLength: 2 });
    fc.assert(
      fc.property(names, (all) => {
        const from = commonStart(all);
        const [a = '', b = ''] = all;
        assert.equal(Math.sign(compareNames(a, b, from)), Math.sign(compareNames(a, b)));
      }),
    );
  });
});

describe('the first of a long list', () => {
  const byValue = (a: { value: number }, b: { value: number }): number => a.value - b.value;

  it('are those that sorting all of it would give, equal ones as they stood', () => {
    const shape = fc.constantFrom('rising', 'falling', 'equal', 'mostlyEqual', 'mixed', 'late');
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 9000 }), fc.nat(700), fc.integer(), (kind, length, most, seed) => {
        const items = Array.from({ length }, (_, at) => ({ at, value: valueAt(kind, at, length, seed) }));
        assert.deepEqual(firstInOrder(items, most, byValue), [...items].sort(byValue).slice(0, most));
      }),
      { numRuns: 60 },
    );
  });

  it('cost little more than a comparison each', () => {
    for (const kind of ['rising', 'falling', 'equal', 'mostlyEqual', 'mixed']) {
      let count = 0;
      const items = Array.from({ length: 100_000 }, (_, at) => ({ at, value: valueAt(kind, at, 100_000, 7) }));
      firstInOrder(items, 500, (a, b) => (count++, byValue(a, b)));
      assert.ok(count < 250_000, `${kind}: ${count}`);
    }
  });
});

function valueAt(kind: string, at: number, length: number, seed: number): number {
  switch (kind) {
    case 'rising':
      return at;
    case 'falling':
      return -at;
    case 'equal':
      return 0;
    case 'mostlyEqual':
      return at % 50 === 0 ? -at : 0;
    case 'late':
      return at > length - 600 ? -at : at;
    default:
      return Math.abs(Math.imul(at + 1, 2_654_435_761) ^ seed) % 1000;
  }
}
