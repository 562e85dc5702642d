import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const LOCK_STALE_MS = 10_000;
const LOCK_POLL_MS = 50;
/** Longer than the lock of a crashed window counts. */
const LOCK_PATIENCE_MS = 15_000;

/** The last change of each file by this window: its own take turns here, so that none of them waits for its lock in vain. */
const turns = new Map<string, Promise<unknown>>();

/** Another window has held the file's lock for longer than a write can take. */
export class FileBusyError extends Error {
  override readonly name = 'FileBusyError';
}

/** The file is longer than anybody's text of its kind. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
}

/** The text of a file; undefined where there is none. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Re-reads a file, changes its text and replaces it in one step. Windows take turns by a lock file, and a text that
 * somebody else wrote meanwhile is read again: neither a crash nor a second window loses anything.
 */
export function updateFile(path: string, change: (text: string) => string): Promise<string> {
  const turn = (turns.get(path) ?? Promise.resolve()).then(() => updateInTurn(path, change));
  turns.set(
    path,
    turn.catch(() => undefined),
  );
  return turn;
}

async function updateInTurn(path: string, change: (text: string) => string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const unlock = await lock(`${path}.lock`);
  try {
    for (;;) {
      const before = await readText(path);
      const after = change(before ?? '');
      if (after === before) return after;
      const draft = `${path}.${randomUUID()}.tmp`;
      await writeFile(draft, after, { encoding: 'utf8', flush: true });
      if ((await readText(path)) === before) {
        await rename(draft, path);
        return after;
      }
      await rm(draft, { force: true });
    }
  } finally {
    await unlock();
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  const giveUpAt = performance.now() + LOCK_PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    try {
      await (await open(path, 'wx')).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      await dropStale(path);
      await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
    }
  }
  throw new FileBusyError();
}

/** A window that crashed leaves its lock behind. */
async function dropStale(path: string): Promise<void> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (Math.abs(age) > LOCK_STALE_MS) await rm(path, { force: true });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
