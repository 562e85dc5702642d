import assert from 'node:assert/strict';
import { accountNameOf } from '../../../../src/model/accountName';
import { DraftKeys } from '../../../../src/sessions/calls/draftKeys';

const STORED = { accessKeyId: 'stored-id', accessKeySecret: 'stored-secret' };
const DRAFT = { accessKeyId: 'draft-id', accessKeySecret: 'draft-secret' };

describe('a key that is not saved yet', () => {
  const drafts = new DraftKeys({
    get: (name) => Promise.resolve(name === 'work' ? STORED : undefined),
    accountOf: (name) => Promise.resolve(name === 'work' ? accountNameOf(STORED.accessKeyId) : undefined),
  });

  it('is there for one piece of work, under a name of its own, and counts with its own account', async () => {
    const seen = await drafts.using(DRAFT, async (name) => ({
      name,
      key: await drafts.get(name),
      account: await drafts.accountOf(name),
    }));
    assert.deepEqual([seen.key, seen.account], [DRAFT, accountNameOf(DRAFT.accessKeyId)]);
    assert.deepEqual([await drafts.get(seen.name), await drafts.accountOf(seen.name)], [undefined, undefined]);
    assert.doesNotMatch(seen.name, /draft-id|draft-secret/);
  });

  it('is forgotten where the work fails', async () => {
    let kept = '';
    const failing = drafts.using(DRAFT, (name) => {
      kept = name;
      return Promise.reject(new Error('no'));
    });
    await assert.rejects(failing, /no/);
    assert.equal(await drafts.get(kept), undefined);
  });

  it('changes nothing of the keys that are stored, and two drafts at once are two', async () => {
    const both = await drafts.using(DRAFT, (one) =>
      drafts.using(STORED, async (other) => [await drafts.get(one), await drafts.get(other), one === other]),
    );
    assert.deepEqual(both, [DRAFT, STORED, false]);
    assert.deepEqual(await drafts.get('work'), STORED);
    assert.equal(await drafts.accountOf('work'), accountNameOf('stored-id'));
  });
});
