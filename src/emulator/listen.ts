import type { AddressInfo, Server } from 'node:net';
import { LocalInstanceError } from './localInstanceError';

/** Listens on 127.0.0.1 alone; resolves with the port. Rejects with LocalInstanceError 'portInUse'. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new LocalInstanceError('portInUse', String(port))));
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
