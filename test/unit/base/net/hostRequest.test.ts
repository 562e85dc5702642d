import assert from 'node:assert/strict';
import https, { Agent, createServer } from 'node:https';
import { probe } from '../../../../src/api/probe';
import { send } from '../../../../src/api/transport';
import { openRequest } from '../../../../src/base/net/hostRequest';
import { listen } from '../../../../src/emulator/listen';
import { TestAuthority } from '../../../host/testAuthority';

const { request: requestOverTls, globalAgent } = https;

/** As VS Code's: gives its agent to who brings none, and leaves alone who brings one. */
function wrapHttps(agent: Agent): void {
  https.request = ((options: https.RequestOptions) =>
    requestOverTls(options.agent === undefined ? { ...options, agent } : options)) as typeof https.request;
}

/** Never comes to a socket, as where a proxy hangs. */
class HangingAgent extends Agent {
  addRequest(): void {
    // Nothing comes.
  }
}

describe('a request as the host would make it', () => {
  const url = 'https://mqtt.example.test/';
  afterEach(() => {
    https.request = requestOverTls;
  });

  it('ends at its deadline and by its signal also where the proxy hangs', async () => {
    wrapHttps(new HangingAgent());
    const ask = (deadlineMs: number, signal?: AbortSignal) =>
      openRequest(url, { deadlineMs, ...(signal && { signal }) });
    const cancel = new AbortController();
    const late = assert.rejects(ask(30).answer, { name: 'RequestTimeoutError' });
    const cancelled = assert.rejects(ask(60_000, cancel.signal).answer, { name: 'AbortError' });
    cancel.abort();
    await Promise.all([late, cancelled]);
    await assert.rejects(ask(60_000, AbortSignal.abort()).answer, { name: 'AbortError' });
    const { error } = await probe({ host: 'mqtt.example.test', protocol: 'HTTPS' }, 30, cancel.signal);
    assert.equal(error?.code, 'Cancelled');
    const { error: slow } = await probe(
      { host: 'mqtt.example.test', protocol: 'HTTPS' },
      30,
      new AbortController().signal,
    );
    assert.equal(slow?.code, 'Timeout');
  });

  it('bears more than one error', async () => {
    wrapHttps(new HangingAgent());
    const { request, answer } = openRequest(url, { deadlineMs: 60_000 });
    for (const code of ['EPIPE', 'ECONNRESET']) request.emit('error', Object.assign(new Error(code), { code }));
    await assert.rejects(answer, { code: 'EPIPE' });
    request.destroy();
    request.emit('close');
  });

  it('alone has a connection of its own: address and TLS are told anew where a connection is open already', async () => {
    const authority = TestAuthority.create('own');
    let connections = 0;
    const server = createServer(authority.issue('localhost'), (_, response) => response.end());
    server.on('secureConnection', () => connections++);
    const host = `localhost:${await listen(server, 0)}`;
    globalAgent.options.ca = authority.certificate;
    try {
      for (let calls = 0; calls < 2; calls++) {
        const answer = await send(`https://${host}/`);
        await new Promise((end) => answer.resume().once('end', end));
        await new Promise(setImmediate);
      }
      assert.equal(connections, 1);
      for (const expected of [2, 3]) {
        const found = await probe({ host, protocol: 'HTTPS' }, 5000, new AbortController().signal);
        assert.deepEqual([found.tlsVersion, found.error], ['TLSv1.3', undefined]);
        assert.match(found.address ?? '', /^(127\.0\.0\.1|::1)$/);
        assert.equal(connections, expected);
      }
    } finally {
      delete globalAgent.options.ca;
      globalAgent.destroy();
      server.closeAllConnections();
      server.close();
    }
  });
});
