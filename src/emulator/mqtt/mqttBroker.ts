import { Aedes, type AuthenticateError, type Client } from 'aedes';
import { createServer, type Server, type Socket } from 'node:net';
import { listen } from '../listen';
import { refusalOf, type SignInRefusal } from './mqttSignIn';
import type { SessionTable } from './sessionTable';

/** CONNACK return codes of MQTT 3.1.1, clause 3.2.2.3; for MQTT 5 the broker turns them into reason codes. */
const RETURN_CODES: Record<SignInRefusal, number> = {
  badClientId: 2,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
};

/** An MQTT 3.1.1 and 5 broker over TCP on 127.0.0.1 that signs clients in as ApsaraMQ does. */
export class MqttBroker {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly aedes: Aedes,
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(port: number, sessions: SessionTable): Promise<MqttBroker> {
    const aedes = await Aedes.createBroker({
      authenticate: (client, username, password, done) => {
        const refusal = refusalOf(client.id, username, password?.toString());
        if (refusal === undefined) done(null, true);
        else done(authenticateError(refusal), false);
      },
    });
    aedes.on('clientReady', (client: Client) => sessions.connected(client.id, client));
    aedes.on('clientDisconnect', (client: Client) => sessions.disconnected(client.id, client));
    const server = createServer((socket) => aedes.handle(socket));
    return new MqttBroker(aedes, server, await listen(server, port));
  }

  dispose(): Promise<void> {
    return new Promise((resolve) => {
      this.aedes.close(() => {
        for (const socket of this.sockets) socket.destroy();
        this.server.close(() => resolve());
      });
    });
  }
}

function authenticateError(refusal: SignInRefusal): AuthenticateError {
  // aedes declares its codes as a const enum, which no isolated module can name.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the same numbers, by MQTT 3.1.1, 3.2.2.3
  const returnCode = RETURN_CODES[refusal] as AuthenticateError['returnCode'];
  return Object.assign(new Error(refusal), { returnCode });
}
