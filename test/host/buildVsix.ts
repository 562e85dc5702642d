import { paths } from './paths';
import { runNpm } from './run';

/** Builds and packages the extension, as `npm run package` does. */
export async function buildVsix(): Promise<void> {
  const { exitCode, output } = await runNpm(['run', 'package'], { isQuiet: true });
  if (exitCode !== 0) throw new Error(`npm run package failed with exit code ${exitCode}:\n${output}`);
  console.log(`Packaged ${paths.vsix}`);
}
