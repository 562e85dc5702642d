import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPatterns } from '../../../../src/model/clientIds/clientIdPatterns';
import { findByPatterns } from '../../../../src/model/clientIds/findClientIds';
import { placed, textChunks } from '../../../../src/model/clientIds/textChunks';

describe("the setting of a user's own patterns", () => {
  it('says which entries are no patterns, at which place and why, and keeps the others', () => {
    const { patterns, malformed } = readPatterns(['dev=(\\w+)', '(', 5, ' ', 'T-\\d', 'T-\\d']);
    assert.deepEqual(patterns, [
      { position: 1, source: 'dev=(\\w+)' },
      { position: 5, source: 'T-\\d' },
    ]);
    assert.deepEqual(
      malformed.map(({ position, why }) => [position, why.kind]),
      [
        [2, 'syntax'],
        [3, 'notText'],
        [4, 'empty'],
      ],
    );
    assert.match(malformed[0]?.why.kind === 'syntax' ? malformed[0].why.message : '', /Unterminated group/);
  });
});

describe('a text cut into chunks', () => {
  const found = (text: string, most: number) =>
    [...textChunks(text, most)].flatMap((chunk) =>
      placed(findByPatterns(text.slice(chunk.start, chunk.end), [/d-\d+/]), chunk),
    );

  it('holds the same client IDs as the whole, whatever the lines', () => {
    const part = fc.oneof(fc.stringMatching(/^[ x]{0,40}$/), fc.stringMatching(/^ d-\d{1,60} $/), fc.constant('\n'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 200, max: 400 }), (parts, most) => {
        const text = parts.join('');
        assert.deepEqual(found(text, most), findByPatterns(text, [/d-\d+/]));
      }),
    );
  });

  it('is never cut longer than was asked for', () => {
    const text = 'x'.repeat(1000) + '\n' + 'y\n'.repeat(500);
    const lengths = [...textChunks(text, 300)].map(({ start, end }) => end - start);
    assert.ok(Math.max(...lengths) <= 300 && lengths.length < 15, lengths.join());
  });
});
