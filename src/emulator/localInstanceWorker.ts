import { Worker } from 'node:worker_threads';
import { Emitter } from '../base/event';
import type { LocalInstanceInfo, LocalInstanceOptions } from './localInstance';
import { LocalInstanceError } from './localInstanceError';
import type { WorkerReply, WorkerRequest } from './messages';
import type { SimulatedClient } from './sampleClients';

const START_MS = 20_000;

/** The local instance in a worker thread, as the extension holds it. */
export class LocalInstanceWorker {
  private readonly exited = new Emitter<void>();
  private readonly pending = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  private lastId = 0;
  /** Fires when the worker ended, for whatever reason. */
  readonly onDidExit = this.exited.event;

  private constructor(
    private readonly worker: Worker,
    readonly info: LocalInstanceInfo,
  ) {
    worker.on('message', (reply: WorkerReply) => this.settle(reply));
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      for (const { reject } of this.pending.values()) reject(new LocalInstanceError('stopped'));
      this.exited.fire();
    });
  }

  /** Starts the worker script with its options. Rejects with LocalInstanceError, at the latest after 20 s. */
  static start(script: string, options: LocalInstanceOptions): Promise<LocalInstanceWorker> {
    const worker = new Worker(script, { workerData: options });
    return new Promise((resolve, reject) => {
      const give = (error: LocalInstanceError): void => {
        clearTimeout(timer);
        void worker.terminate();
        reject(error);
      };
      const timer = setTimeout(() => give(new LocalInstanceError('didNotStart')), START_MS);
      worker.once('error', () => give(new LocalInstanceError('didNotStart')));
      worker.once('message', (reply: WorkerReply) => {
        if (reply.kind !== 'started') {
          give(failureOf(reply));
          return;
        }
        clearTimeout(timer);
        resolve(new LocalInstanceWorker(worker, reply.info));
      });
    });
  }

  /** Connects or disconnects simulated clients; resolves once the broker says so. */
  simulate(simulate: readonly SimulatedClient[]): Promise<void> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.postMessage({ id, simulate } satisfies WorkerRequest);
    });
  }

  async dispose(): Promise<void> {
    await this.worker.terminate();
  }

  private settle(reply: WorkerReply): void {
    if (reply.kind !== 'done') return;
    const waiting = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (reply.failure === undefined) waiting?.resolve();
    else waiting?.reject(new LocalInstanceError(reply.failure.reason, reply.failure.about));
  }
}

function failureOf(reply: WorkerReply): LocalInstanceError {
  return reply.kind === 'notStarted'
    ? new LocalInstanceError(reply.failure.reason, reply.failure.about)
    : new LocalInstanceError('didNotStart');
}
