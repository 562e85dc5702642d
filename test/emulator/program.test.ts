import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connectAsync } from 'mqtt';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';

describe('npm run emulator', () => {
  const started: ChildProcess[] = [];
  function start(...flags: string[]) {
    const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'src/emulator/program.ts', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  }
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('says in its first line where it is and which keys it takes, and ends with Ctrl-C', async () => {
    const child = start('--simulate', '3', '--cache-ms', '0');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const info = JSON.parse(line.toString().split('\n')[0] ?? '') as Record<string, string>;
    assert.deepEqual(Object.keys(info), ['apiEndpoint', 'mqttUrl', 'instanceId', 'accessKeyId', 'accessKeySecret']);
    const device = await connectAsync(info['mqttUrl'] ?? '', { clientId: 'a', ...signIn('a'), reconnectPeriod: 0 });
    await device.endAsync(true);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  for (const [flags, sentence] of [
    [['--fault', 'Nonsense:1'], /Unknown fault "Nonsense"/],
    [['--api-port', 'x'], /--api-port takes a whole number from 0 to 65535/],
    [['--nonsense'], /Unknown option '--nonsense'/],
  ] as const) {
    it(`says in a line what is wrong with ${flags.join(' ')}`, async () => {
      const child = start(...flags);
      let text = '';
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
      assert.deepEqual(await once(child, 'close'), [2, null]);
      assert.match(text, sentence);
    });
  }
});
