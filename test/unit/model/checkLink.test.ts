import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkLinkText, MOST_LINKED_CLIENTS, readCheckLink } from '../../../src/model/checkLink';

const BASE = 'vscode://apsaramq-mqtt.apsaramq-mqtt';

/** As VS Code hands a link over: its parts decoded once. */
function read(link: string) {
  const [address = '', query = ''] = link.slice(BASE.length).split('?');
  return readCheckLink(address, decodeURIComponent(query));
}
const problemOf = (link: string): string => {
  const found = read(BASE + link);
  return found.kind === 'refused' ? found.problem : 'ok';
};
const ids = (count: number): string => Array.from({ length: count }, (_, at) => `clientId=c${at}`).join('&');

describe('a link that asks about clients', () => {
  it('names an instance and clients, one by one or between commas, each once; other keys say nothing', () => {
    assert.deepEqual(
      read(`${BASE}/check?instance=Plant%201&clientId=GID_a@@@1,GID_a%40%40%402&clientId=x&verify=1&x`),
      {
        kind: 'ok',
        link: { instance: 'Plant 1', clientIds: ['GID_a@@@1', 'GID_a@@@2', 'x'] },
      },
    );
    assert.deepEqual(read(`${BASE}/check?clientId=x&clientId=x,%20y,&instance=`), {
      kind: 'ok',
      link: { clientIds: ['x', 'y'] },
    });
  });

  it('is read back to the same, whatever the names hold', () => {
    const clientId = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 64,
    });
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text));
    const link = fc.record(
      { instance: name, clientIds: fc.uniqueArray(clientId, { minLength: 1, maxLength: MOST_LINKED_CLIENTS }) },
      { requiredKeys: ['clientIds'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(link, (given) => assert.deepEqual(read(checkLinkText(BASE, given)), { kind: 'ok', link: given })),
    );
  });

  it('keeps a percent sign of an ID that somebody encoded by hand as a browser does', () => {
    assert.deepEqual(read(`${BASE}/check?clientId=100%2541`), { kind: 'ok', link: { clientIds: ['100%41'] } });
  });

  it('never throws, and lets nothing through that is no client ID', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (query, value) => {
        for (const text of [query, `clientId=${value}`, `instance=${query}&clientId=${value}`]) {
          const found = readCheckLink('/check', text);
          if (found.kind === 'ok') for (const id of found.link.clientIds) assert.match(id, /^[\x21-\x7e]{1,64}$/);
        }
      }),
    );
  });

  const refused: [string, string][] = [
    ['/', 'unknownPath'],
    ['/Check?clientId=x', 'unknownPath'],
    ['/watch?clientId=x', 'unknownPath'],
    ['/check', 'noClient'],
    ['/check?clientId=,,', 'noClient'],
    [`/check?${ids(MOST_LINKED_CLIENTS + 1)}`, 'tooManyClients'],
    [`/check?clientId=${'x'.repeat(65)}`, 'badClient'],
    ['/check?clientId=a%0Ab', 'badClient'],
    ['/check?clientId=%E8%AE%BE%E5%A4%87', 'badClient'],
    [`/check?clientId=x&instance=${'x'.repeat(201)}`, 'badInstance'],
    ['/check?clientId=x&instance=a%0Ab', 'badInstance'],
    ['/check?clientId=x&instance=a%E2%80%AEb', 'badInstance'],
    ['/check?clientId=x&instance=a&instance=b', 'badInstance'],
    [`/check?clientId=x&more=${'x'.repeat(40_000)}`, 'tooLong'],
  ];
  for (const [link, problem] of refused)
    it(`is refused: ${link.slice(0, 50)} (${problem})`, () => assert.equal(problemOf(link), problem));

  it('may name as many clients as are asked about at once', () => {
    assert.equal(problemOf(`/check?${ids(MOST_LINKED_CLIENTS)}`), 'ok');
  });
});
