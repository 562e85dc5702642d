import assert from 'node:assert/strict';
import http, { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import httpx from 'httpx';
import { read, send } from '../../../src/api/transport';
import { sendThroughHost } from '../../../src/api/vendorTransport';
import { listen } from '../../../src/emulator/listen';
import { TestAuthority } from '../../host/testAuthority';

describe('the transport below the SDK', () => {
  let server: Server | undefined;

  async function serve(answer: RequestListener): Promise<string> {
    server = createServer(answer);
    return `http://127.0.0.1:${await listen(server, 0)}`;
  }
  const echo: RequestListener = (request, response) => {
    request.pipe(response.writeHead(200, { 'x-asked': `${request.method} ${request.url}` }));
  };
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  it('sends method, path, query and body, and reads text or bytes', async () => {
    const url = `${await serve(echo)}/a?b=%40%27c`;
    const answer = await send(url, { method: 'POST', data: 'body' });
    assert.deepEqual([answer.headers['x-asked'], await read(answer, 'utf8')], ['POST /a?b=%40%27c', 'body']);
    assert.deepEqual(await read(await send(url, { method: 'POST', data: Buffer.from('x') })), Buffer.from('x'));
  });

  it('is what the vendor’s libraries send with', () => {
    sendThroughHost();
    assert.deepEqual([httpx.request, httpx.read], [send, read]);
  });

  it('asks this machine itself, although `http.request` is somebody else’s', async () => {
    const url = await serve(echo);
    const { request } = http;
    http.request = () => assert.fail('wrapped');
    try {
      assert.equal((await send(url)).statusCode, 200);
    } finally {
      http.request = request;
    }
  });

  it('bounds the whole request by the first time that is given', async () => {
    const url = await serve(() => undefined);
    const late = { name: 'RequestTimeoutError' };
    await assert.rejects(send(url, { readTimeout: 30, connectTimeout: 60_000 }), late);
    await assert.rejects(send(url, { timeout: 30 }), late);
  });

  it('closes the connection of what is late in the middle of its answer', async () => {
    const url = await serve((_, response) => response.writeHead(200).write('half'));
    await assert.rejects(read(await send(url, { timeout: 100 })));
  });

  it('trusts no certificate that nobody vouches for, whatever options come along', async () => {
    const tls = createTlsServer(TestAuthority.create('nobody').issue('localhost'), echo);
    const url = `https://localhost:${await listen(tls, 0)}/`;
    const options = { method: 'GET', rejectUnauthorized: false, ca: '' };
    await assert.rejects(send(url, options), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    tls.close();
  });
});
