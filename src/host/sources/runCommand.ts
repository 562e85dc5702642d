import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import * as v from 'valibot';
import { readCredential } from '../../model/credentialInput';
import { SourceError, type SourceProblem } from '../../model/sources/sourceError';
import type { TemporaryKey } from '../../model/sources/temporaryKey';

/** A command may ask a person for a second factor, but not for ever. */
const DEADLINE_MS = 60_000;
const MOST_BYTES = 1 << 16;
/** How long a key is kept that does not say when it ends: the command is run again then. */
const UNDATED_MS = 5 * 60_000;

const shape = v.object({
  mode: v.optional(v.string(), ''),
  access_key_id: v.string(),
  access_key_secret: v.string(),
  sts_token: v.optional(v.nullable(v.string())),
  expiration: v.nullish(v.string()),
});

/**
 * Runs the command of a profile of mode External in the home folder, without a shell, and reads the key it prints. Rejects with a SourceError;
 * nothing of what it printed goes anywhere.
 */
export async function runCommand(
  [file = '', ...args]: readonly string[],
  now: () => number,
  deadlineMs = DEADLINE_MS,
): Promise<TemporaryKey> {
  return readOutput(await outputOf(file, args, deadlineMs), now());
}

function outputOf(file: string, args: readonly string[], timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Where VS Code was started may be anybody's folder: a relative path is never looked up there.
    const options = {
      cwd: homedir(),
      timeout,
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      killSignal: 'SIGKILL',
    } as const;
    try {
      const child = execFile(file, args, options, (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new SourceError(problemOf(error)));
      });
      child.stdin?.end();
    } catch {
      // Such as a NUL in the line; the message would hold the line.
      reject(new SourceError({ kind: 'commandMissing' }));
    }
  });
}

function problemOf(error: { code?: unknown; killed?: boolean }): SourceProblem {
  const { code } = error;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return { kind: 'commandOutput' };
  if (error.killed === true) return { kind: 'commandTimeout' };
  // A code in letters is the system's or Node's, such as ENOENT or E2BIG: the command never started.
  if (typeof code === 'string') return { kind: 'commandMissing' };
  return { kind: 'commandFailed', exitCode: typeof code === 'number' ? code : undefined };
}

function readOutput(text: string, now: number): TemporaryKey {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  if (!parsed.success) throw new SourceError({ kind: 'commandOutput' });
  const { mode, access_key_id, access_key_secret, sts_token, expiration } = parsed.output;
  const credential = readCredential({
    accessKeyId: access_key_id,
    accessKeySecret: access_key_secret,
    securityToken: sts_token ?? '',
  });
  const isWhole = mode !== 'StsToken' || (typeof credential !== 'string' && credential.securityToken !== undefined);
  const expiresAt = expiration === undefined || expiration === null ? now + UNDATED_MS : Date.parse(expiration);
  if (typeof credential === 'string' || !isWhole || Number.isNaN(expiresAt))
    throw new SourceError({ kind: 'commandOutput' });
  return { credential, expiresAt };
}
