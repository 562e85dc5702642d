import assert from 'node:assert/strict';
import type { Place } from '../../src/model/destination';
import { parseClientIds } from '../../src/model/clientIds/parseClientIds';
import { summaryOf } from '../../src/ui/inputs/clientsInput';
import { costSettingsOf, dayText } from '../../src/ui/words/meterWords';
import { countText } from '../../src/ui/words/numbers';

describe('a count in words', () => {
  it('of one has the words of one', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => countText(count, 'one', 'many')),
      ['many', 'one', 'many'],
    );
    const settings = { dailyCallBudget: 0, pricePerMillionCalls: 0, currency: 'CNY' };
    assert.equal(dayText({ calls: 1, saved: 2 }, settings), '1 call today, 2 saved');
    assert.equal(dayText({ calls: 1200, saved: 2 }, settings), '1,200 calls today, 2 saved');
    assert.equal(summaryOf(parseClientIds('a, a')), '1 accepted, 1 duplicate dropped');
  });

  it('of calls costs money where the vendor is asked, and none where a local instance is', () => {
    const settings = { dailyCallBudget: 0, pricePerMillionCalls: 1_000_000, currency: 'CNY' };
    const textAt = (place: Place) => dayText({ calls: 2, saved: 0 }, costSettingsOf(place, settings));
    assert.equal(textAt({ regionId: 'cn-hangzhou' }), '2 calls today, 0 saved · ≈ CN¥2');
    assert.equal(textAt({ endpoint: '127.0.0.1:8080' }), '2 calls today, 0 saved');
  });
});
