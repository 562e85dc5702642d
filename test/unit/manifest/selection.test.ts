import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface MenuItem {
  readonly command: string;
  readonly when: string;
}

describe('the menu of a row', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { menus: { 'view/item/context': MenuItem[]; commandPalette: MenuItem[] } };
  };

  const nameOf = ({ command }: MenuItem): string => command.replace('apsaramqMqtt.', '');

  it('is whole whatever else is selected: VS Code counts selected rows that are gone, and those the menu is not of', () => {
    const depending = contributes.menus['view/item/context'].filter(({ when }) => when.includes('listMultiSelection'));
    assert.deepEqual(
      depending.map(({ command }) => command),
      [],
    );
  });

  it('offers no binding where no key may go', () => {
    /** What the clauses of the command say of a row, as VS Code reads them. */
    const offers = (row: string): boolean[] =>
      contributes.menus['view/item/context']
        .filter((item) => nameOf(item) === 'bindCredential')
        .map(({ when }) =>
          [...when.matchAll(/(!\()?viewItem =~ \/(.*?)\/(?= |\)|$)/g)].every(
            ([, not, pattern = '']) => new RegExp(pattern).test(row) === (not === undefined),
          ),
        );
    assert.deepEqual(offers('instance keyMissing workspace'), [true, true]);
    assert.deepEqual(offers('group workspace'), [false, true]);
    assert.deepEqual(offers('group workspace bound'), [false, false]);
    for (const row of ['instance keyMissing workspace refused', 'group workspace refused', 'instance'])
      assert.deepEqual(offers(row), [false, false], row);
  });

  it('has its like in the palette, which offers of the local instance what needs it only while it runs', () => {
    for (const name of ['stopLocalInstance', 'simulateClient'])
      assert.equal(
        contributes.menus.commandPalette.find((item) => nameOf(item) === name)?.when,
        'apsaramqMqtt.isLocalRunning',
      );
  });
});
