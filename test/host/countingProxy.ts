import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { listen } from '../../src/emulator/listen';
import type { ServerIdentity } from './testAuthority';

/** A call of the OpenAPI as it went by. */
export interface SeenCall {
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly action: string;
  readonly accessKeyId: string;
  readonly clientIds: readonly string[];
  /** The answer's error code; empty for a call that succeeded, undefined while it is under way. */
  code: string | undefined;
}

/** Stands before an OpenAPI server of this machine and notes each call; what is signed, the Host header too, stays as it is. */
export class CountingProxy {
  readonly calls: SeenCall[] = [];
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server | TlsServer;
  port = 0;

  /** With an identity it speaks TLS. */
  static async start(target: string, identity?: ServerIdentity): Promise<CountingProxy> {
    const proxy = new CountingProxy(new URL(`http://${target}`), identity);
    proxy.port = await listen(proxy.server, 0);
    return proxy;
  }

  private constructor(
    private readonly target: URL,
    identity: ServerIdentity | undefined,
  ) {
    const pass = (incoming: IncomingMessage, response: ServerResponse) => this.pass(incoming, response);
    this.server = identity === undefined ? createServer(pass) : createTlsServer(identity, pass);
  }

  /** Where an instance is asked whose calls are to be noted. */
  get endpoint(): string {
    return `127.0.0.1:${this.port}`;
  }

  dispose(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private pass(incoming: IncomingMessage, response: ServerResponse): void {
    const call = seen(incoming);
    this.calls.push(call);
    const { hostname, port } = this.target;
    const { method, url: path, headers } = incoming;
    const forwarded = request({ hostname, port, method, path, headers, agent: this.agent });
    incoming.pipe(forwarded);
    forwarded.once('error', () => response.destroy());
    forwarded.once('response', (answer) => void this.answer(call, answer, response));
  }

  private async answer(call: SeenCall, answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(answer);
    call.code = (JSON.parse(body) as { Code?: string }).Code ?? '';
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
  }
}

function seen({ url, headers }: IncomingMessage): SeenCall {
  const parameters = [...new URL(url ?? '/', 'http://127.0.0.1').searchParams];
  return {
    at: Date.now(),
    action: String(headers['x-acs-action']),
    accessKeyId: /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '',
    clientIds: parameters.filter(([name]) => /^ClientId(List\.\d+)?$/.test(name)).map(([, value]) => value),
    code: undefined,
  };
}
