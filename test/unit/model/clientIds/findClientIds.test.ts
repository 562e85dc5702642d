import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findByPatterns, findClientIds, type FindOptions } from '../../../../src/model/clientIds/findClientIds';

const idsIn = (text: string, options?: FindOptions): string[] =>
  findClientIds(text, options).map((found) => found.clientId);
const savedOf = (...ids: string[]): FindOptions => {
  const saved = new Set(ids);
  return { saved: (candidate) => saved.has(candidate) };
};
const LONG = 'GID_test@@@' + 'd'.repeat(53);

describe('client IDs in a text', () => {
  const places: [string, string, string[]][] = [
    ['alone', 'GID_test@@@0001', ['GID_test@@@0001']],
    ['with a dash', 'GID-test@@@0001', ['GID-test@@@0001']],
    ['with a single @', 'GID_test@0001', ['GID_test@0001']],
    ['in quotes', `a = "GID_test@@@1"; b = 'GID_test@@@2'; c = \`GID_test@@@3\``, ['1', '2', '3'].map(of)],
    ['in JSON', '{"clientId":"GID_test@@@1","ids":["GID_test@@@2"]}', ['1', '2'].map(of)],
    ['in JSON inside a string', String.raw`{\"clientId\":\"GID_test@@@1\",\nGID_test@@@2}`, ['1', '2'].map(of)],
    ['in YAML', 'clients:\n  - GID_test@@@1\n  GID_test@@@2: pump', ['1', '2'].map(of)],
    ['in an env file', 'CLIENT_ID=GID_test@@@1\n', ['GID_test@@@1']],
    ['in a CSV', 'GID_test@@@1,GID_test@@@2;GID_test@@@3|GID_test@@@4', ['1', '2', '3', '4'].map(of)],
    [
      'at the end of a sentence',
      'I lost GID_test@@@1. And GID_test@@@2: gone! GID_test@@@3...',
      ['1', '2', '3'].map(of),
    ],
    ['in brackets', '[GID_test@@@1] (GID_test@@@2) <GID_test@@@3> {GID_test@@@4}', ['1', '2', '3', '4'].map(of)],
    ['in Markdown', '**GID_test@@@1** `GID_test@@@2`', ['1', '2'].map(of)],
    ['in a topic', 'home/p2p/GID_test@@@1/up', ['GID_test@@@1']],
    ['in a URL', 'http://a/?id=GID_test@@@1&b=2', ['GID_test@@@1']],
    [
      'encoded in a URL',
      'http://a/?id=GID_test%40%40%401&b=GID-test%40%40%402%3a3%20x',
      ['GID_test@@@1', 'GID-test@@@2:3'],
    ],
    ['encoded in a URL in a URL', 'http://a/?to=%2Fb%3Fid%3DGID_test%40%40%401%26c. And', ['GID_test@@@1']],
    ['encoded, with a single @', 'GID_test%401', ['GID_test@1']],
    ['in Chinese', '客户端GID_test@@@1上线，GID_test@@@2。', ['1', '2'].map(of)],
    ['in a terminal colour', '\x1b[1;32mGID_test@@@1\x1b[0m', ['GID_test@@@1']],
    ['with a MAC address', 'GID_test@@@00:1A:2b:33:44:55: up', ['GID_test@@@00:1A:2b:33:44:55']],
    ['of 64 characters', `(${LONG}.)`, [LONG]],
  ];
  for (const [place, text, ids] of places) it(`are found ${place}`, () => assert.deepEqual(idsIn(text), ids));

  const others: [string, string][] = [
    ['of 65 characters, nor the first 64 of it', LONG + 'x'],
    ['without a device ID', '"GID_test@@@" + device, GID_test@@@... GID_test@'],
    ['with a group ID too short or too long', `GID_ab@@@1 GID_${'a'.repeat(61)}@@@1`],
    ['that a word runs into', 'myGID_test@@@1 _GID_test@@@1'],
    ['with two or four @', 'GID_test@@1 GID_test@@@@1'],
    ['made of a template', 'GID_test@@@${id} GID_test@@@d-{01..99} GID_test@@@d%s GID_test@@@d* GID_test@@@<id>'],
    ['in an e-mail address', 'gid@example.com'],
    ['made of an encoded template', 'GID_test%40%40%40d-%7Bn%7D GID_test%40%40%40d%s GID_test%40%40%40d%25s'],
    ['encoded, with a device ID of other characters', 'GID_test%40%40%40d%E8%AE%BE'],
    ['encoded, with too much of it', `GID_test%40%40%40${'d'.repeat(54)} GID_test%40%401 GID_test%40%40%40%401`],
  ];
  for (const [what, text] of others) it(`are not taken from one ${what}`, () => assert.deepEqual(idsIn(text), []));

  it('tell their kind and place', () => {
    const text = 'GID_test@@@1 pump:7 GID_test@2 GID_a@@@3 id=x9';
    assert.deepEqual(
      findClientIds(text, { ...savedOf('pump:7', 'GID_a@@@3', 'GID_test@@@1'), patterns: [/id=(\w+)/] }),
      [
        { clientId: 'GID_test@@@1', start: 0, end: 12, kind: 'full' },
        { clientId: 'pump:7', start: 13, end: 19, kind: 'saved' },
        { clientId: 'GID_test@2', start: 20, end: 30, kind: 'single' },
        { clientId: 'GID_a@@@3', start: 31, end: 40, kind: 'saved' },
        { clientId: 'x9', start: 44, end: 46, kind: 'pattern' },
      ],
    );
  });

  function of(device: string): string {
    return `GID_test@@@${device}`;
  }
});

