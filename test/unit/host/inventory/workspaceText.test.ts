import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileTooLargeError } from '../../../../src/host/shared/atomicFile';
import { workspaceText } from '../../../../src/host/inventory/workspaceText';
import { InventoryEditError } from '../../../../src/model/inventory/editInventory';

const PATH = '.vscode/apsaramq-mqtt.json';

describe('the text of a workspace’s inventory', () => {
  let root: string;
  let folder: string;
  const text = () => workspaceText(folder, PATH, 100);
  const isOutside = (error: unknown): boolean => error instanceof InventoryEditError && error.reason === 'outside';

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'team-'));
    folder = join(root, 'folder');
    await mkdir(folder);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is none where there is none, and comes with its folder', async () => {
    assert.equal(await text().read(), undefined);
    await text().update(() => 'one');
    assert.equal(await text().read(), 'one');
  });

  it('is refused where it is too long, and where it is no file at all', async () => {
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, PATH), 'x'.repeat(101));
    await assert.rejects(text().read(), FileTooLargeError);
    await rm(join(folder, PATH));
    await mkdir(join(folder, PATH));
    await assert.rejects(text().read());
  });

  it('is no endless device behind a link', async () => {
    await mkdir(join(folder, '.vscode'));
    await symlink('/dev/zero', join(folder, PATH));
    await assert.rejects(text().read());
  });

  it('keeps a link that stays in the folder, and writes what it leads to', async () => {
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, 'real.json'), 'one');
    await symlink('../real.json', join(folder, PATH));
    await text().update((before) => `${before} two`);
    assert.equal(await readFile(join(folder, 'real.json'), 'utf8'), 'one two');
    assert.equal((await lstat(join(folder, PATH))).isSymbolicLink(), true);
  });

  it('is read but never written where a link leads out of the folder', async () => {
    await mkdir(join(root, 'outside'));
    await symlink(join(root, 'outside'), join(folder, '.vscode'));
    await assert.rejects(
      text().update(() => 'planted'),
      isOutside,
    );
    await writeFile(join(root, 'outside', 'apsaramq-mqtt.json'), 'one');
    assert.equal(await text().read(), 'one');
    await assert.rejects(
      text().update(() => 'planted'),
      isOutside,
    );
    assert.equal(await readFile(join(root, 'outside', 'apsaramq-mqtt.json'), 'utf8'), 'one');
  });

  it('is not made behind a link that leads nowhere yet', async () => {
    await mkdir(join(folder, '.vscode'));
    await symlink(join(root, 'planted'), join(folder, PATH));
    await assert.rejects(
      text().update(() => 'planted'),
      isOutside,
    );
    await assert.rejects(lstat(join(root, 'planted')));
  });

  it('is written where the folder itself was opened through a link', async () => {
    await symlink(folder, join(root, 'link'));
    await workspaceText(join(root, 'link'), PATH, 100).update(() => 'one');
    assert.equal(await readFile(join(folder, PATH), 'utf8'), 'one');
  });
});
