import { type Profiler, Session } from 'node:inspector/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const WINDOW_MS = 250;
const CALM_SHARE = 0.5;
const CALM_WINDOWS = 2;
/** Seldom enough that the profiler itself costs little. */
const SAMPLE_US = 5000;

/** Resolves when the process was busy for less than half of a half second. */
export async function calm(): Promise<void> {
  for (let calmWindows = 0; calmWindows < CALM_WINDOWS;) {
    const before = performance.eventLoopUtilization();
    await wait(WINDOW_MS);
    calmWindows = performance.eventLoopUtilization(before).utilization < CALM_SHARE ? calmWindows + 1 : 0;
  }
}

/** Bytes of the heap that are in use after a full collection. */
export async function collectedHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await calm(); // what waits for a collection to be freed is freed now
  }
  collect();
  return process.memoryUsage().heapUsed;
}

/** How long the extension's own code, or what it called, kept the processor busy: by the CPU profiler's samples. */
export class OwnTime {
  private readonly session = new Session();

  async start(): Promise<void> {
    this.session.connect();
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    await this.session.post('Profiler.start');
  }

  /** Resolves with milliseconds. */
  async end(): Promise<number> {
    const { profile } = await this.session.post('Profiler.stop');
    this.session.disconnect();
    const own = ownNodes(profile);
    const times = profile.timeDeltas ?? [];
    return (profile.samples ?? []).reduce((sum, node, at) => sum + (own.has(node) ? (times[at] ?? 0) : 0), 0) / 1000;
  }
}

/** The nodes of the call tree in the extension's bundles, and all below them. A parent comes before its children. */
function ownNodes({ nodes }: Profiler.Profile): Set<number> {
  const own = new Set<number>();
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.url.includes('/apsaramq-mqtt.apsaramq-mqtt-')) own.add(id);
    if (own.has(id)) for (const child of children) own.add(child);
  }
  return own;
}
