import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RefreshPace, type RoundOutcome } from '../../../../src/sessions/refresh/refreshPace';

const delays = (outcomes: readonly RoundOutcome[]): number[] => {
  const pace = new RefreshPace(30_000);
  return outcomes.map((outcome) => {
    pace.ended(outcome);
    return pace.delayMs / 1000;
  });
};

describe('the pace of auto refresh', () => {
  it('is slower once nothing has changed for a while, and as chosen after a change', () => {
    const quiet = Array<RoundOutcome>(12).fill('quiet');
    assert.deepEqual(delays([...quiet, 'changed']), [30, 30, 30, 30, 60, 60, 60, 60, 60, 120, 120, 120, 30]);
  });

  it('backs off after failures, to ten minutes at the most, and comes back at once', () => {
    assert.deepEqual(delays(['failed', 'failed', 'failed', 'failed', 'failed', 'quiet']), [60, 120, 240, 480, 600, 30]);
  });

  it('tries again soon where another window makes a round, and forgets nothing by it', () => {
    assert.deepEqual(delays(['failed', 'busy', 'failed']), [60, 2, 120]);
  });

  it('is steady where that is wanted, but for failures', () => {
    const pace = new RefreshPace(10_000, 1);
    for (let round = 0; round < 30; round++) pace.ended('quiet');
    assert.equal(pace.delayMs, 10_000);
    pace.ended('failed');
    assert.equal(pace.delayMs, 20_000);
  });

  it('does not slow down where nothing could be asked', () => {
    assert.deepEqual(delays(Array<RoundOutcome>(12).fill('nothing')).at(-1), 30);
    assert.deepEqual(delays(Array<RoundOutcome>(12).fill('spent')).at(-1), 30);
  });

  it('is never quicker than what was chosen, for that is the cost which was said', () => {
    const outcome = fc.constantFrom<RoundOutcome>('changed', 'quiet', 'failed');
    fc.assert(fc.property(fc.array(outcome), (outcomes) => delays(outcomes).every((seconds) => seconds >= 30)));
  });
});
