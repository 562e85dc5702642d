import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import fc from 'fast-check';
import { Emitter } from '../../../../src/base/event';
import { Acknowledgements } from '../../../../src/sessions/fleet/acknowledgements';
import type { Verdict } from '../../../../src/sessions/fleet/expectations';
import type { StatusChange } from '../../../../src/sessions/status/statusStore';

/** Expectations whose verdicts are given out by hand. */
class Verdicts {
  private readonly changed = new Emitter<StatusChange>();
  private readonly known = new Map<string, Verdict>();
  readonly onDidChange = this.changed.event;

  verdictOf(_instanceId: string, clientId: string): Verdict | undefined {
    return this.known.get(clientId);
  }

  become(verdict: Verdict | undefined, ...clientIds: string[]): void {
    for (const clientId of clientIds) {
      if (verdict === undefined) this.known.delete(clientId);
      else this.known.set(clientId, verdict);
    }
    this.changed.fire({ instanceId: 'i', clientIds });
  }
}

/** What a window remembers; JSON, as VS Code keeps it. */
class Memory {
  private readonly texts = new Map<string, string>();
  writes = 0;

  get(key: string): unknown {
    const text = this.texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    this.writes++;
    this.texts.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

const ids = (acknowledgements: Acknowledgements): string[] =>
  acknowledgements.pending.first(100).shown.map(({ clientId }) => clientId);

describe('acknowledging what is not as expected', () => {
  let clock: ReturnType<typeof install>;
  let verdicts: Verdicts;
  let memory: Memory;
  let acknowledgements: Acknowledgements;

  beforeEach(() => {
    clock = install({ now: 0 });
    [verdicts, memory] = [new Verdicts(), new Memory()];
    acknowledgements = new Acknowledgements(verdicts, memory);
  });
  afterEach(() => clock.uninstall());

  /** The window closes and opens again: nothing is known, but what is remembered. */
  function reload(): void {
    acknowledgements.dispose();
    verdicts = new Verdicts();
    acknowledgements = new Acknowledgements(verdicts, memory);
  }

  it('clears what was counted, and says how many that were', async () => {
    verdicts.become('broken', 'a', 'b');
    assert.deepEqual(ids(acknowledgements), ['a', 'b']);
    assert.equal(await acknowledgements.acknowledge(), 2);
    assert.equal(acknowledgements.pending.size, 0);
    assert.equal(await acknowledgements.acknowledge(), 0);
  });

  it('counts a client again only once it was right and broke again', async () => {
    verdicts.become('broken', 'a');
    await acknowledgements.acknowledge();
    verdicts.become('notKnown', 'a');
    verdicts.become('broken', 'a');
    assert.deepEqual(ids(acknowledgements), []);
    verdicts.become('asExpected', 'a');
    verdicts.become('broken', 'a');
    assert.deepEqual(ids(acknowledgements), ['a']);
  });

  it('holds over a reload of the window', async () => {
    verdicts.become('broken', 'a');
    await acknowledgements.acknowledge();
    reload();
    verdicts.become('broken', 'a', 'b');
    assert.deepEqual(ids(acknowledgements), ['b']);
  });

  it('does not count what is not known, and what is expected no more', () => {
    verdicts.become('broken', 'a', 'b');
    verdicts.become('notKnown', 'a');
    verdicts.become(undefined, 'b');
    assert.equal(acknowledgements.pending.size, 0);
  });

  it('stays acknowledged over a check that failed, and counts again after one where it was not', async () => {
    verdicts.become('broken', 'a');
    await acknowledgements.acknowledge();
    verdicts.become('broken', 'b');
    verdicts.become('notKnown', 'a', 'b');
    verdicts.become('broken', 'a', 'b');
    assert.deepEqual(ids(acknowledgements), ['b']);
  });

  it('tells when another client counts, though the number is the same', () => {
    const heard: string[][] = [];
    acknowledgements.onDidChange(() => heard.push(ids(acknowledgements)));
    verdicts.become('broken', 'a');
    verdicts.become('notKnown', 'c');
    verdicts.become(undefined, 'a');
    verdicts.become('broken', 'b');
    assert.deepEqual(heard, [['a'], [], ['b']]);
  });

  it('writes a fleet that comes back once, and at once when disposed', async () => {
    const fleet = Array.from({ length: 1000 }, (_, at) => `c${at}`);
    verdicts.become('broken', ...fleet);
    await acknowledgements.acknowledge();
    for (const clientId of fleet.slice(1)) verdicts.become('asExpected', clientId);
    await clock.tickAsync(1000);
    assert.deepEqual([memory.writes, memory.get('acknowledged')], [2, [['i', ['c0']]]]);
    verdicts.become('asExpected', 'c0');
    acknowledgements.dispose();
    assert.deepEqual([memory.get('acknowledged'), clock.countTimers()], [[], 0]);
    verdicts.become('broken', 'c0');
    assert.equal(acknowledgements.pending.size, 0);
  });

  it('forgets what was acknowledged of a client that nothing is expected of', async () => {
    verdicts.become('broken', 'a');
    await acknowledgements.acknowledge();
    reload();
    verdicts.become('broken', 'b');
    await acknowledgements.acknowledge();
    assert.deepEqual(memory.get('acknowledged'), [['i', ['b']]]);
  });

  it('starts anew where what was remembered cannot be read', async () => {
    await memory.update('acknowledged', { i: 'a' });
    reload();
    verdicts.become('broken', 'a');
    assert.deepEqual(ids(acknowledgements), ['a']);
  });

  it('takes each client through the same states, whatever happens in whatever order', async () => {
    type State = 'none' | 'open' | 'acknowledged';
    const after: Record<Verdict | 'none', (state: State) => State> = {
      broken: (state) => (state === 'acknowledged' ? state : 'open'),
      notKnown: (state) => (state === 'acknowledged' ? state : 'none'),
      asExpected: () => 'none',
      none: () => 'none',
    };
    const verdict = fc.constantFrom<(Verdict | 'none')[]>('broken', 'notKnown', 'asExpected', 'none');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('judged' as const), id: fc.constantFrom('a', 'b', 'c'), verdict }),
      fc.record({ kind: fc.constantFrom('acknowledge' as const, 'reload' as const, 'second' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        [verdicts, memory] = [new Verdicts(), new Memory()];
        acknowledgements = new Acknowledgements(verdicts, memory);
        const states = new Map<string, State>(['a', 'b', 'c'].map((clientId) => [clientId, 'none']));
        const change = (by: (state: State) => State): void =>
          states.forEach((state, clientId) => states.set(clientId, by(state)));
        for (const each of steps) {
          if (each.kind === 'judged') {
            verdicts.become(each.verdict === 'none' ? undefined : each.verdict, each.id);
            states.set(each.id, after[each.verdict](states.get(each.id) ?? 'none'));
          }
          if (each.kind === 'second') await clock.tickAsync(1000);
          if (each.kind === 'acknowledge') {
            await acknowledgements.acknowledge();
            change((state) => (state === 'open' ? 'acknowledged' : state));
          }
          if (each.kind === 'reload') {
            reload();
            // The inventory is there again, and nothing was asked yet.
            verdicts.become('notKnown', 'a', 'b', 'c');
            change(after.notKnown);
          }
          const open = [...states].filter(([, state]) => state === 'open').map(([clientId]) => clientId);
          assert.deepEqual(ids(acknowledgements).sort(), open);
        }
      }),
      { numRuns: 300 },
    );
  });
});
