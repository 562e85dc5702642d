import assert from 'node:assert/strict';
import { clientItem } from '../../src/ui/inputs/clientPick';
import { unlinked, withoutIcons } from '../../src/ui/tell';

/** Where VS Code sees a link in a message: base/common/linkedText of its source. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('messages', () => {
  it('hold no link, whatever names and answers hold', () => {
    const name = 'Plant. [Show why](command:apsaramqMqtt.editInstance?%7B%7D)';
    assert.ok(LINK.test(name));
    for (const text of [name, `"${name}" has no group yet.`, `${name}${name}`, '[[a](command:x)](command:y)'])
      assert.equal(LINK.test(unlinked(text)), false, text);
  });

  it('keep their words', () => {
    assert.equal(unlinked('a (b) [c]'), 'a (b) [c]');
  });
});

/** Where VS Code sees an icon in a label: base/common/iconLabels of its source. */
const ICON = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

describe('pick lists', () => {
  it('draw no icon for what a client ID or a name holds', () => {
    for (const name of ['GID_a@@@$(warning)', '$(sync~spin)', '$$(error)$(x)']) {
      assert.ok(ICON.test(name));
      const { label, clientId } = clientItem(name);
      assert.deepEqual([ICON.test(withoutIcons(name)), ICON.test(label), clientId], [false, false, name]);
    }
    assert.equal(withoutIcons('costs $5 (a)'), 'costs $5 (a)');
  });
});
