import type { LocalInstanceInfo } from './localInstance';
import type { LocalInstanceProblem } from './localInstanceError';
import type { SimulatedClient } from './sampleClients';

/** From the extension to the worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly simulate: readonly SimulatedClient[];
}

interface Failure {
  readonly reason: LocalInstanceProblem;
  readonly about: string;
}

/** From the worker to the extension. */
export type WorkerReply =
  | { readonly kind: 'started'; readonly info: LocalInstanceInfo }
  | { readonly kind: 'notStarted'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly id: number; readonly failure?: Failure };
