import assert from 'node:assert/strict';
import { durationText } from '../../src/ui/words/ages';
import { lastHourText } from '../../src/ui/changes/changeWords';

const MINUTE_MS = 60_000;

describe('a duration in words', () => {
  it('is in the largest unit that holds it whole, short where there is little room', () => {
    assert.deepEqual(
      [0, 45, 90, 900, 3600].map((seconds) => durationText(seconds)),
      ['0 seconds', '45 seconds', '90 seconds', '15 minutes', '1 hour'],
    );
    assert.equal(durationText(900, 'short'), '15 min');
  });

  it('of the last hour is as much as is certain', () => {
    const hour = { cells: [], changes: 2, onlineMs: 48.9 * MINUTE_MS, offlineMs: 5900 };
    assert.equal(lastHourText(hour), '2 changes, online 48 min, offline 5 sec, not known 11 min');
    assert.equal(lastHourText({ ...hour, onlineMs: 60 * MINUTE_MS, offlineMs: 0 }), '2 changes, online 1 hr');
  });
});
