export const SAMPLE_GROUP_ID = 'GID_local';

export interface SimulatedClient {
  readonly clientId: string;
  readonly isOnline: boolean;
}

/** So many made-up devices, about three of five online. */
export function sampleClients(count: number): SimulatedClient[] {
  return Array.from({ length: count }, (_, at) => ({
    clientId: `${SAMPLE_GROUP_ID}@@@device-${String(at + 1).padStart(3, '0')}`,
    isOnline: (at * 3) % 5 < 3,
  }));
}
