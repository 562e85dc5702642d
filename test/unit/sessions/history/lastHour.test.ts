import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lastHour } from '../../../../src/sessions/history/lastHour';
import type { KnownStatus, Spell } from '../../../../src/sessions/history/transition';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const spell = (status: KnownStatus, from: number, until: number): Spell => ({
  status,
  from: from * MINUTE_MS,
  seenUntil: until * MINUTE_MS,
});
const MARKS = { online: 'o', offline: '_', both: 'x', unknown: '.' };
const drawn = (spells: Spell[], until = HOUR_MS) =>
  lastHour({ spells, transitions: [] }, until)
    .cells.map((cell) => MARKS[cell])
    .join('');

describe('the last hour of a client', () => {
  it('is unknown where nothing was seen', () => {
    assert.equal(drawn([]), '.'.repeat(24));
  });

  it('has a cell for every two and a half minutes, the newest last', () => {
    assert.equal(drawn([spell('online', 0, 30), spell('offline', 51, 60)]), 'oooooooooooo........____');
  });

  it('shows a single answer, and an outage too short for a cell of its own', () => {
    assert.equal(drawn([spell('online', 31, 31), spell('offline', 31.5, 31.6)]), '............x...........');
  });

  it('counts the time that is known alone, and what lies in the hour alone', () => {
    const transitions = [10, 59, 61, 130].map((at) => {
      return { to: 'online' as const, at: at * MINUTE_MS, notBefore: 0, since: 0, isVerified: true };
    });
    const spells = [spell('online', 0, 70), spell('offline', 80, 83), spell('online', 100, 120)];
    const { changes, onlineMs, offlineMs } = lastHour({ spells, transitions }, 2 * HOUR_MS);
    assert.deepEqual([changes, onlineMs, offlineMs], [1, 30 * MINUTE_MS, 3 * MINUTE_MS]);
  });

  it('marks a cell as a look at every moment of it would', () => {
    const spells = fc
      .array(fc.record({ isOnline: fc.boolean(), gap: fc.nat(400), length: fc.nat(900) }))
      .map((parts) => {
        let at = 0;
        return parts.map(({ isOnline, gap, length }): Spell => {
          const from = at + gap + 1;
          at = from + length;
          return { status: isOnline ? 'online' : 'offline', from: from * 1000, seenUntil: at * 1000 };
        });
      });
    fc.assert(
      fc.property(spells, (seen) => {
        const { cells } = lastHour({ spells: seen, transitions: [] }, HOUR_MS);
        const expected = cells.map((_, cell) => {
          const statuses = new Set<KnownStatus>();
          // Every second after the cell's start, its end among them.
          for (let second = cell * 150 + 1; second <= cell * 150 + 150; second++)
            for (const { status, from, seenUntil } of seen)
              if (from <= second * 1000 && second * 1000 <= seenUntil) statuses.add(status);
          return statuses.size === 2 ? 'both' : ([...statuses][0] ?? 'unknown');
        });
        assert.deepEqual(cells, expected);
      }),
    );
  });
});
