import { API_VERSION, CALLS_PER_SECOND, type Operation } from '../../api/contract';
import { LOCAL_DISABLED_KEY, LOCAL_KEY, LOCAL_LIMITED_KEY, LOCAL_STS_KEY } from '../localKeys';
import type { GatewayRequest } from './request';
import { ServiceError } from './serviceError';
import { signV1 } from './signatureV1';
import { coversRequest, readAuthorizationV3, signV3 } from './signatureV3';
import { SlidingWindow } from './slidingWindow';

const CLOCK_TOLERANCE_MS = 15 * 60_000;
const SECRETS = new Map(
  [LOCAL_KEY, LOCAL_STS_KEY, LOCAL_LIMITED_KEY, LOCAL_DISABLED_KEY].map((key) => [
    key.accessKeyId,
    key.accessKeySecret,
  ]),
);

export interface Admitted {
  readonly operation: Operation;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What both forms of signature say about a request. */
interface Claim extends Admitted {
  readonly version: string;
  readonly date: string;
  readonly nonce: string;
  readonly accessKeyId: string;
  readonly securityToken: string;
  readonly assertSignature: (secret: string) => void;
}

/** The gateway before the operations: action, clock, key, signature, nonce, rate and policy, in this order. */
export class Gatekeeper {
  private readonly nonces = new Map<string, number>();
  private readonly windows: Record<Operation, SlidingWindow>;

  constructor(
    private readonly now: () => number,
    /** Overrides the documented calls a second of every operation; 0 lifts the limit. */
    private readonly callsPerSecond: number | undefined,
  ) {
    this.windows = {
      BatchQuerySessionByClientIds: new SlidingWindow(now),
      QuerySessionByClientId: new SlidingWindow(now),
      ListGroupId: new SlidingWindow(now),
      ListInstances: new SlidingWindow(now),
      QueryMqttTraceDevice: new SlidingWindow(now),
    };
  }

  /** Lets a request in or throws the ServiceError the gateway would answer with. */
  admit(request: GatewayRequest): Admitted {
    const claim = request.headers['authorization'] === undefined ? claimV1(request) : claimV3(request);
    if (claim.version !== API_VERSION || !(claim.operation in CALLS_PER_SECOND))
      throw new ServiceError('InvalidAction.NotFound');
    const age = this.now() - Date.parse(claim.date);
    if (!(Math.abs(age) <= CLOCK_TOLERANCE_MS)) throw new ServiceError('InvalidTimeStamp.Expired');
    const secret = SECRETS.get(claim.accessKeyId);
    if (secret === undefined) throw new ServiceError('InvalidAccessKeyId.NotFound');
    if (claim.accessKeyId === LOCAL_DISABLED_KEY.accessKeyId) throw new ServiceError('InvalidAccessKeyId.Inactive');
    claim.assertSignature(secret);
    const token = claim.accessKeyId === LOCAL_STS_KEY.accessKeyId ? LOCAL_STS_KEY.securityToken : '';
    if (claim.securityToken !== token) throw new ServiceError('CheckAccountInfoFailed');
    this.useNonce(claim.nonce);
    const limit = this.callsPerSecond ?? CALLS_PER_SECOND[claim.operation] ?? 0;
    if (limit > 0 && !this.windows[claim.operation].take(limit)) throw new ServiceError('Throttling.Api');
    const isLimited = claim.accessKeyId === LOCAL_LIMITED_KEY.accessKeyId;
    if (isLimited && claim.operation !== 'BatchQuerySessionByClientIds') throw new ServiceError('Forbidden.RAM');
    return claim;
  }

  private useNonce(nonce: string): void {
    if (nonce === '') throw new ServiceError('MissingParameter', ' SignatureNonce');
    for (const [old, at] of this.nonces) {
      if (at > this.now() - 2 * CLOCK_TOLERANCE_MS) break;
      this.nonces.delete(old);
    }
    if (this.nonces.has(nonce)) throw new ServiceError('SignatureNonceUsed');
    this.nonces.set(nonce, this.now());
  }
}

function claimV3(request: GatewayRequest): Claim {
  const { headers } = request;
  const authorization = readAuthorizationV3(headers['authorization']);
  if (authorization === undefined) throw new ServiceError('SignatureDoesNotMatch');
  const { accessKeyId, signedHeaders, signature } = authorization;
  return {
    operation: (headers['x-acs-action'] ?? '') as Operation,
    version: headers['x-acs-version'] ?? '',
    date: headers['x-acs-date'] ?? '',
    nonce: headers['x-acs-signature-nonce'] ?? '',
    accessKeyId,
    securityToken: headers['x-acs-security-token'] ?? '',
    parameters: new Map([...request.query, ...formOf(request)]),
    assertSignature(secret) {
      const expected = signV3(request, signedHeaders, secret);
      if (signature === expected.signature && coversRequest(request, signedHeaders)) return;
      throw new ServiceError('SignatureDoesNotMatch', ` server StringToSign is [${expected.stringToSign}]`);
    },
  };
}

function claimV1(request: GatewayRequest): Claim {
  const pairs = [...request.query, ...formOf(request)];
  const parameters = new Map(pairs);
  const get = (key: string): string => parameters.get(key) ?? '';
  return {
    operation: get('Action') as Operation,
    version: get('Version'),
    date: get('Timestamp'),
    nonce: get('SignatureNonce'),
    accessKeyId: get('AccessKeyId'),
    securityToken: get('SecurityToken'),
    parameters,
    assertSignature(secret) {
      const isKnown = get('SignatureMethod') === 'HMAC-SHA1' && get('SignatureVersion') === '1.0';
      if (!isKnown || get('Signature') !== signV1(request.method, pairs, secret))
        throw new ServiceError('SignatureDoesNotMatch');
    },
  };
}

function formOf({ headers, body }: GatewayRequest): [string, string][] {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
    ? [...new URLSearchParams(body)]
    : [];
}
