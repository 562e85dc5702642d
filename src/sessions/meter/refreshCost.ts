import { callsOfRound } from './callCost';

/** The most calls an hour of a timer: a round for every interval, ten clients of one instance a call. */
export function callsPerHour(clientsOfInstances: readonly number[], intervalSeconds: number): number {
  return Math.ceil((callsOfRound(clientsOfInstances) * 3600) / intervalSeconds);
}
