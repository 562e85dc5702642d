import { existsSync, realpathSync } from 'node:fs';
import { resolve4 } from 'node:dns/promises';
import { delimiter, join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { paths } from './paths';

const downloadHost = 'update.code.visualstudio.com';
const probeMs = 2000;

/** The VS Code that VSCODE_EXECUTABLE names. */
export function namedVscode(): string | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named === undefined || named === '') return undefined;
  if (!existsSync(named)) throw new Error(`VSCODE_EXECUTABLE names a file that is not there: ${named}`);
  return behindCommand(named);
}

/** The VS Code whose `code` command is on PATH. */
export function vscodeOnPath(): string | undefined {
  const command = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
  return found === undefined ? undefined : behindCommand(found);
}

/** A desktop VS Code downloaded once to .vscode-test, or `undefined` where that cannot be had. */
export async function downloadedVscode(): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env['DISPLAY']) return undefined;
  if (!(await isReachable(downloadHost))) return undefined;
  return downloadAndUnzipVSCode({ cachePath: join(paths.root, '.vscode-test') });
}

/** The `code` command hands over to a running VS Code and returns; the program behind it stays until its end. */
function behindCommand(file: string): string {
  const real = realpathSync(file);
  const programs = [
    join(real, '..', '..', 'code'), // Linux: bin/code beside code
    join(real, '..', '..', '..', '..', 'MacOS', 'Electron'), // macOS: Contents/Resources/app/bin/code
    join(real, '..', '..', '..', '..', 'MacOS', 'Code'),
    join(real, '..', '..', 'Code.exe'), // Windows: bin\code.cmd
  ];
  const isCommand = /[\\/]bin[\\/]code(\.cmd)?$/.test(real);
  return (isCommand ? programs.find((program) => existsSync(program)) : undefined) ?? real;
}

async function isReachable(host: string): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), probeMs).unref());
  const found = resolve4(host).then(
    (addresses) => addresses.length > 0,
    () => false,
  );
  return Promise.race([found, late]);
}
