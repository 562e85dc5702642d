import assert from 'node:assert/strict';
import { build } from 'esbuild';

describe('what activation loads', () => {
  it('holds neither the SDK nor the broker nor an MQTT client, nor a server', async () => {
    const { metafile } = await build({
      entryPoints: ['src/extension.ts'],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['vscode', '*/openApiSdk', '*/roleSdk'],
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    const packages = new Set(inputs.flatMap((file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
    assert.deepEqual([...packages].sort(), ['jsonc-parser', 'papaparse', 'valibot']);
    assert.deepEqual(
      inputs.filter((file) => /emulator\/(mqtt|gateway|worker|program|localInstance\.)/.test(file)),
      [],
    );
  });
});
