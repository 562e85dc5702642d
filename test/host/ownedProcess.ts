import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const isWindows = process.platform === 'win32';
const patienceMs = 5000;
const alive = new Set<ChildProcess>();

/** Starts a process that ends, with all it started in turn, when we do: a group of its own, so that it can be ended whole. */
export function startOwned(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { windowsHide: true, ...options, detached: !isWindows });
  alive.add(child);
  child.once('exit', () => {
    alive.delete(child);
    signalGroup(child, 'SIGKILL'); // what it left behind
  });
  return child;
}

export async function endOwned(child: ChildProcess): Promise<void> {
  if (!alive.has(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}

async function endAllOwned(): Promise<void> {
  await Promise.all([...alive].map(endOwned));
}

function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (!isWindows) process.kill(-child.pid, name);
    // Windows knows no signals and no groups: taskkill takes the children along
    else if (alive.has(child)) execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  } catch {
    // it has ended meanwhile
  }
}

for (const [name, number] of [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(name, () => void endAllOwned().finally(() => process.exit(128 + number)));
}
process.once('exit', () => {
  for (const child of alive) signalGroup(child, 'SIGKILL');
});
