import { createHook } from 'node:async_hooks';

const OWN_FRAME = /apsaramq-mqtt\.apsaramq-mqtt-[\d.]+[\\/](dist[\\/]\w+\.js:\d+:\d+)/;
const FRAMES = 60;

/** Counts how often the extension's own code is woken: by a timer, a socket, a file, whatever it has begun itself. */
export class WakeUps {
  /** Of what the extension's code began: its kind and the place in the bundle. */
  private readonly begun = new Map<number, string>();
  private counts: Record<string, number> = {};

  constructor() {
    createHook({
      init: (asyncId, type) => this.note(asyncId, type),
      before: (asyncId) => this.count(asyncId),
      destroy: (asyncId) => void this.begun.delete(asyncId),
    }).enable();
  }

  take(): Record<string, number> {
    const counts = this.counts;
    this.counts = {};
    return counts;
  }

  private note(asyncId: number, type: string): void {
    if (type === 'PROMISE' || type === 'TickObject' || type === 'Microtask') return; // they run on within a wake-up
    const place = ownFrame();
    if (place !== undefined) this.begun.set(asyncId, `${type} ${place}`);
  }

  private count(asyncId: number): void {
    const name = this.begun.get(asyncId);
    if (name !== undefined) this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}

function ownFrame(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, ownFrame);
  Error.stackTraceLimit = before;
  return OWN_FRAME.exec(holder.stack ?? '')?.[1];
}
