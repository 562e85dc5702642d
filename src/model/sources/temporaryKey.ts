import type { Credential } from '../credential';

/** A key that ends by itself; `expiresAt` in milliseconds since 1970. */
export interface TemporaryKey {
  readonly credential: Credential;
  readonly expiresAt: number;
}
