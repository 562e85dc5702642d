import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { probe, type ProbeFindings } from '../../../src/api/probe';
import { OF_PRIVATE_CA, SELF_SIGNED } from './certificates';

const idle = new AbortController().signal;

/** Real loopback servers, over http and https. */
describe('a request without a key', () => {
  let server: Server | undefined;

  async function ask(listening: Server, protocol: 'HTTP' | 'HTTPS', deadlineMs = 5000, signal = idle) {
    server?.closeAllConnections();
    server?.close();
    server = listening;
    await new Promise<void>((up) => listening.listen(0, '127.0.0.1', up));
    const { port } = listening.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const { error, ...seen } = await probe({ host, protocol }, deadlineMs, signal);
    return { ...seen, code: error?.code, isOfHost: error === undefined || error.call.host === host };
  }
  const dated =
    (date: string): RequestListener =>
    (_, response) =>
      response.setHeader('date', date).writeHead(404).end();
  const aheadOf = (serverMs: number) => ask(createServer(dated(new Date(serverMs).toUTCString())), 'HTTP');

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('tells the clock of whoever answers, whatever the answer is, to a second', async () => {
    for (const [offset, ahead] of [
      [1_260_000, -1260],
      [-3_600_000, 3600],
      [0, 0],
    ] as const) {
      const { clockAheadSeconds, code } = await aheadOf(Date.now() + offset);
      assert.equal(code, undefined);
      assert.ok(Math.abs((clockAheadSeconds ?? NaN) - ahead) <= 1, `${clockAheadSeconds} for ${ahead}`);
    }
  });

  it('tells nothing of the clock of who sends no date, or nonsense', async () => {
    assert.equal((await ask(createServer(dated('yesterday')), 'HTTP')).clockAheadSeconds, undefined);
    server?.close();
    const silent = createServer((_, response) => {
      response.sendDate = false;
      response.end();
    });
    assert.equal((await ask(silent, 'HTTP')).clockAheadSeconds, undefined);
  });

  it('carries nothing but the host', async () => {
    let seen: IncomingMessage | undefined;
    const listening = createServer((request, response) => {
      seen = request;
      response.end();
    });
    await ask(listening, 'HTTP');
    assert.deepEqual(
      [seen?.method, seen?.url, Object.keys(seen?.headers ?? {}).sort()],
      ['GET', '/', ['connection', 'host']],
    );
  });

  it('says by which certificate it was put off', async () => {
    const codes: (string | undefined)[] = [];
    for (const { cert, key } of [
      SELF_SIGNED,
      OF_PRIVATE_CA,
      { ...OF_PRIVATE_CA, cert: `${OF_PRIVATE_CA.cert}\n${OF_PRIVATE_CA.ca}` },
    ]) {
      codes.push((await ask(createSecureServer({ cert, key }), 'HTTPS')).code);
      server?.close();
    }
    assert.deepEqual(codes, [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'SELF_SIGNED_CERT_IN_CHAIN',
    ]);
  });

  it('says that no TLS is spoken, that nobody listens, that the line was cut and that no answer came', async () => {
    const nothing: Omit<ProbeFindings, 'error' | 'isConnected'> & { isOfHost: boolean } = {
      address: undefined,
      tlsVersion: undefined,
      clockAheadSeconds: undefined,
      isOfHost: true,
    };
    assert.deepEqual(await ask(createServer(), 'HTTPS'), { ...nothing, isConnected: true, code: 'EPROTO' });
    const port = (server?.address() as AddressInfo).port;
    server?.closeAllConnections();
    await new Promise((down) => server?.close(down));
    const { error, isConnected } = await probe({ host: `127.0.0.1:${port}`, protocol: 'HTTP' }, 5000, idle);
    assert.deepEqual([error?.code, isConnected], ['ECONNREFUSED', false]);
    const cut = createServer((request) => request.socket.destroy());
    assert.deepEqual(await ask(cut, 'HTTP'), { ...nothing, isConnected: true, code: 'ECONNRESET' });
    server?.close();
    const hanging = await ask(
      createServer(() => undefined),
      'HTTP',
      50,
    );
    assert.deepEqual(hanging, { ...nothing, isConnected: true, code: 'Timeout' });
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    assert.equal(
      (
        await ask(
          createServer(() => cancel.abort()),
          'HTTP',
          5000,
          cancel.signal,
        )
      ).code,
      'Cancelled',
    );
  });

  it('tells the address that a name stands for', async () => {
    server = createServer((_, response) => response.end());
    await new Promise<void>((up) => server?.listen(0, 'localhost', up));
    const { port, address } = server.address() as AddressInfo;
    const found = await probe({ host: `localhost:${port}`, protocol: 'HTTP' }, 5000, idle);
    assert.deepEqual([found.address, found.error], [address, undefined]);
  });
});
