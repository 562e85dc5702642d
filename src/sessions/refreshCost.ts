import { MAX_CLIENT_IDS_PER_CALL } from '../api/contract';

/** The most calls an hour of a timer: a round for every interval, ten clients of one instance a call. */
export function callsPerHour(clientsOfInstances: readonly number[], intervalSeconds: number): number {
  const round = clientsOfInstances.reduce((sum, clients) => sum + Math.ceil(clients / MAX_CLIENT_IDS_PER_CALL), 0);
  return Math.ceil((round * 3600) / intervalSeconds);
}
