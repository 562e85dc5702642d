import { Aedes, type AuthenticateError, type Client } from 'aedes';
import { createServer, type Server, type Socket } from 'node:net';
import { listen } from '../listen';
import { Connections } from './connections';
import type { DeviceTrace } from './deviceTrace';
import { refusalOf, type SignInRefusal } from './mqttSignIn';
import type { SessionTable } from './sessionTable';
import { mayUse } from './topicRules';

/** CONNACK return codes of MQTT 3.1.1, clause 3.2.2.3; for MQTT 5 the broker turns them into reason codes. */
const RETURN_CODES: Record<SignInRefusal, number> = {
  badClientId: 2,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
};

/** An MQTT 3.1.1 and 5 broker over TCP on 127.0.0.1 that signs clients in as ApsaraMQ does, and writes down what happens. */
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

  static async start(port: number, sessions: SessionTable, trace: DeviceTrace): Promise<MqttBroker> {
    const connections = new Connections(trace);
    const aedes = await Aedes.createBroker({
      authenticate: (client, username, password, done) => {
        const refusal = refusalOf(client.id, username, password?.toString());
        if (refusal === undefined) {
          connections.signedIn(client);
          done(null, true);
          return;
        }
        connections.refused(client, refusal === 'badClientId' ? 'invalid param' : 'not authorized');
        done(authenticateError(refusal), false);
      },
      authorizeSubscribe: (client, subscription, done) => {
        if (mayUse(subscription.topic)) done(null, subscription);
        else refuseTopic(connections, client, (error) => done(error));
      },
      authorizePublish: (client, { topic }, done) => {
        if (mayUse(topic)) done();
        else refuseTopic(connections, client, done);
      },
    });
    aedes.on('client', (client: Client) => connections.accepted(client));
    aedes.on('clientReady', (client: Client) => sessions.connected(client.id, client));
    aedes.on('keepaliveTimeout', (client: Client) => connections.blame(client, 'no heart'));
    // What its socket did is told by the socket; all else is a packet that makes no sense.
    aedes.on('clientError', (client: Client) => connections.blame(client, 'invalid param'));
    aedes.on('clientDisconnect', (client: Client) => {
      sessions.disconnected(client.id, client);
      if (!aedes.closed) connections.ended(client);
    });
    const server = createServer((socket) => {
      connections.follow(socket, () => client);
      const client = aedes.handle(socket);
    });
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

/** The service ends the connection for it. */
function refuseTopic(connections: Connections, client: Client | null, done: (error: Error) => void): void {
  if (client !== null) connections.blame(client, 'resource auth failed');
  done(new Error('not authorized'));
  // For MQTT 5 the broker would keep it open.
  client?.close();
}

function authenticateError(refusal: SignInRefusal): AuthenticateError {
  // aedes declares its codes as a const enum, which no isolated module can name.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the same numbers, by MQTT 3.1.1, 3.2.2.3
  const returnCode = RETURN_CODES[refusal] as AuthenticateError['returnCode'];
  return Object.assign(new Error(refusal), { returnCode });
}
