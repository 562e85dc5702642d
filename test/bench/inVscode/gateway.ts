import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalInstanceInfo } from '../../../src/emulator/localInstance';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess';

/** Stands before the local instance and notes its calls: how many came, and when the last answer left. */
export class Gateway {
  private readonly agent = new Agent({ keepAlive: true });
  calls = 0;
  /** Milliseconds since the epoch. */
  lastAnswerAt = 0;

  static async start(...flags: readonly string[]): Promise<Gateway> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Gateway(server, await startEmulator(...flags));
  }

  private constructor(
    private readonly server: Server,
    private readonly emulator: EmulatorProcess,
  ) {
    const { hostname, port } = new URL(`http://${emulator.info.apiEndpoint}`);
    server.on('request', (asked, answer) => {
      this.calls++;
      answer.once('finish', () => (this.lastAnswerAt = Date.now()));
      const { method, url, headers } = asked; // the host too stays as it was signed
      const passed = request({ agent: this.agent, hostname, port, path: url, method, headers }, (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      });
      passed.once('error', () => answer.destroy());
      asked.pipe(passed);
    });
  }

  get info(): LocalInstanceInfo {
    const { port } = this.server.address() as AddressInfo;
    return { ...this.emulator.info, apiEndpoint: `127.0.0.1:${port}` };
  }

  async dispose(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    this.agent.destroy();
    await this.emulator.end();
  }
}
