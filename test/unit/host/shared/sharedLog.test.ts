import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedLog } from '../../../../src/host/shared/sharedLog';

describe('a log that windows share', () => {
  let folder: string;
  let now: number;
  const logs: SharedLog[] = [];
  const open = (): SharedLog => {
    const log = new SharedLog({ folder, name: 'calls', bucketMs: 1000, kept: 1, now: () => now });
    logs.push(log);
    return log;
  };

  beforeEach(async () => {
    [folder, now] = [await mkdtemp(join(tmpdir(), 'shared-')), 5000];
  });
  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.dispose()));
    await rm(folder, { recursive: true, force: true });
  });

  it('gives every window the same lines in the same order', async () => {
    const windows = [open(), open(), open()];
    await Promise.all(windows.flatMap((window, at) => [window.append([`${at}.1`]), window.append([`${at}.2`])]));
    const rest = await Promise.all([open(), open()].map(async (late) => (await late.read()).lines));
    assert.deepEqual(rest[0], rest[1]);
    assert.deepEqual(rest[0]?.toSorted(), ['0.1', '0.2', '1.1', '1.2', '2.1', '2.2']);
  });

  it('reads each line once, its own among them', async () => {
    const [one, other] = [open(), open()];
    await one.append(['a']);
    assert.deepEqual((await other.append(['b'])).lines, ['a', 'b']);
    assert.deepEqual((await one.append(['c'])).lines, ['b', 'c']);
    assert.deepEqual((await other.read()).lines, ['c']);
  });

  it('loses at most the line that a crash cut in half', async () => {
    await open().append(['whole']);
    await appendFile(join(folder, 'calls-5000.log'), 'cut in ha');
    const { lines } = await open().append(['next']);
    assert.deepEqual(lines, ['whole', 'cut in ha', 'next']);
  });

  it('begins a new file in time, keeps the one before and drops those from long ago or from the future', async () => {
    await writeFile(join(folder, 'calls-1000.log'), 'old');
    await writeFile(join(folder, 'calls-999999999.log'), 'future');
    await writeFile(join(folder, 'other-1000.log'), 'not ours');
    await writeFile(join(folder, 'calls-notes.txt'), 'not ours');
    const log = open();
    await log.append(['a']);
    now = 6500;
    assert.deepEqual(await log.append(['b']), { bucketAt: 6000, lines: ['b'] });
    assert.deepEqual((await readdir(folder)).sort(), [
      'calls-5000.log',
      'calls-6000.log',
      'calls-notes.txt',
      'other-1000.log',
    ]);
  });

  it('writes what comes after its end still, and leaves no open file behind', async () => {
    const log = open();
    await log.dispose();
    await log.append(['late']);
    assert.deepEqual((await open().read()).lines, ['late']);
    assert.deepEqual((await log.append([])).lines, ['late'], 'it begins at the first line: its file was closed');
  });

  it('says that the storage fails', async () => {
    await writeFile(join(folder, 'file'), '');
    const log = new SharedLog({ folder: join(folder, 'file'), name: 'calls', bucketMs: 1000, kept: 1, now: () => now });
    await assert.rejects(log.append(['a']));
  });
});
