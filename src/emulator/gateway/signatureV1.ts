import { createHmac } from 'node:crypto';
import { canonicalQuery, encode } from './request';

/** The older RPC signature: base64(HMAC-SHA1(secret + '&', METHOD&%2F&sorted parameters)), `Signature` itself left out. */
export function signV1(method: string, parameters: readonly (readonly [string, string])[], secret: string): string {
  const signed = parameters.filter(([key]) => key !== 'Signature');
  const stringToSign = `${method}&%2F&${encode(canonicalQuery(signed))}`;
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
}
