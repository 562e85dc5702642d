import { createHash, createHmac } from 'node:crypto';
import { canonicalQuery, type GatewayRequest } from './request';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export interface AuthorizationV3 {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`; undefined for anything else. */
export function readAuthorizationV3(header: string | undefined): AuthorizationV3 | undefined {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
    header ?? '',
  );
  if (match === null) return undefined;
  const [, accessKeyId = '', names = '', signature = ''] = match;
  return { accessKeyId, signedHeaders: names.split(';'), signature };
}

/** The string to sign and its signature, as "V3 request structure and signature" of the vendor has it. */
export function signV3(
  request: GatewayRequest,
  signedHeaders: readonly string[],
  secret: string,
): { stringToSign: string; signature: string } {
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join('');
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    headers,
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  const stringToSign = `${ALGORITHM}\n${sha256(canonical)}`;
  return { stringToSign, signature: createHmac('sha256', secret).update(stringToSign).digest('hex') };
}

/** True when every header that must be signed is, and the body is the one that was hashed. */
export function coversRequest(request: GatewayRequest, signedHeaders: readonly string[]): boolean {
  const needed = Object.keys(request.headers).filter(
    (name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'),
  );
  return (
    needed.every((name) => signedHeaders.includes(name)) &&
    request.headers['x-acs-content-sha256'] === sha256(request.body)
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
