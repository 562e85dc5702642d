import { MAX_CLIENT_IDS_PER_CALL } from '../../api/contract';

export const CLIENTS_PER_CALL = MAX_CLIENT_IDS_PER_CALL;

/** The calls of one round that asks the service's cache, given how many clients each instance is asked about. */
export function callsOfRound(clientsOfInstances: readonly number[]): number {
  return clientsOfInstances.reduce((sum, clients) => sum + Math.ceil(clients / CLIENTS_PER_CALL), 0);
}
