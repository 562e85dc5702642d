/** Where a failure came from: the service's own answer, or what kept us from one. */
export type ApiErrorKind =
  | 'service'
  | 'timeout'
  | 'network'
  | 'notJson'
  | 'wrongShape'
  | 'missingCredential'
  /** The key comes from a profile, the environment or a command, and none came: a SourceError says why. */
  | 'source'
  /** A workspace names the instance, and the person has bound no key to it. */
  | 'unbound'
  /** A workspace names the client under an instance of somebody else, and the person has not said yes to that. */
  | 'heldBack'
  | 'badEndpoint'
  | 'badClientId'
  | 'cancelled';

/** What is known of the call that failed, beside what it was answered: evidence for whoever looks for the cause. */
export interface FailedCall {
  readonly instanceId?: string | undefined;
  /** The operation, such as `QuerySessionByClientId`. */
  readonly operation?: string | undefined;
  /** Who was asked: host or host:port. */
  readonly host?: string | undefined;
  /** How many seconds this machine's clock was ahead of the server's; below zero where it was behind. */
  readonly clockAheadSeconds?: number | undefined;
  /** Calls that this machine made for the account in the second before. */
  readonly ownCalls?: number | undefined;
}

/** A failed call. Holds no raw message of the SDK: those carry URLs with instance and client IDs. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ApiErrorKind,
    /** The service's Code, or a code of our own for the other kinds. */
    readonly code: string,
    readonly requestId?: string,
    readonly call: FailedCall = {},
  ) {
    super(code);
  }

  /** The same failure with more known of its call. */
  with(more: FailedCall): ApiError {
    return new ApiError(this.kind, this.code, this.requestId, { ...this.call, ...more });
  }
}

const TRANSIENT_CODES: ReadonlySet<string> = new Set(['InternalError', 'ServiceUnavailable', 'SignatureNonceUsed']);

/** True when the service asks for fewer calls: SystemOverFlow and every Throttling code. */
export function isThrottling(error: ApiError): boolean {
  return error.kind === 'service' && (error.code === 'SystemOverFlow' || /^Throttling(\.|$)/.test(error.code));
}

/**
 * Nobody listens there, no such host, a proxy that says no: another attempt a second later would only keep a person
 * waiting, and a proxy may lock out who comes with the wrong password again and again.
 */
const LASTING_NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EPROTO',
  'ProxyAuthenticationRequired',
  'ProxyRefused',
  'ProxyUnreachable',
]);

/** Node's codes for a certificate that does not check out: it does not change from one second to the next either. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/** True when the same call may succeed later. Judged by Code, never by HTTP status. */
export function isTransient(error: ApiError): boolean {
  if (error.kind === 'service') return TRANSIENT_CODES.has(error.code) || isThrottling(error);
  if (error.kind === 'network') return !LASTING_NETWORK_CODES.has(error.code) && !CERTIFICATE.test(error.code);
  return error.kind === 'timeout' || error.kind === 'notJson';
}

const OF_ONE_CLIENT: ReadonlySet<ApiErrorKind> = new Set(['wrongShape', 'badClientId', 'heldBack', 'cancelled']);

/** True when asking again would fail alike for every other client of the instance: the key, the place or the right. */
export function concernsWholeInstance(error: ApiError): boolean {
  if (error.kind === 'service') return !isTransient(error) && !mayBeOneBadId(error);
  return !OF_ONE_CLIENT.has(error.kind);
}

/** True when one bad client ID may have failed the whole batch. */
export function mayBeOneBadId(error: ApiError): boolean {
  return (
    error.kind === 'service' && (error.code === 'ParameterCheckFailed' || error.code.startsWith('InvalidParameter'))
  );
}
