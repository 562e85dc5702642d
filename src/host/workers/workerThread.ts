import { Worker } from 'node:worker_threads';

const START_MS = 10_000;

/** Starts a thread of ours; its script says when it is ready. It keeps no process alive. */
export async function startWorker(script: string, mostMemoryMegabytes: number): Promise<Worker> {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: mostMemoryMegabytes } });
  worker.unref();
  if ((await replyOf(worker, START_MS)) === 'late') {
    void worker.terminate();
    throw new Error('the worker did not start');
  }
  return worker;
}

/** The next message of a worker. Rejects when it fails or ends instead. */
export function replyOf<R>(worker: Worker, limitMs: number): Promise<R | 'late'> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    };
    const onMessage = (reply: R): void => end(() => resolve(reply));
    const onError = (error: Error): void => end(() => reject(error));
    const onExit = (): void => end(() => reject(new Error('the worker ended')));
    const timer = setTimeout(() => end(() => resolve('late')), limitMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
