import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from '../../src/emulator/listen';

/** What the proxy does when it is asked for a tunnel: forwards, hangs, or refuses with a status. */
type ProxyConduct = 'forward' | 'hang' | number;

/** Where a host and port lead, such as `mqtt.example.test:443` to a port of 127.0.0.1; what is not named is refused. */
type Routes = Readonly<Record<string, number>>;

/** The clock of the proxy is that of nobody else. */
const DATE = 'Date: Thu, 01 Jan 2015 00:00:00 GMT\r\n';

/** A proxy that notes whom each request was for: tunnels for https (CONNECT); what comes over http is refused. */
export class ForwardingProxy {
  /** Whom each tunnel was asked for, such as `onsmqtt.cn-hangzhou.aliyuncs.com:443`; a request over http as `http://…`. */
  readonly hosts: string[] = [];
  conduct: ProxyConduct = 'forward';
  /** What it says besides where it refuses. */
  body = '<p>No</p>';
  /** Asks for this user's name and password, `user:password`. */
  login: string | undefined;
  private readonly sockets = new Set<Duplex>();
  private readonly server: Server;
  private port = 0;

  static async start(routes: Routes = {}): Promise<ForwardingProxy> {
    const proxy = new ForwardingProxy(routes);
    proxy.port = await listen(proxy.server, 0);
    return proxy;
  }

  private constructor(private readonly routes: Routes) {
    // Nothing of ours may come in the clear.
    this.server = createServer((incoming, response) => {
      this.hosts.push(incoming.url ?? '');
      response.writeHead(502).end();
    });
    this.server.on('connect', (incoming, socket, head) => this.tunnel(incoming, socket, head));
  }

  /** For the setting `http.proxy`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The same with `user:password`. */
  urlWith(login: string): string {
    return this.url.replace('//', `//${login}@`);
  }

  dispose(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const host = incoming.url ?? '';
    this.hosts.push(host);
    this.keep(socket);
    const refusal = this.refusalOf(incoming) ?? (host in this.routes ? undefined : 502);
    if (refusal === 'hang') return;
    if (refusal !== undefined)
      return void socket.end(`HTTP/1.1 ${refusal} No\r\n${DATE}${challenge(refusal)}\r\n${this.body}`);
    const target = connect(this.routes[host] ?? 0, '127.0.0.1');
    this.keep(target);
    target.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      joined(socket, target);
    });
  }

  private refusalOf({ headers }: IncomingMessage): number | 'hang' | undefined {
    if (this.conduct !== 'forward') return this.conduct;
    const expected = this.login === undefined ? undefined : `Basic ${Buffer.from(this.login).toString('base64')}`;
    return expected === undefined || headers['proxy-authorization'] === expected ? undefined : 407;
  }

  private keep(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.sockets.delete(socket));
  }
}

function challenge(status: number): string {
  return status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
}

function joined(one: Duplex, other: Socket): void {
  one.pipe(other).pipe(one);
  one.once('close', () => other.destroy());
  other.once('close', () => one.destroy());
}
