import assert from 'node:assert/strict';
import { lookUpOffers } from '../../../../src/model/lookup/lookUpOffers';

describe('what a text may be looked up as', () => {
  const offersOf = (text: string): unknown[] => {
    const { sure, possible } = lookUpOffers(text, () => false);
    return [...sure, ...possible].map((offer) => {
      switch (offer.kind) {
        case 'lookUp':
          return offer.clientId;
        case 'lookUpMany':
        case 'refused':
          return [offer.kind, offer.parsed.accepted.slice(0, 2), offer.parsed.accepted.length];
        case 'tooMany':
          return ['too many', offer.count];
      }
    });
  };

  it('is each ID of a range, never the range itself', () => {
    assert.deepEqual(offersOf('GID_x@@@dev-{001..050}'), [['lookUpMany', ['GID_x@@@dev-001', 'GID_x@@@dev-002'], 50]]);
    assert.deepEqual(offersOf('dev-{a,b}'), [['lookUpMany', ['dev-a', 'dev-b'], 2]]);
  });

  it('is what it says where braces are no range', () => {
    assert.deepEqual(offersOf('dev-{x}'), ['dev-{x}']);
  });
});
