import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { node24 } from './node24';
import { endOwned, startOwned } from './ownedProcess';
import { paths } from './paths';
import { assertPortIsFree } from './portCheck';
import { runNode } from './run';

export interface VscodeServerOptions {
  /** Holds settings, extensions, logs and the extensions' storage; made when missing. */
  readonly dataDir: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Off by default: with it VS Code asks whether the folder's authors are trusted. */
  readonly hasWorkspaceTrust?: boolean;
  /** Listens to `extensionDevelopmentPath` and the like in the page's address. */
  readonly isTestDriver?: boolean;
}

const startDeadlineMs = 60_000;
const serverMain = join(paths.vscode, 'out', 'server-main.js');

/** The VS Code server of the npm package code-server: extension host here, workbench in any browser. */
export class VscodeServer {
  static async start(options: VscodeServerOptions): Promise<VscodeServer> {
    await assertPortIsFree(options.port ?? 0);
    await writeSettings(options.dataDir, options.settings ?? {});
    const token = await writeToken(options.dataDir);
    const child = startOwned(node24(), [serverMain, ...flags(options)], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      return new VscodeServer(child, options.dataDir, await listening(child), token);
    } catch (error) {
      await endOwned(child);
      throw error;
    }
  }

  /** The processes of the windows' extension hosts, in the order in which they were launched. */
  readonly extensionHosts: number[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    readonly port: number,
    /** Without it the server opens nothing: neither for a page that reached this machine nor for another user of it. */
    private readonly token: string,
  ) {
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const pid = /<(\d+)> Launched Extension Host Process/.exec(line)?.[1];
      if (pid !== undefined) this.extensionHosts.push(Number(pid));
    });
  }

  /** Where it listens; opens nothing by itself. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** The workbench's address, with the token that opens it, a folder or a `.code-workspace` to open, and pairs for the workbench (VS Code's own `payload`). */
  urlOf(folder?: string, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams({ tkn: this.token });
    if (folder === undefined)
      query.set('ew', 'true'); // an empty window, not the last folder
    else {
      const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
      query.set(kind, decodeURIComponent(pathToFileURL(folder).pathname));
    }
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `${this.url}?${query.toString().replaceAll('%2F', '/')}`;
  }

  /** A file of this machine, as the workbench in the browser names it. */
  remoteUri(file: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${pathToFileURL(file).pathname}`;
  }

  /** Resolves with the exit code when the server has ended, by itself or by `dispose`. */
  onceEnded(): Promise<number | null> {
    if (this.child.exitCode !== null) return Promise.resolve(this.child.exitCode);
    return new Promise((resolve) => this.child.once('exit', resolve));
  }

  async dispose(): Promise<void> {
    await endOwned(this.child);
  }
}

/** Installs a packaged extension as a user would, for a server that is then started on the same folder. */
export async function installExtension(dataDir: string, vsix: string): Promise<void> {
  const args = [serverMain, '--install-extension', vsix, '--force', ...serverFlags(dataDir)];
  const { exitCode, output } = await runNode(args, { isQuiet: true, deadlineMs: startDeadlineMs });
  if (exitCode !== 0 || !/successfully installed/.test(output)) throw new Error(`${vsix} does not install:\n${output}`);
}

function flags(options: VscodeServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--connection-token-file', tokenFile(options.dataDir)],
    ...serverFlags(options.dataDir),
    ...(options.isTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.hasWorkspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

function tokenFile(dataDir: string): string {
  return join(dataDir, 'connection-token');
}

/** Another one for each start, in a file for this user alone: every user of the machine can read a command line. */
async function writeToken(dataDir: string): Promise<string> {
  const token = randomBytes(16).toString('hex');
  await rm(tokenFile(dataDir), { force: true }); // its mode counts only where the file is made
  await writeFile(tokenFile(dataDir), token, { mode: 0o600 });
  return token;
}

function serverFlags(dataDir: string): string[] {
  return ['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', dataDir];
}

/**
 * code-server's workbench keeps the user's settings on the server. Those of scope `machine` count there only until the
 * extension's schema is known, so both files get all: each takes the scopes it may.
 */
async function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const kind of ['User', 'Machine']) {
    const folder = join(dataDir, 'data', kind);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}

function listening(child: ChildProcess): Promise<number> {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`The VS Code server ${what}.\n${output}`));
    const timer = setTimeout(() => fail(`did not start within ${startDeadlineMs / 1000} s`), startDeadlineMs);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000); // goes on after the start, so that the pipe never fills
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`does not start: ${error.message}`));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with exit code ${code ?? 'none'}`);
    });
  });
}
