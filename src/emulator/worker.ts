// The worker thread of the local instance: broker and OpenAPI away from the editor's own loop.
import { parentPort, workerData } from 'node:worker_threads';
import { LocalInstance, type LocalInstanceOptions } from './localInstance';
import { LocalInstanceError } from './localInstanceError';
import type { WorkerReply, WorkerRequest } from './messages';

const reply = (message: WorkerReply): void => parentPort?.postMessage(message);

function failureOf(error: unknown): { reason: LocalInstanceError['reason']; about: string } {
  return error instanceof LocalInstanceError
    ? { reason: error.reason, about: error.about }
    : { reason: 'didNotStart', about: '' };
}

async function main(): Promise<void> {
  const instance = await LocalInstance.start(workerData as LocalInstanceOptions);
  parentPort?.on('message', ({ id, simulate }: WorkerRequest) => {
    instance.simulate(simulate).then(
      () => reply({ kind: 'done', id }),
      (error: unknown) => reply({ kind: 'done', id, failure: failureOf(error) }),
    );
  });
  reply({ kind: 'started', info: instance.info });
}

main().catch((error: unknown) => {
  reply({ kind: 'notStarted', failure: failureOf(error) });
});
