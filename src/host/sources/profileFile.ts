import { readFile, stat } from 'node:fs/promises';
import { parseProfiles, type CliProfiles } from '../../model/sources/cliProfiles';
import type { SourceProblem } from '../../model/sources/sourceError';

/** A file of profiles has some kB. */
const MOST_BYTES = 1 << 20;
/** Whoever writes the file may not have finished: what makes no sense is read once more before it is believed. */
const AGAIN_MS = 150;
const UNFINISHED: ReadonlySet<SourceProblem['kind']> = new Set(['malformed', 'notProfiles']);

export type ProfilesRead =
  | { readonly kind: 'ok'; readonly profiles: CliProfiles }
  | { readonly kind: 'problem'; readonly problem: SourceProblem };

/** Reads the CLI's config.json as it is now. Never rejects, and keeps nothing. */
export async function readProfiles(path: string, pause = rest): Promise<ProfilesRead> {
  const first = await readOnce(path);
  if (first.kind === 'ok' || !UNFINISHED.has(first.problem.kind)) return first;
  await pause();
  return readOnce(path);
}

async function readOnce(path: string): Promise<ProfilesRead> {
  const text = await readText(path);
  if (typeof text !== 'string') return { kind: 'problem', problem: text };
  const parsed = parseProfiles(text);
  return parsed.kind === 'ok' ? parsed : { kind: 'problem', problem: parsed };
}

async function readText(path: string): Promise<string | SourceProblem> {
  try {
    const found = await stat(path);
    // A pipe or a device would be waited for without end.
    if (!found.isFile()) return { kind: 'unreadable' };
    return found.size > MOST_BYTES ? { kind: 'tooLarge' } : await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'noFile' : 'unreadable' };
  }
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
}
