import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a VS Code's data folder, logs among them, that hold a text. */
export async function filesThatHold(text: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const name of glob(['data/**/*', 'extensions/*.json'], { cwd: folder })) {
    const file = join(folder, name);
    if ((await stat(file)).isFile() && (await readFile(file, 'utf8')).includes(text)) found.push(name);
  }
  return found;
}
