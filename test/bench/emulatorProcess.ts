import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LocalInstanceInfo } from '../../src/emulator/localInstance';
import { paths } from '../host/paths';

export interface EmulatorProcess {
  readonly info: LocalInstanceInfo;
  end(): Promise<void>;
}

/** The local instance in a process of its own, so that its work does not count as ours. */
export async function startEmulator(...flags: readonly string[]): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/emulator/program.ts', ...flags], {
    cwd: paths.root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    info: JSON.parse(line) as LocalInstanceInfo,
    async end() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
