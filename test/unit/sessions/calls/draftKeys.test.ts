import assert from 'node:assert/strict';
import { accountNameOf } from '../../../../src/model/accountName';
import type { Credential } from '../../../../src/model/credential';
import { DraftKeys } from '../../../../src/sessions/calls/draftKeys';

const STORED = { accessKeyId: 'stored-id', accessKeySecret: 'stored-secret' };
const draftOf = (key: Credential) => ({
  get: () => Promise.resolve(key),
  accountOf: () => Promise.resolve(accountNameOf(key.accessKeyId)),
});
const DRAFT = { accessKeyId: 'draft-id', accessKeySecret: 'draft-secret' };

describe('a key that is not saved yet', () => {
  const drafts = new DraftKeys({
    get: (name) => Promise.resolve(name === 'work' ? STORED : undefined),
    accountOf: (name) => Promise.resolve(name === 'work' ? accountNameOf(STORED.accessKeyId) : undefined),
  });

  it('is there for one piece of work, under a name of its own, and counts with its own account', async () => {
    const seen = await drafts.using(draftOf(DRAFT), async (name) => ({
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
    const failing = drafts.using(draftOf(DRAFT), (name) => {
      kept = name;
      return Promise.reject(new Error('no'));
    });
    await assert.rejects(failing, /no/);
    assert.equal(await drafts.get(kept), undefined);
  });

  it('is fetched ahead of a call where that takes time, and the failure of that is the call’s own', async () => {
    let fetched = 0;
    const slow = {
      ...draftOf(DRAFT),
      get: () => (++fetched === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve(DRAFT)),
    };
    const key = await drafts.using(slow, async (name) => {
      await drafts.ready(name);
      return drafts.get(name);
    });
    assert.deepEqual([key, fetched], [DRAFT, 2]);
    await drafts.ready('work');
  });

  it('changes nothing of the keys that are stored, and two drafts at once are two', async () => {
    const both = await drafts.using(draftOf(DRAFT), (one) =>
      drafts.using(draftOf(STORED), async (other) => [await drafts.get(one), await drafts.get(other), one === other]),
    );
    assert.deepEqual(both, [DRAFT, STORED, false]);
    assert.deepEqual(await drafts.get('work'), STORED);
    assert.equal(await drafts.accountOf('work'), accountNameOf('stored-id'));
  });
});
