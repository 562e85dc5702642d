import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import { ForwardingProxy } from '../../../host/forwardingProxy';
import { node24 } from '../../../host/node24';
import { StsServer } from './stsServer';

const run = promisify(execFile);

/** What ships, built as it ships, in a process of its own. */
describe("the bundle of the vendor's credentials library", function () {
  this.timeout(60_000);
  let folder: string;
  let bundle: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'creds-bundle-'));
    bundle = join(folder, 'roleSdk.js');
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a script of CommonJS
    const { outputs } = require('../../../../esbuild.js') as { outputs: (BuildOptions & { entryPoints: string[] })[] };
    const options = outputs.find(({ entryPoints }) => entryPoints.includes('src/host/sources/roleSdk.ts'));
    await build({ ...options, outfile: bundle, absWorkingDir: resolve(__dirname, '../../../..') });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Asks for a role's key and prints how that ended. */
  async function assume(place: { host: string; protocol: string }, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const role = { arn: 'acs:ram::1:role/r', sessionName: 's', durationSeconds: 900, sts: place };
    const key = { accessKeyId: 'base-id', accessKeySecret: 'planted-secret' };
    return ask(`assumeRole(${JSON.stringify(key)}, ${JSON.stringify(role)})`, env);
  }
  async function ask(call: string, env: NodeJS.ProcessEnv): Promise<string> {
    const script = `require(${JSON.stringify(bundle)}).${call}
      .then(() => console.log('a key'), ({ problem }) => console.log(JSON.stringify(problem)));`;
    const { stdout, stderr } = await run(node24(), ['-e', script], { env: { ...process.env, ...env } });
    return stdout + stderr;
  }

  it('holds no part that reads the file of the CLI, writes to it or runs its commands', () => {
    const text = readFileSync(bundle, 'utf8');
    for (const part of ['.aliyun/', 'config.json', 'writeFile', 'child_process', 'oauth.aliyun.com', 'credentials.ini'])
      assert.equal(text.includes(part), false, part);
  });

  it('prints nothing where DEBUG asks for all', async () => {
    const sts = await new StsServer().start();
    sts.secrets.set('base-id', 'planted-secret');
    try {
      assert.equal(await assume({ host: sts.host, protocol: 'HTTP' }, { DEBUG: '*' }), 'a key\n');
    } finally {
      sts.stop();
    }
  });

  it('holds `https` by the name under which VS Code hands out its own', () => {
    const text = readFileSync(bundle, 'utf8');
    assert.deepEqual([text.includes('require("https")'), text.includes('require("node:https")')], [true, false]);
  });

  it('asks STS by the proxy, whose refusal is no answer of STS, and the metadata service by none', async () => {
    const proxy = await ForwardingProxy.start();
    const env = { NODE_USE_ENV_PROXY: '1', NO_PROXY: '', no_proxy: '' };
    const urls = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, https_proxy: proxy.url, http_proxy: proxy.url };
    const place = { host: 'sts.example.test', protocol: 'HTTPS' };
    proxy.body = '{"Code":"NoPermission"}';
    try {
      for (const [status, code] of [
        [403, 'ProxyRefused'],
        [407, 'ProxyAuthenticationRequired'],
      ] as const) {
        proxy.conduct = status;
        assert.equal(await assume(place, { ...env, ...urls }), `{"kind":"stsUnreachable","code":"${code}"}\n`);
      }
      assert.deepEqual(proxy.hosts, ['sts.example.test:443', 'sts.example.test:443']);
      const there = JSON.stringify({ host: 'metadata.example.test', protocol: 'HTTP' });
      assert.match(await ask(`keyOfEcsRole('watcher', ${there})`, { ...env, ...urls }), /"metadataUnreachable"/);
      assert.equal(proxy.hosts.length, 2);
    } finally {
      await proxy.dispose();
    }
  });

  it('asks over https, and only whom the certificates of the machine vouch for', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject]);
    let calls = 0;
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      calls++;
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"Code":"NoPermission"}');
    });
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
    const place = { host: `localhost:${(server.address() as AddressInfo).port}`, protocol: 'HTTPS' };
    try {
      assert.match(await assume(place), /"stsUnreachable","code":"DEPTH_ZERO_SELF_SIGNED_CERT"/);
      assert.equal(calls, 0);
      assert.match(await assume(place, { NODE_EXTRA_CA_CERTS: cert }), /"refused","code":"NoPermission"/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
