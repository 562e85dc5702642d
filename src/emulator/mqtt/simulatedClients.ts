import { connectAsync, type MqttClient } from 'mqtt';
import { clientIdProblem } from '../../model/clientIds/clientId';
import { LocalInstanceError } from '../localInstanceError';
import { signIn } from './mqttSignIn';
import type { SimulatedClient } from '../sampleClients';
import type { SessionTable } from './sessionTable';

/** Devices that are really connected to the broker, over TCP. */
export class SimulatedClients {
  private readonly clients = new Map<string, MqttClient>();

  constructor(
    private readonly mqttUrl: string,
    private readonly sessions: SessionTable,
  ) {}

  /** Connects or disconnects devices; resolves once the broker's session table says so. */
  async simulate(wanted: readonly SimulatedClient[]): Promise<void> {
    await Promise.all(
      wanted.map(({ clientId, isOnline }) => (isOnline ? this.connect(clientId) : this.disconnect(clientId))),
    );
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.endAsync(true)));
    this.clients.clear();
  }

  private async connect(clientId: string): Promise<void> {
    if (clientIdProblem(clientId) !== undefined) throw new LocalInstanceError('badClient', clientId);
    if (this.clients.has(clientId)) return;
    const client = await connectAsync(this.mqttUrl, {
      clientId,
      ...signIn(clientId),
      reconnectPeriod: 0,
      connectTimeout: 5000,
    });
    this.clients.set(clientId, client);
    client.once('close', () => {
      if (this.clients.get(clientId) === client) this.clients.delete(clientId);
    });
    await this.until(clientId, true);
  }

  private async disconnect(clientId: string): Promise<void> {
    const client = this.clients.get(clientId);
    this.clients.delete(clientId);
    if (client === undefined) return;
    await client.endAsync();
    await this.until(clientId, false);
  }

  private until(clientId: string, isOnline: boolean): Promise<void> {
    if (this.sessions.isOnline(clientId) === isOnline) return Promise.resolve();
    return new Promise((resolve) => {
      const subscription = this.sessions.onDidChange((changed) => {
        if (changed !== clientId || this.sessions.isOnline(clientId) !== isOnline) return;
        subscription.dispose();
        resolve();
      });
    });
  }
}
