import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isQuiet, parseQuietHours } from '../../../src/model/quietHours';

/** On that local day of 2026, read on the wall. */
const at = (text: string, day = 15, month = 0): number => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return new Date(2026, month, day, hour, minute).getTime();
};
const quietAt = (hours: string, times: string[]) => times.map((time) => isQuiet(parseQuietHours(hours), at(time)));

describe('quiet hours', () => {
  it('go over midnight', () => {
    const times = ['21:59', '22:00', '23:59', '00:00', '06:59', '07:00', '12:00'];
    assert.deepEqual(quietAt('22:00-07:00', times), [false, true, true, true, true, false, false]);
  });

  it('lie within a day, and are the whole day where both times are the same', () => {
    assert.deepEqual(quietAt('12:00-13:00', ['11:59', '12:00', '12:59', '13:00']), [false, true, true, false]);
    assert.deepEqual(quietAt('09:00-09:00', ['08:59', '09:00', '23:00']), [true, true, true]);
  });

  it('are none where nothing, or nonsense, is entered', () => {
    assert.deepEqual(parseQuietHours(' '), { kind: 'none' });
    for (const text of ['22-7', '22:00', '24:00-07:00', '22:60-07:00', '22:00-07:00 daily', 'night'])
      assert.deepEqual(parseQuietHours(text), { kind: 'malformed' }, text);
    assert.deepEqual(quietAt('night', ['00:00', '12:00']), [false, false]);
  });

  it('hold what a wall clock says, at every minute', () => {
    const minute = fc.nat(1439);
    const text = (value: number) =>
      `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(minute, minute, minute, (from, until, now) => {
        // Walk from the beginning to the end, minute by minute, round the clock.
        let isWithin = false;
        for (let walked = from, first = true; first || walked !== until; walked = (walked + 1) % 1440, first = false)
          isWithin ||= walked === now;
        assert.deepEqual(quietAt(`${text(from)}-${text(until)}`, [text(now)]), [isWithin]);
      }),
      { numRuns: 50 },
    );
  });

  describe('where summer time begins and ends', () => {
    const zone = process.env['TZ'];
    before(() => (process.env['TZ'] = 'Europe/Berlin'));
    after(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });

    it('end at seven on the wall, though the night has one hour less or more', () => {
      // 29 March and 25 October 2026.
      for (const [month, day] of [
        [2, 29],
        [9, 25],
      ] as const) {
        const seven = at('07:00', day, month);
        assert.equal(new Date(seven).getHours(), 7);
        const quiet = [-60_000, 0].map((ms) => isQuiet(parseQuietHours('22:00-07:00'), seven + ms));
        assert.deepEqual(quiet, [true, false]);
      }
      const hoursOfNight = (at('07:00', 29, 2) - at('22:00', 28, 2)) / 3_600_000;
      assert.equal(hoursOfNight, 8, 'the time zone of this test has summer time');
    });
  });
});
