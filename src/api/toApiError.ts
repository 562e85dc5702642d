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
    return new ApiError('service', code, textAt(data, 'RequestId'));
  }
  return new ApiError('network', code !== undefined && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'NetworkError');
}

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : undefined;
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
