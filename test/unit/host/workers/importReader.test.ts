import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ImportReader, ImportReaderError } from '../../../../src/host/workers/importReader';

describe('the thread that reads files to import', () => {
  let folder: string;
  let script: string;
  let reader: ImportReader;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imports-'));
    script = join(folder, 'imports.js');
    await build({
      entryPoints: ['src/host/workers/importWorker.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      mainFields: ['module', 'main'],
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    reader = new ImportReader(script);
  });
  afterEach(() => reader.dispose());

  it('says what there is to choose from, then sorts what was chosen', async () => {
    const overview = await reader.read(Buffer.from('place,device\n1,pump-1\n2,pump-2\n3,pump-2\n4,设备\n'), 'a.csv');
    assert.deepEqual(overview, {
      kind: 'table',
      columns: [
        { name: 'place', samples: ['1', '2', '3'] },
        { name: 'device', samples: ['pump-1', 'pump-2', 'pump-2'] },
      ],
      likely: 1,
      rowCount: 4,
    });
    const { accepted, refused, duplicates, alreadyKnown } = await reader.sort({
      column: 1,
      groupId: 'GID_abc',
      known: ['GID_abc@@@pump-1'],
    });
    assert.deepEqual(
      [accepted, refused, duplicates, alreadyKnown],
      [['GID_abc@@@pump-2'], [{ text: '设备', problem: 'notPrintableAscii' }], 1, 1],
    );
  });

  it('sorts what was found elsewhere too', async () => {
    const sorted = await reader.sort({ texts: ['a', 'b', 'a'], groupId: undefined, known: [] });
    assert.deepEqual([sorted.accepted, sorted.duplicates], [['a', 'b'], 1]);
  });

  it('holds up nobody: not by a log of 10 MB, nor by a CSV of a million rows', async function () {
    this.timeout(60_000);
    const log = Buffer.from('2026-11-24T12:00:00.000Z INFO, session of GID_aaa@@@1 kept\n'.repeat(170_000));
    const csv = Buffer.from(`clientId,"name"\n${'GID_aaa@@@1,"x ""y"""\n'.repeat(1_000_000)}`);
    let longestMs = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 5);
    try {
      assert.deepEqual(await reader.read(log, 'a.log'), { kind: 'text' });
      assert.deepEqual(await reader.read(csv, 'a.csv'), { kind: 'refused', why: 'tooMany' });
    } finally {
      clearInterval(beat);
    }
    assert.ok(longestMs < 1000, `${Math.round(longestMs)} ms`);
  });

  it('says that it took too long, or failed, and starts anew for the next file', async () => {
    const hasty = new ImportReader(script, 1);
    const isReason = (reason: string) => (error: unknown) =>
      error instanceof ImportReaderError && error.reason === reason;
    await assert.rejects(hasty.read(Buffer.from('a,b\n'.repeat(400_000)), 'a.csv'), isReason('late'));
    hasty.dispose();
    const lost = new ImportReader(join(folder, 'nowhere.js'));
    await assert.rejects(lost.read(Buffer.from('a'), 'a.csv'), isReason('failed'));
  });
});
