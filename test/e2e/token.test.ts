import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VscodeServer } from '../host/vscodeServer';

describe('The VS Code that npm start opens', () => {
  let dataDir: string;
  let server: VscodeServer;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'token-'));
    server = await VscodeServer.start({ dataDir });
  });
  after(async () => {
    await server.dispose();
    await rm(dataDir, { recursive: true, force: true });
  });

  const statusOf = async (url: string): Promise<number> => (await fetch(url, { redirect: 'manual' })).status;

  it('opens for nobody without the token', async () => {
    assert.deepEqual(
      [
        await statusOf(server.url),
        await statusOf(`${server.url}?ew=true`),
        await statusOf(`${server.url}?tkn=guessed`),
      ],
      [403, 403, 403],
    );
  });

  it('opens at the address it prints', async () => {
    const { status, headers } = await fetch(server.urlOf(), { redirect: 'manual' });
    assert.equal(status, 302);
    const page = new URL(headers.get('location') ?? '', server.url).href;
    const cookie = headers.get('set-cookie') ?? '';
    assert.equal((await fetch(page, { headers: { cookie } })).status, 200);
  });

  it('has another token each time, which no other user of the machine can read', async function () {
    const before = server.urlOf();
    await server.dispose();
    server = await VscodeServer.start({ dataDir });
    const [first, second] = [before, server.urlOf()].map((url) => new URL(url).searchParams.get('tkn'));
    assert.notEqual(first, second);
    if (process.platform === 'win32') return this.skip();
    assert.equal((await stat(join(dataDir, 'connection-token'))).mode & 0o077, 0);
  });
});
