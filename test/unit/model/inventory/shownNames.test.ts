import assert from 'node:assert/strict';
import { readableName, seenName, ShownNames } from '../../../../src/model/inventory/shownNames';

describe('the names that are shown', () => {
  it('say their folder where they read like one that is taken, and count on', () => {
    const names = new ShownNames(['Pumps', 'Pumps (app 2)']);
    const shown = ['pumps', 'PUMPS', 'Pumps', 'Valves'].map((name) => names.take(name, 'app'));
    assert.deepEqual(shown, ['pumps (app)', 'PUMPS (app 3)', 'Pumps (app 4)', 'Valves']);
    assert.equal(names.take('Pumps', 'lib'), 'Pumps (lib)');
  });

  it('show what cannot be seen, and take no name for another because of it', () => {
    for (const unseen of [
      '\u3164',
      '\u115f',
      '\u1160',
      '\uffa0',
      '\u034f',
      '\ufe0f',
      '\u2800',
      '\u200b',
      '\u{e0100}',
    ]) {
      assert.match(seenName(`Pl${unseen}ant`), /^Pl\ufffd+ant$/, unseen.codePointAt(0)?.toString(16));
      assert.equal(new ShownNames([`Plant${unseen}`]).take('Plant', 'app'), 'Plant (app)');
      assert.equal(readableName(`${unseen} ${unseen.repeat(200)}\n`), undefined);
    }
    assert.equal(new ShownNames(['Plant\u3164A']).take('Plant A', 'app'), 'Plant A (app)');
    assert.equal(readableName('泵 1'), '泵 1');
  });

  it('are found at once though 20,000 read alike', () => {
    const letters = 'abcdefghijklmno';
    const variant = (at: number): string =>
      Array.from(letters, (letter, bit) => (at & (1 << bit) ? letter.toUpperCase() : letter)).join('');
    const names = new ShownNames([letters]);
    const before = performance.now();
    const shown = Array.from({ length: 20_000 }, (_, at) => names.take(variant(at), 'app'));
    assert.ok(performance.now() - before < 2000);
    assert.equal(new Set(shown.map((name) => name.toLowerCase())).size, 20_000);
    assert.equal(shown.at(-1), `${variant(19_999)} (app 20000)`);
  });
});
