import { proxyFailure } from '../base/net/proxyFailure';
import { ApiError } from '../model/apiError';

/** Words an error of the SDK anew: its own messages carry the URL, and with STS the token. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const code = textAt(error, 'code');
  const name = textAt(error, 'name');
  if (error instanceof SyntaxError) return new ApiError('notJson', 'NotJson');
  if (name === 'RequestTimeoutError') return new ApiError('timeout', 'Timeout');
  if (error instanceof URIError) return new ApiError('service', 'InvalidParameter.ClientIdList');
  const data = valueAt(error, 'data');
  if (code !== undefined && typeof data === 'object' && data !== null) {
    return new ApiError('service', readCode(code), readRequestId(textAt(data, 'RequestId')));
  }
  const proxy = proxyFailure(error);
  if (proxy !== undefined) return new ApiError('network', proxy);
  return new ApiError('network', code !== undefined && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'NetworkError');
}

/** A code as the service writes them; whoever else answers may send anything. */
function readCode(code: string): string {
  return /^[A-Za-z][\w.-]{0,99}$/.test(code) ? code : 'UnnamedError';
}

/** A request ID as the service writes them, or none. */
function readRequestId(requestId: string | undefined): string | undefined {
  return requestId !== undefined && /^[\w-]{1,64}$/.test(requestId) ? requestId : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : undefined;
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
