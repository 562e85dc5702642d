import { createHash } from 'node:crypto';

/** A name that tells the accounts behind keys apart without naming them: a digest of the AccessKey ID. */
export function accountNameOf(accessKeyId: string): string {
  return createHash('sha256').update(accessKeyId).digest('hex').slice(0, 16);
}
