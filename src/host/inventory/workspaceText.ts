import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { InventoryEditError } from '../../model/inventory/editInventory';
import { FileTooLargeError, readText, updateFile } from '../shared/atomicFile';
import type { TextFile } from './inventoryFile';

/**
 * A file of a workspace folder, which may be anybody's: nothing that is no file or too long is read, and what lies
 * outside of the folder behind symbolic links is never written.
 */
export function workspaceText(folder: string, path: string, mostBytes: number): TextFile {
  const file = join(folder, path);
  return {
    read: async () => {
      const found = await stat(file).catch(absent);
      if (found === undefined) return undefined;
      if (!found.isFile()) throw new Error('no file');
      if (found.size > mostBytes) throw new FileTooLargeError();
      return readText(file);
    },
    update: async (change) => updateFile(await realPathWithin(folder, file), change),
  };
}

/** The file behind symbolic links, so that replacing it leaves them in place. */
async function realPathWithin(folder: string, file: string): Promise<string> {
  const [root, real] = await Promise.all([realpath(folder), realPathOf(file)]);
  const way = real === undefined ? '..' : relative(root, real);
  if (real === undefined || way.startsWith('..') || isAbsolute(way)) throw new InventoryEditError('outside');
  return real;
}

/** The same for a file that is not there yet; undefined for a link that leads nowhere. */
async function realPathOf(file: string): Promise<string | undefined> {
  const real = await realpath(file).catch(absent);
  if (real !== undefined) return real;
  if ((await lstat(file).catch(absent)) !== undefined) return undefined;
  const parent = await realPathOf(dirname(file));
  return parent === undefined ? undefined : join(parent, file.slice(dirname(file).length));
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
