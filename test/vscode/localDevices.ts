import { connectAsync, type MqttClient } from 'mqtt';
import { createServer, type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';

export const LOCAL = 'mqtt-cn-local00001';
const PORT = 'localInstance.mqttPort';

/** Runs one of the extension's commands. */
export const command = <T = unknown>(name: string, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(`apsaramqMqtt.${name}`, argument);

/** A local instance on a known port, with a group of its own, and real MQTT devices that come and go. */
export class LocalDevices {
  private readonly connected = new Map<string, MqttClient>();

  private constructor(
    private readonly port: number,
    readonly group: string,
  ) {}

  static async start(group: string, clientIds: readonly string[]): Promise<LocalDevices> {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    const port = await freePort();
    await configure(port);
    await command('startLocalInstance');
    await command('setCredential', {
      name: 'local',
      accessKeyId: 'local-access-key-id',
      accessKeySecret: 'local-access-key-secret',
    });
    await command('addGroup', { instance: LOCAL, name: group });
    await command('addClients', { instance: LOCAL, group, clientIds });
    return new LocalDevices(port, group);
  }

  async connect(clientId: string): Promise<void> {
    const device = await connectAsync(`mqtt://127.0.0.1:${this.port}`, {
      clientId,
      ...signIn(clientId),
      reconnectPeriod: 0,
    });
    this.connected.set(clientId, device);
  }

  async disconnect(clientId: string): Promise<void> {
    await this.connected.get(clientId)?.endAsync();
    this.connected.delete(clientId);
  }

  async dispose(): Promise<void> {
    for (const clientId of [...this.connected.keys()]) await this.disconnect(clientId);
    await command('removeGroup', { instance: LOCAL, group: this.group });
    await command('stopLocalInstance');
    await configure(undefined);
  }
}

async function configure(port: number | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('apsaramqMqtt').update(PORT, port, vscode.ConfigurationTarget.Global);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
