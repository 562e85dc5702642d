import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedLog } from '../../../../src/host/shared/sharedLog';
import { budgetState } from '../../../../src/sessions/meter/callBudget';
import { CallMeter } from '../../../../src/sessions/meter/callMeter';
import { callsPerHour } from '../../../../src/sessions/meter/refreshCost';

describe('the meter', () => {
  let folder: string;
  let now: number;
  const open: { dispose(): unknown }[] = [];
  const meter = (): CallMeter => {
    const lines = new SharedLog({ folder, name: 'meter', bucketMs: 86_400_000, kept: 1, now: () => now });
    const made = new CallMeter({ lines });
    open.push(made, lines);
    return made;
  };

  beforeEach(async () => {
    [folder, now] = [await mkdtemp(join(tmpdir(), 'meter-')), 86_400_000];
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('counts the calls of all windows by instance, and keeps them over a restart', async () => {
    const windows = Array.from({ length: 10 }, meter);
    for (const window of windows) window.count('mqtt-1', 3, 0.5);
    windows[0]?.count('mqtt-ü', 1, 0);
    await Promise.all(windows.map((window) => window.flush()));
    const later = meter();
    await later.flush();
    assert.deepEqual(
      [later.today('mqtt-1'), later.today('mqtt-ü').calls, later.total().calls],
      [{ calls: 30, saved: 5 }, 1, 31],
    );
  });

  it('shows a call at once, before and while it is written', async () => {
    const one = meter();
    one.count('mqtt-1', 1, 2);
    const seen = [one.today('mqtt-1')];
    const flushed = one.flush();
    await Promise.resolve();
    seen.push(one.today('mqtt-1'), one.total());
    await flushed;
    seen.push(one.today('mqtt-1'), one.total());
    assert.deepEqual(seen, Array(5).fill({ calls: 1, saved: 2 }));
  });

  it('has handed over its last count when it ends, also while an earlier one is being written', async () => {
    const lines = new SharedLog({ folder, name: 'meter', bucketMs: 86_400_000, kept: 1, now: () => now });
    const ending = new CallMeter({ lines });
    ending.count('mqtt-1', 2, 0);
    void ending.flush();
    await Promise.resolve();
    ending.count('mqtt-1', 1, 0);
    ending.dispose();
    await lines.dispose();
    const file = await readFile(join(folder, 'meter-86400000.log'), 'utf8');
    assert.deepEqual(file.split('\n').filter(Boolean), ['["mqtt-1",2,0]', '["mqtt-1",1,0]']);
  });

  it('loses nothing but the line that was cut when its file is cut in half', async () => {
    const one = meter();
    for (let at = 0; at < 4; at++) {
      one.count('mqtt-1', 10, 0);
      await one.flush();
    }
    const file = join(folder, 'meter-86400000.log');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, text.length / 2 + 5));
    await appendFile(file, '{"garbage"\n["x",-5,0]\n');
    const later = meter();
    later.count('mqtt-1', 1, 0);
    await later.flush();
    assert.equal(later.today('mqtt-1').calls, 21);
  });

  it('starts anew with the day', async () => {
    const one = meter();
    one.count('mqtt-1', 5, 0);
    await one.flush();
    now += 86_400_000;
    await one.flush();
    assert.deepEqual(one.total(), { calls: 0, saved: 0 });
  });

  it('goes on in memory where the storage fails', async () => {
    const one = new CallMeter({ lines: { append: () => Promise.reject(new Error('EROFS')) } });
    one.count('mqtt-1', 2, 0);
    await one.flush();
    one.count('mqtt-1', 2, 0);
    assert.equal(one.today('mqtt-1').calls, 4);
  });

  it('warns at 80 % of a budget and calls it spent at 100 %', () => {
    assert.deepEqual(
      [budgetState(5, 0), budgetState(79, 100), budgetState(80, 100), budgetState(100, 100)],
      ['none', 'within', 'nearlySpent', 'spent'],
    );
  });

  it('knows what a timer will cost: ten clients of an instance a call', () => {
    assert.deepEqual([callsPerHour([240], 30), callsPerHour([11, 1], 60), callsPerHour([], 10)], [2880, 180, 0]);
  });
});
