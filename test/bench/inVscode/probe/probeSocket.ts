import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { inTime } from '../inTime';
import type { ProbeAnswers, ProbeReply, ProbeRequest } from './probe';

/** The probe in one window's extension host. */
export class Probe {
  private readonly asked = new Map<number, PromiseWithResolvers<unknown>>();
  private asks = 0;

  constructor(private readonly socket: Socket) {
    createInterface(socket).on('line', (line) => {
      const { id, value, error } = JSON.parse(line) as ProbeReply;
      const asked = this.asked.get(id);
      this.asked.delete(id);
      if (error === undefined) asked?.resolve(value);
      else asked?.reject(new Error(error));
    });
    socket.on('error', () => undefined); // the extension host has ended; 'close' follows
    socket.once('close', () => {
      for (const { reject } of this.asked.values()) reject(new Error('The extension host has ended'));
    });
  }

  ask<K extends keyof ProbeAnswers>(
    name: K,
    ...args: Parameters<ProbeAnswers[K]>
  ): Promise<Awaited<ReturnType<ProbeAnswers[K]>>> {
    const id = ++this.asks;
    const asked = Promise.withResolvers<unknown>();
    this.asked.set(id, asked);
    const request: ProbeRequest = { id, name, args };
    this.socket.write(`${JSON.stringify(request)}\n`);
    return inTime(asked.promise as Promise<Awaited<ReturnType<ProbeAnswers[K]>>>, `an answer to "${name}"`);
  }

  /** Ends its extension host. */
  async end(): Promise<void> {
    const gone = once(this.socket, 'close');
    await this.ask('end').catch(() => undefined);
    await inTime(gone, 'the end of an extension host');
  }
}

/** Where the probes call in, one for each window that opens. */
export class ProbeSocket {
  static async listen(): Promise<ProbeSocket> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new ProbeSocket(server);
  }

  private constructor(private readonly server: Server) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async next(): Promise<Probe> {
    const [socket] = (await inTime(once(this.server, 'connection'), 'a call of the probe')) as [Socket];
    return new Probe(socket);
  }

  dispose(): void {
    this.server.close();
  }
}
