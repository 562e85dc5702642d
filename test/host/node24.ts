import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths';

const oldestMajor = 24;

/** The VS Code server wants Node 24; the devDependency `node` carries one where the machine's own is older. */
export function node24(): string {
  if (Number.parseInt(process.versions.node, 10) >= oldestMajor) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const shipped = join(paths.root, 'node_modules', 'node', 'bin', name);
  if (!existsSync(shipped)) throw new Error(`Node ${oldestMajor} is missing at ${shipped}: run npm ci`);
  return shipped;
}
