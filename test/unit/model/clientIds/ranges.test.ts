import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expandRanges, mentionsRange, MOST_OF_RANGES } from '../../../../src/model/clientIds/ranges';

const ids = (text: string): readonly string[] => {
  const expanded = expandRanges(text);
  return expanded.kind === 'ids' ? expanded.texts : assert.fail(JSON.stringify(expanded));
};
const problem = (text: string) => {
  const expanded = expandRanges(text);
  return expanded.kind === 'wrong' ? expanded.problem : assert.fail(expanded.texts.join());
};

describe('a range of client IDs', () => {
  it('counts up, with the zeros that were written', () => {
    assert.deepEqual(
      ids('GID_x@@@dev-{08..11}'),
      ['08', '09', '10', '11'].map((at) => `GID_x@@@dev-${at}`),
    );
    assert.deepEqual(ids('{8..11}'), ['8', '9', '10', '11']);
    assert.deepEqual(ids('{0..2}'), ['0', '1', '2']);
    assert.deepEqual(ids('{1..003}'), ['001', '002', '003']);
  });

  it('may be a list, stand beside others, and be one of several words', () => {
    assert.deepEqual(ids('{a,b}-{1..2}x, plain;{c, d}'), ['a-1x', 'a-2x', 'b-1x', 'b-2x', 'plain', 'c', 'd']);
  });

  it('leaves braces alone that hold neither dots nor a comma', () => {
    assert.deepEqual(ids('a{b}c {} {1.2}'), ['a{b}c', '{}', '{1.2}']);
  });

  it('says what is wrong with it', () => {
    assert.deepEqual(problem('dev-{001..2'), { kind: 'unclosed', part: '{001..2' });
    assert.deepEqual(problem('dev-{3..1}'), { kind: 'backwards', part: '{3..1}' });
    assert.deepEqual(problem('dev-{a..f}'), { kind: 'noNumbers', part: '{a..f}' });
    assert.deepEqual(problem('dev-{1..}'), { kind: 'noNumbers', part: '{1..}' });
    assert.equal(problem('{a,{b,c}}').kind, 'nested');
  });

  it('is never expanded beyond its limit, however many there would be', () => {
    assert.equal(ids(`{1..${MOST_OF_RANGES}}`).length, MOST_OF_RANGES);
    const start = performance.now();
    for (const text of [
      `{0..${MOST_OF_RANGES}}`,
      '{1..999999999999999}',
      '{1..9999}'.repeat(200),
      '{1..9000} {1..9000}',
    ])
      assert.deepEqual(problem(text), { kind: 'tooMany' });
    assert.ok(performance.now() - start < 500);
  });

  it('makes exactly the numbers from the first to the last, each as wide as the others', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(99), fc.integer({ min: 5, max: 7 }), (from, more, width) => {
        const padded = (number: number): string => String(number).padStart(width, '0');
        assert.deepEqual(
          ids(`d{${padded(from)}..${padded(from + more)}}`),
          Array.from({ length: more + 1 }, (_, at) => `d${padded(from + at)}`),
        );
      }),
    );
  });

  it('answers any text at once, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', ',', '.', '1', 'a', ' '), maxLength: 60 }), (text) => {
        expandRanges(text);
      }),
    );
    for (const text of ['{'.repeat(100_000), '{1..2'.repeat(20_000), '{}'.repeat(50_000), `{${'a,'.repeat(50_000)}`]) {
      const start = performance.now();
      expandRanges(text);
      assert.ok(performance.now() - start < 500, text.slice(0, 10));
    }
  });

  it('is meant by dots or a comma in a brace, not by JSON', () => {
    const meant = ['a{1..2}', 'a{1..', 'a{b,c', '{1..2}, x'];
    const notMeant = ['a{b}', '{"a":1,"b":2}', '[{"clientId":"a"},{"clientId":"b"}]', 'a,b', '{ "a": 1 }', 'a..b'];
    assert.deepEqual(meant.filter(mentionsRange), meant);
    assert.deepEqual(notMeant.filter(mentionsRange), []);
  });
});
