import PQueue from 'p-queue';

/** The server's second is not ours: a call may take longer on its way than the next one, so leave 50 ms of room. */
const WINDOW_MS = 1050;
const CALLS_AT_A_TIME = 20;

/** Lets calls through at no more than so many in any second, whoever asks; the rest wait their turn. */
export class CallRate {
  private queue: PQueue;
  private wanted: number;

  constructor(private callsPerSecond: number) {
    this.wanted = callsPerSecond;
    this.queue = makeQueue(callsPerSecond);
  }

  /** Runs a call when its turn has come. */
  run<T>(call: () => Promise<T>): Promise<T> {
    if (this.wanted !== this.callsPerSecond && this.queue.size === 0) this.startAnew();
    return this.queue.add(call);
  }

  /** Holds for the calls that come after those that wait already. */
  setCallsPerSecond(callsPerSecond: number): void {
    this.wanted = callsPerSecond;
  }

  /** The new rate counts from a full window after the old one's last call. */
  private startAnew(): void {
    this.callsPerSecond = this.wanted;
    const queue = makeQueue(this.wanted);
    queue.pause();
    setTimeout(() => queue.start(), WINDOW_MS);
    this.queue = queue;
  }
}

function makeQueue(callsPerSecond: number): PQueue {
  return new PQueue({ concurrency: CALLS_AT_A_TIME, interval: WINDOW_MS, intervalCap: callsPerSecond, strict: true });
}
