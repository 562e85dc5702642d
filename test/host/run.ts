import { delimiter, dirname } from 'node:path';
import { node24 } from './node24';
import { endOwned, startOwned } from './ownedProcess';
import { paths } from './paths';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Past it the process and its children are ended, and `isLate` is set. */
  readonly deadlineMs?: number;
  /** Keep what the process prints, for the error's sake, instead of printing it. */
  readonly isQuiet?: boolean;
}

export interface RunResult {
  readonly exitCode: number;
  readonly isLate: boolean;
  readonly output: string;
}

/** Runs a program by its path and arguments - no shell, so that neither spaces nor Windows need quoting. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const stdio = options.isQuiet === true ? 'pipe' : 'inherit';
  const child = startOwned(program, args, {
    cwd: options.cwd ?? paths.root,
    env: { ...withNode24(process.env), ...options.env },
    stdio: ['ignore', stdio, stdio],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const late = () => {
      isLate = true;
      void endOwned(child);
    };
    const timer = options.deadlineMs === undefined ? undefined : setTimeout(late, options.deadlineMs);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: isLate ? 1 : (code ?? 1), isLate, output });
    });
  });
}

export function runNode(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(node24(), args, options);
}

/** Runs the npm whose script runs us; outside of an npm script the one on PATH. */
export function runNpm(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /\.c?js$/.test(cli)) return runNode([cli, ...args], options);
  // npm is npm.cmd on Windows, which only a shell can start
  return process.platform === 'win32' ? run('cmd.exe', ['/c', 'npm', ...args], options) : run('npm', args, options);
}

/** Whatever is started finds the newer Node first, as in an npm script. */
function withNode24(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [dirname(node24()), env[key]].join(delimiter) };
}
