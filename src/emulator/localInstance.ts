import type { Fault } from './gateway/faults';
import { Gatekeeper } from './gateway/gatekeeper';
import { LOCAL_INSTANCE_ID, LOCAL_KEY } from './localKeys';
import { DeviceTrace } from './mqtt/deviceTrace';
import { MqttBroker } from './mqtt/mqttBroker';
import { OpenApiServer } from './gateway/openApiServer';
import { Operations } from './gateway/operations';
import type { SimulatedClient } from './sampleClients';
import { SessionTable } from './mqtt/sessionTable';
import { SimulatedClients } from './mqtt/simulatedClients';

export interface LocalInstanceOptions {
  /** 0 or nothing for any free port. */
  readonly apiPort?: number;
  readonly mqttPort?: number;
  /** How old a batch answer may be, in milliseconds. */
  readonly cacheMs?: number;
  /** Calls a second of every operation instead of the documented ones; 0 for no limit. */
  readonly qps?: number | undefined;
  readonly latencyMs?: number;
  readonly faults?: readonly Fault[];
}

/** Where a local instance is and how to ask it. */
export interface LocalInstanceInfo {
  readonly apiEndpoint: string;
  readonly mqttUrl: string;
  readonly instanceId: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

const DEFAULT_CACHE_MS = 1000;

/** A real MQTT broker with a faithful copy of the OpenAPI in front of it, on 127.0.0.1. */
export class LocalInstance {
  private constructor(
    readonly info: LocalInstanceInfo,
    private readonly broker: MqttBroker,
    private readonly server: OpenApiServer,
    private readonly simulated: SimulatedClients,
  ) {}

  /** Starts both servers. Rejects with LocalInstanceError, and then nothing is left listening. */
  static async start(options: LocalInstanceOptions = {}, now: () => number = Date.now): Promise<LocalInstance> {
    const sessions = new SessionTable();
    const trace = new DeviceTrace(now);
    const broker = await MqttBroker.start(options.mqttPort ?? 0, sessions, trace);
    const server = new OpenApiServer({
      gatekeeper: new Gatekeeper(now, options.qps),
      operations: new Operations(sessions, trace, now, () => options.cacheMs ?? DEFAULT_CACHE_MS),
      latencyMs: options.latencyMs ?? 0,
      faults: options.faults ?? [],
      now,
    });
    try {
      const apiPort = await server.start(options.apiPort ?? 0);
      const mqttUrl = `mqtt://127.0.0.1:${broker.port}`;
      const info = {
        apiEndpoint: `127.0.0.1:${apiPort}`,
        mqttUrl,
        instanceId: LOCAL_INSTANCE_ID,
        accessKeyId: LOCAL_KEY.accessKeyId,
        accessKeySecret: LOCAL_KEY.accessKeySecret,
      };
      return new LocalInstance(info, broker, server, new SimulatedClients(mqttUrl, sessions));
    } catch (error) {
      await broker.dispose();
      throw error;
    }
  }

  /** How many calls came in, by operation or error code. */
  get counts(): ReadonlyMap<string, number> {
    return this.server.counts;
  }

  /** Connects or disconnects simulated clients, over real MQTT. */
  simulate(clients: readonly SimulatedClient[]): Promise<void> {
    return this.simulated.simulate(clients);
  }

  async dispose(): Promise<void> {
    await this.simulated.dispose();
    await Promise.all([this.broker.dispose(), this.server.dispose()]);
  }
}
