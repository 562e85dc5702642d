/** Where a failure came from: the service's own answer, or what kept us from one. */
export type ApiErrorKind =
  | 'service'
  | 'timeout'
  | 'network'
  | 'notJson'
  | 'wrongShape'
  | 'missingCredential'
  | 'badEndpoint'
  | 'badClientId'
  | 'cancelled';

/** A failed call. Holds no raw message of the SDK: those carry URLs with instance and client IDs. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ApiErrorKind,
    /** The service's Code, or a code of our own for the other kinds. */
    readonly code: string,
    readonly requestId?: string,
  ) {
    super(code);
  }
}

const TRANSIENT_CODES: ReadonlySet<string> = new Set(['InternalError', 'ServiceUnavailable', 'SignatureNonceUsed']);

/** True when the service asks for fewer calls: SystemOverFlow and every Throttling code. */
export function isThrottling(error: ApiError): boolean {
  return error.kind === 'service' && (error.code === 'SystemOverFlow' || /^Throttling(\.|$)/.test(error.code));
}

/** Nobody listens there, or no such host: another attempt a second later would only keep a person waiting. */
const LASTING_NETWORK_CODES: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND']);

/** True when the same call may succeed later. Judged by Code, never by HTTP status. */
export function isTransient(error: ApiError): boolean {
  if (error.kind === 'service') return TRANSIENT_CODES.has(error.code) || isThrottling(error);
  if (error.kind === 'network') return !LASTING_NETWORK_CODES.has(error.code);
  return error.kind === 'timeout' || error.kind === 'notJson';
}

/** True when asking again would fail alike for every other client of the instance: the key, the place or the right. */
export function concernsWholeInstance(error: ApiError): boolean {
  if (error.kind === 'service') return !isTransient(error) && !mayBeOneBadId(error);
  return error.kind !== 'wrongShape' && error.kind !== 'badClientId' && error.kind !== 'cancelled';
}

/** True when one bad client ID may have failed the whole batch. */
export function mayBeOneBadId(error: ApiError): boolean {
  return (
    error.kind === 'service' && (error.code === 'ParameterCheckFailed' || error.code.startsWith('InvalidParameter'))
  );
}
