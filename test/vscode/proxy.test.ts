import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { OpenApiClient } from '../../src/api/openApiClient';
import { probe } from '../../src/api/probe';
import { read, send } from '../../src/api/transport';
import { assumeRole, keyOfEcsRole } from '../../src/host/sources/roleSdk';
import type { ApiError } from '../../src/model/apiError';
import type { Instance } from '../../src/model/inventory/inventory';
import type { SourceError } from '../../src/model/sources/sourceError';
import { command, LOCAL, LocalDevices } from './localDevices';
import { CompanyNetwork, HOST, setHttp } from './companyNetwork';

interface Result {
  status: string;
  error?: { code: string; message: string };
}
const ONE = 'GID_proxied@@@board-1';
const KEY = { accessKeyId: 'local-access-key-id', accessKeySecret: 'local-access-key-secret' };
const PASSWORD = 'planted-proxy-password';
const NO_SUCH_HOST = /^(ENOTFOUND|EAI_AGAIN)$/;

describe('calls behind a proxy', () => {
  let devices: LocalDevices;
  let network: CompanyNetwork;
  let direct: string;

  before(async () => {
    devices = await LocalDevices.start('Proxied', [ONE]);
    await devices.connect(ONE);
    direct = await localEndpoint();
    network = await CompanyNetwork.start(direct);
  });
  beforeEach(() => network.reset());
  after(async () => {
    await network.dispose();
    await devices.dispose();
  });

  /** Asks about the one client at an endpoint, in real time; answers with its status, or the code of the failure. */
  async function askAt(endpoint: string): Promise<string> {
    const { status, error } = await lookUpAt(endpoint);
    return error?.code ?? status;
  }
  async function lookUpAt(endpoint: string): Promise<Result> {
    await command('editInstance', { instance: LOCAL, endpoint });
    const [result] = await command<Result[]>('lookUpClients', { instance: LOCAL, clientIds: [ONE], verify: true });
    return result ?? assert.fail('no result');
  }

  it('go by http.proxy, which sees a tunnel and nothing of what goes through it', async () => {
    await setHttp('proxy', network.proxy.url);
    assert.equal(await askAt(HOST.extra), 'online');
    assert.deepEqual([network.tunnels, network.callCount], [[`${HOST.extra}:443`], 1]);
  });

  for (const support of ['on', 'fallback', 'override']) {
    it(`go by http.proxy where http.proxySupport is ${support}`, async () => {
      await setHttp('proxy', network.proxy.url);
      await setHttp('proxySupport', support);
      assert.equal(await askAt(HOST.extra), 'online');
      assert.deepEqual(network.tunnels, [`${HOST.extra}:443`]);
    });
  }

  it('go by none where http.proxySupport is off', async () => {
    await setHttp('proxy', network.proxy.url);
    await setHttp('proxySupport', 'off');
    assert.match(await askAt(HOST.extra), NO_SUCH_HOST);
    assert.deepEqual(network.tunnels, []);
  });

  it('go by none to a host that http.noProxy names', async () => {
    await setHttp('proxy', network.proxy.url);
    await setHttp('noProxy', [HOST.extra]);
    assert.match(await askAt(HOST.extra), NO_SUCH_HOST);
    assert.deepEqual(network.tunnels, []);
  });

  it('go by none to this machine, whatever it is called: a local instance works, and no proxy reads along', async () => {
    await setHttp('proxy', network.proxy.url);
    const port = new URL(`http://${direct}`).port;
    assert.deepEqual([await askAt(direct), await askAt(`localhost:${port}`)], ['online', 'online']);
    for (const other of ['127.0.0.2', '[::1]'])
      assert.match(await askAt(`${other}:${port}`), /^(ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT)$/);
    assert.deepEqual(network.proxy.hosts, []);
  });

  describe('whose server shows a certificate of a private authority', () => {
    it('fail where nobody vouches for it', async () => {
      await setHttp('proxy', network.proxy.url);
      assert.equal(await askAt(HOST.nobody), 'SELF_SIGNED_CERT_IN_CHAIN');
      assert.equal(network.callCount, 0);
    });

    it('succeed with one that NODE_EXTRA_CA_CERTS names, with and without the system', async () => {
      await setHttp('proxy', network.proxy.url);
      await setHttp('systemCertificates', false);
      assert.equal(await askAt(HOST.extra), 'online');
    });

    it("succeed with one of the system's, unless http.systemCertificates is off", async function () {
      // Only there it is known where the system's certificates are read: elsewhere they are the desktop's own.
      if (process.platform !== 'linux' || vscode.env.uiKind !== vscode.UIKind.Web) return this.skip();
      await setHttp('proxy', network.proxy.url);
      assert.equal(await askAt(HOST.system), 'online');
      await setHttp('systemCertificates', false);
      assert.equal(await askAt(HOST.system), 'SELF_SIGNED_CERT_IN_CHAIN');
    });
  });

  describe('that asks for a password', () => {
    it('are refused without one', async () => {
      network.proxy.login = `me:${PASSWORD}`;
      await setHttp('proxy', network.proxy.url);
      assert.equal(await askAt(HOST.extra), 'ProxyAuthenticationRequired');
      assert.deepEqual([network.callCount, network.tunnels.length], [0, 1]);
    });

    it('go through with the one in http.proxy', async () => {
      network.proxy.login = `me:${PASSWORD}`;
      await setHttp('proxy', network.proxy.urlWith(`me:${PASSWORD}`));
      assert.equal(await askAt(HOST.extra), 'online');
    });

    it('never show it', async () => {
      network.proxy.login = 'me:another';
      await setHttp('proxy', network.proxy.urlWith(`me:${PASSWORD}`));
      const refused = await lookUpAt(HOST.extra);
      await setHttp('proxy', `http://me:${PASSWORD}@127.0.0.1:1`);
      const lost = await lookUpAt(HOST.extra);
      assert.deepEqual([refused.error?.code, lost.error?.code], ['ProxyAuthenticationRequired', 'ProxyUnreachable']);
      assert.equal(JSON.stringify([refused, lost]).includes(PASSWORD), false);
    });
  });

  describe('that does not do its part', () => {
    for (const status of [403, 502])
      it(`say that it refuses, when it answers ${status}`, async () => {
        network.proxy.conduct = status;
        await setHttp('proxy', network.proxy.url);
        assert.equal(await askAt(HOST.extra), 'ProxyRefused');
        assert.equal(network.tunnels.length, 1);
      });

    it("take nothing that it says for the service's answer", async () => {
      network.proxy.conduct = 203;
      network.proxy.body = JSON.stringify({ RequestId: 'FORGED', OnlineStatus: false });
      await setHttp('proxy', network.proxy.url);
      assert.equal(await askAt(HOST.extra), 'ProxyRefused');
    });

    it('say that it cannot be reached, when nobody listens', async () => {
      await setHttp('proxy', 'http://127.0.0.1:1');
      assert.equal(await askAt(HOST.extra), 'ProxyUnreachable');
    });

    it('end at their deadline, when it hangs', async () => {
      network.proxy.conduct = 'hang';
      await setHttp('proxy', network.proxy.url);
      const client = new OpenApiClient({
        credential: () => Promise.resolve(KEY),
        destination: () => ({ kind: 'ok', host: HOST.extra, protocol: 'HTTPS' }),
        loadSdk: () => import('../../src/api/openApiSdk'),
        deadlineMs: 500,
      });
      const asked = client.querySession({ instanceId: LOCAL, credential: 'local' }, ONE, new AbortController().signal);
      await assert.rejects(asked, ({ kind }: ApiError) => kind === 'timeout');
      assert.deepEqual(network.tunnels, [`${HOST.extra}:443`]);
    });
  });

  it('are no different from whatever else is sent by the same transport', async () => {
    await setHttp('proxy', network.proxy.url);
    const answer = await send(`https://${HOST.extra}/`);
    const body = await read(answer, 'utf8');
    assert.match(String(body), /"Code"/);
    assert.deepEqual(network.tunnels, [`${HOST.extra}:443`]);
    network.proxy.conduct = 403;
    await assert.rejects(send(`https://${HOST.extra}/`), { code: 'ProxyRefused' });
  });

  describe('have company on their way:', () => {
    const look = (host: string) => probe({ host, protocol: 'HTTPS' }, 5000, new AbortController().signal);
    const ROLE = { arn: 'acs:ram::1:role/r', sessionName: 's', durationSeconds: 900, externalId: undefined };
    const assume = (host: string) =>
      assumeRole(KEY, { ...ROLE, sts: { host, protocol: 'HTTPS' } }).then(
        () => assert.fail('there is a key'),
        (error: unknown) => (error as SourceError).problem,
      );

    for (const support of ['on', 'fallback', 'override']) {
      it(`a diagnosis and STS go by the same proxy where http.proxySupport is ${support}`, async () => {
        await setHttp('proxy', network.proxy.url);
        await setHttp('proxySupport', support);
        const { clockAheadSeconds, ...found } = await look(HOST.extra);
        const expected = { address: undefined, tlsVersion: 'TLSv1.3', isConnected: true, error: undefined };
        assert.deepEqual(found, expected);
        assert.ok(Math.abs(clockAheadSeconds ?? NaN) <= 1, String(clockAheadSeconds));
        assert.equal((await assume(HOST.extra)).kind, 'refused');
        assert.deepEqual(network.tunnels, [`${HOST.extra}:443`, `${HOST.extra}:443`]);
        assert.equal(network.callCount, 2);
      });
    }

    for (const [status, code] of [
      [403, 'ProxyRefused'],
      [407, 'ProxyAuthenticationRequired'],
    ] as const)
      it(`nothing that a proxy says with ${status} is the clock, the TLS or an answer of who was asked`, async () => {
        network.proxy.conduct = status;
        network.proxy.body = '{"Code":"NoPermission"}';
        await setHttp('proxy', network.proxy.url);
        const { error, ...found } = await look(HOST.extra);
        const nothing = { address: undefined, tlsVersion: undefined, clockAheadSeconds: undefined, isConnected: false };
        assert.deepEqual([found, error?.kind, error?.code], [nothing, 'network', code]);
        assert.deepEqual(await assume(HOST.extra), { kind: 'stsUnreachable', code });
      });

    it('a proxy that nobody runs is told as such', async () => {
      await setHttp('proxy', 'http://127.0.0.1:1');
      assert.equal((await look(HOST.extra)).error?.code, 'ProxyUnreachable');
      assert.deepEqual(await assume(HOST.extra), { kind: 'stsUnreachable', code: 'ProxyUnreachable' });
    });

    it('one that hangs keeps neither longer than its deadline', async () => {
      network.proxy.conduct = 'hang';
      await setHttp('proxy', network.proxy.url);
      const { error } = await probe({ host: HOST.extra, protocol: 'HTTPS' }, 300, new AbortController().signal);
      assert.equal(error?.code, 'Timeout');
    });

    it('none reads what the metadata service of an ECS instance says: it is asked for no key over http', async () => {
      await setHttp('proxy', network.proxy.url);
      for (const support of ['on', 'override'])
        for (const host of ['127.0.0.2:1', 'metadata.example.test']) {
          await setHttp('proxySupport', support);
          const place = { host, protocol: 'HTTP' } as const;
          const asked = keyOfEcsRole('watcher', place).then(
            () => assert.fail('there is a key'),
            (error: unknown) => (error as SourceError).problem,
          );
          const { kind, ...more } = await asked;
          assert.equal(kind, 'metadataUnreachable');
          assert.match(JSON.stringify(more), /ECONNREFUSED|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|Timeout/);
          await probe(place, 2000, new AbortController().signal);
        }
      assert.deepEqual(
        network.proxy.hosts.filter((host) => host.startsWith('http:')),
        [],
      );
      assert.deepEqual(network.tunnels, []);
    });
  });
});

async function localEndpoint(): Promise<string> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { instances } = JSON.parse(await readFile(path, 'utf8')) as { instances: Instance[] };
  return instances.find(({ instanceId }) => instanceId === LOCAL)?.endpoint ?? '';
}
