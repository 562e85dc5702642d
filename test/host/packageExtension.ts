import { paths } from './paths';
import { runNpm } from './run';

/** Builds and packages the extension as it is published. */
export async function packageExtension(): Promise<void> {
  const { exitCode, output } = await runNpm(['run', 'package'], { isQuiet: true });
  if (exitCode !== 0) throw new Error(`The extension does not package:\n${output}`);
  console.log(`Packaged ${paths.vsix}`);
}