describe('saved client IDs in a text', () => {
  const places: [string, string, string[], string[]][] = [
    ['between blanks', 'up pump-7 down', ['pump-7'], ['pump-7']],
    ['at the end of a sentence', 'It was pump-7.', ['pump-7'], ['pump-7']],
    ['with separators of their own', 'a=/x/y:1,b', ['/x/y:1'], ['/x/y:1']],
    ['with a blank left out, as no client ID has one', 'a b', ['a b'], []],
    ['not as a part of a word', 'pump-77 xpump-7 pump-7.1', ['pump-7'], []],
    ['the longest of two', 'a:b:c', ['a:b', 'a:b:c', 'a'], ['a:b:c']],
    ['rather than what the grammar reads on', 'GID_test@@@1:online', ['GID_test@@@1'], ['GID_test@@@1']],
    ['inside of what the grammar reads not at all', 'GID_test@@@1:online', ['online'], ['GID_test@@@1:online']],
  ];
  for (const [place, text, saved, ids] of places)
    it(`are found ${place}`, () => assert.deepEqual(idsIn(text, savedOf(...saved)), ids));

  it('may be too short to be looked for', () =>
    assert.deepEqual(idsIn('1 on pump', { ...savedOf('1', 'on', 'pump'), shortestSaved: 3 }), ['pump']));
});

describe("a user's own patterns", () => {
  it('name the ID by group 1, or by the whole match, whatever their flags', () =>
    assert.deepEqual(idsIn('dev=a1 DEV=b2 T-3', { patterns: [/dev=(\w+)/iy, /T-\d/g] }), ['a1', 'b2', 'T-3']));

  it('go before what the grammar and the inventory say', () =>
    assert.deepEqual(idsIn('GID_test@@@1:online', { patterns: [/GID_\w+@@@\d+/] }), ['GID_test@@@1']));

  it('find nothing that is no client ID', () =>
    assert.deepEqual(findByPatterns('a b 设备', [/a b/, /设备/, /x*/, /(zz)?/]), []));

  it('change nothing of an ID that was found without them', () =>
    assert.equal(findClientIds('GID_test@@@1', { patterns: [/GID\S+/] })[0]?.kind, 'full'));
});

