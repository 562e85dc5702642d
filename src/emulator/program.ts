// `npm run --silent emulator -- [flags]`: the local instance as a program of its own.
import { parseArgs } from 'node:util';
import { parseFault } from './gateway/faults';
import { LocalInstance, type LocalInstanceOptions } from './localInstance';
import { sampleClients } from './sampleClients';

const FLAGS = {
  'api-port': { type: 'string' },
  'mqtt-port': { type: 'string' },
  'cache-ms': { type: 'string' },
  qps: { type: 'string' },
  'latency-ms': { type: 'string' },
  'clock-ahead-seconds': { type: 'string' },
  fault: { type: 'string', multiple: true },
  simulate: { type: 'string' },
} as const;

function readFlags(): { options: LocalInstanceOptions; simulate: number; aheadMs: number } {
  const { values } = parseArgs({ options: FLAGS });
  const number = (name: keyof typeof values, most: number): number => {
    const text = values[name] ?? '0';
    const value = Number(text);
    if (typeof text !== 'string' || !/^\d+$/.test(text) || value > most)
      throw new RangeError(`--${name} takes a whole number from 0 to ${most}`);
    return value;
  };
  const options = {
    apiPort: number('api-port', 65_535),
    mqttPort: number('mqtt-port', 65_535),
    ...(values['cache-ms'] === undefined ? {} : { cacheMs: number('cache-ms', 86_400_000) }),
    ...(values.qps === undefined ? {} : { qps: number('qps', 100_000) }),
    latencyMs: number('latency-ms', 600_000),
    faults: (values.fault ?? []).map(parseFault),
  };
  const aheadMs = number('clock-ahead-seconds', 86_400) * 1000;
  return { options, simulate: number('simulate', 10_000), aheadMs };
}

async function main(): Promise<void> {
  const { options, simulate, aheadMs } = readFlags();
  const instance = await LocalInstance.start(options, () => Date.now() + aheadMs);
  await instance.simulate(sampleClients(simulate));
  process.stdout.write(`${JSON.stringify(instance.info)}\n`);
  const end = (): void => void instance.dispose().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The local instance did not start'}\n`);
  process.exit(2);
});
