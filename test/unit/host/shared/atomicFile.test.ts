import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText, updateFile } from '../../../../src/host/shared/atomicFile';

describe('a file that windows share', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atomic-'));
    path = join(folder, 'deep', 'inventory.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made with its folder where there is none, and leaves nothing else behind', async () => {
    assert.equal(await readText(path), undefined);
    await updateFile(path, (text) => text + 'a');
    assert.equal(await readFile(path, 'utf8'), 'a');
    assert.deepEqual(await readdir(join(folder, 'deep')), ['inventory.json']);
  });

  it('loses none of many changes made at once, however slow the disk, and makes them in their order', async function () {
    this.timeout(120_000);
    const parts = Array.from({ length: 150 }, (_, at) => `${at} `);
    await Promise.all(parts.map((part) => updateFile(path, (text) => text + part)));
    assert.equal(await readFile(path, 'utf8'), parts.join(''));
  });

  it('goes on with the next change after one that was refused', async () => {
    const refused = updateFile(path, () => {
      throw new Error('refused');
    });
    const next = updateFile(path, (text) => text + 'a');
    await assert.rejects(refused, { message: 'refused' });
    assert.equal(await next, 'a');
  });

  it('takes in what somebody without the lock wrote meanwhile', async () => {
    await updateFile(path, () => 'a');
    const { writeFileSync } = await import('node:fs');
    let isFirst = true;
    await updateFile(path, (text) => {
      if (isFirst) writeFileSync(path, 'by hand');
      isFirst = false;
      return `${text}+`;
    });
    assert.equal(await readFile(path, 'utf8'), 'by hand+');
  });

  it('is not blocked by the lock of a window that crashed', async () => {
    await updateFile(path, () => 'a');
    await writeFile(`${path}.lock`, '');
    await utimes(`${path}.lock`, 0, 0);
    await updateFile(path, () => 'b');
    assert.equal(await readFile(path, 'utf8'), 'b');
  });

  it('waits for a lock that is held, until it counts no more', async () => {
    await updateFile(path, () => 'a');
    await writeFile(`${path}.lock`, '');
    const almostStale = (Date.now() - 9_700) / 1000;
    await utimes(`${path}.lock`, almostStale, almostStale);
    await updateFile(path, () => 'b');
    assert.equal(await readFile(path, 'utf8'), 'b');
  });

  it('stays as it was when the change is refused', async () => {
    await updateFile(path, () => 'a');
    await assert.rejects(
      updateFile(path, () => {
        throw new Error('refused');
      }),
      { message: 'refused' },
    );
    assert.equal(await readFile(path, 'utf8'), 'a');
    assert.deepEqual(await readdir(join(folder, 'deep')), ['inventory.json']);
  });
});