describe('the places of client IDs, whatever the text', () => {
  const grammarId = fc.stringMatching(
    /^GID[_-][A-Za-z0-9_-]{3,30}@@@[A-Za-z0-9]([A-Za-z0-9_.:+#-]{0,20}[A-Za-z0-9])?$/,
  );
  const anyId = fc.stringMatching(/^[\x21-\x7e]{0,20}[A-Za-z0-9][\x21-\x7e]{0,20}$/);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.oneof(grammarId, anyId, fc.constantFrom('GID_', '@@@', '@', ' ', '"', ':', '.', '{', '\n', '设')), {
        maxLength: 20,
      })
      .map((parts) => parts.join('')),
  );
  const isSaved = (candidate: string): boolean => candidate.length % 3 === 0;

  it('hold exactly the ID, in order, without overlaps', () => {
    fc.assert(
      fc.property(text, (any) => {
        let last = 0;
        for (const { clientId, start, end } of findClientIds(any, { saved: isSaved, patterns: [/[a-m]+/] })) {
          assert.equal(decoded(any.slice(start, end), clientId), clientId);
          assert.ok(start >= last && end > start && clientId.length <= 64);
          last = end;
        }
      }),
    );
  });

  /** A text that is no client ID itself is one as a URL encodes it. */
  function decoded(text: string, clientId: string): string {
    return text === clientId ? text : decodeURIComponent(text);
  }

  it('are found where a URL holds them, with the rest of the URL left out', () => {
    const name = fc.stringMatching(/^[a-z]{0,5}$/);
    fc.assert(
      fc.property(grammarId, name, fc.string({ unit: 'binary-ascii' }), (id, key, other) => {
        const url = `http://a/?${key}=${encodeURIComponent(id)}&b=${encodeURIComponent(other)}`;
        const [{ clientId, start, end } = { clientId: '', start: 0, end: 0 }] = findClientIds(url);
        assert.deepEqual([clientId, url.slice(start, end)], [id, encodeURIComponent(id)]);
        assert.equal(idsIn(encodeURIComponent(url))[0], undefined);
      }),
    );
  });

  it('are found between any separators', () => {
    const separator = fc.constantFrom(
      ' ',
      '\n',
      '"',
      "'",
      '`',
      ',',
      ';',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '|',
      '\\',
      '\t',
      '，',
    );
    fc.assert(
      fc.property(grammarId, separator, separator, fc.string(), (id, before, after, other) => {
        assert.ok(idsIn(`${other} ${before}${id}${after} ${other}`).includes(id));
      }),
    );
    fc.assert(
      fc.property(anyId, fc.string(), (id, other) => {
        assert.ok(idsIn(`${other} ${id} ${other}`, savedOf(id)).includes(id));
      }),
    );
  });

  it('stay the same when the text is split at its blanks', () => {
    fc.assert(
      fc.property(text, (any) => {
        const options = { saved: isSaved };
        assert.deepEqual(
          any.split(/\s/).flatMap((part) => idsIn(part, options)),
          idsIn(any, options),
        );
      }),
    );
  });
});

describe('the time to find client IDs', () => {
  const line =
    '2026-01-01T00:00:00.000Z INFO [mqtt] client GID_test@@@0001 connected from 10.0.0.1:1883, topic=a/b/c pump-7\n';
  const texts: [string, string][] = [
    ['a log', line],
    ['a log without line breaks', line.trim()],
    ['@ alone', '@'],
    ['GID_ alone', 'GID_'],
    ['-GID_ alone', '-GID_'],
    ['GID_test@ alone', 'GID_test@'],
    ['GID_test%40 alone', 'GID_test%40'],
    ['%40 alone behind a group ID', `GID_test${'%40'.repeat(6_000)}`],
    ['URLs', 'http://a/?id=GID_test%40%40%401&b=2 '],
    ['separators alone', '='],
    ['words of one letter', 'a/'],
    ['dots alone', 'a.'],
    ['blanks alone', ' '],
    ['a run of marks', 'GID_test@' + ':'.repeat(19_990) + 'a'],
    ['escapes alone', '\x1b[0;0;0'],
  ];
  const QUARTER = 20_000;
  const TEN_MEGABYTES = 10_000_000;

  for (const [what, part] of texts) {
    it(`grows with the text, for ${what}`, function () {
      this.timeout(60_000);
      this.retries(2); // other work of the machine may fall on one of the two
      const text = part.repeat(Math.ceil(QUARTER / part.length));
      const [quarter, whole] = quickest([text, text + text + text + text]);
      // Four times for a linear function, sixteen times for a square.
      assert.ok(whole < 8 * quarter + 20, `${quarter} ms for a quarter, ${whole} ms for the whole`);
    });
  }

  it('does not grow with the number of saved IDs, and a log of 10 MB is read to its end', function () {
    this.timeout(60_000);
    const log = line.repeat(TEN_MEGABYTES / line.length);
    const saved = savedOf('pump-7', ...Array.from({ length: 100_000 }, (_, at) => `other-${at}`));
    assert.equal(findClientIds(log, saved).length, 2 * Math.floor(TEN_MEGABYTES / line.length));
  });

  /** The shortest of some tries, taken in turn: what else the machine does only adds. */
  function quickest([short, long]: [string, string]): [number, number] {
    const tries = Array.from({ length: 5 }, () => [millisecondsOf(short), millisecondsOf(long)] as const);
    return [Math.min(...tries.map(([ms]) => ms)), Math.min(...tries.map(([, ms]) => ms))];
  }

  function millisecondsOf(text: string): number {
    const start = performance.now();
    findClientIds(text, savedOf('pump-7', 'a/b/c'));
    return performance.now() - start;
  }
});
