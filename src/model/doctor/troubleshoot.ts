import type { ApiError } from '../apiError';
import { isLoopbackHost } from '../destination';

/**
 * The vendor's page on an error, as its `Recommend` reads. Made from code and request ID, for whoever answers may send
 * any address. Undefined where there is none: what a local instance answered nobody has heard of there.
 */
export function troubleshootUrl({ kind, code, requestId, call }: ApiError): string | undefined {
  if (kind !== 'service' || requestId === undefined || isLoopbackHost(call.host ?? '')) return undefined;
  const query = new URLSearchParams({ q: code, product: 'OnsMqtt', requestId });
  return `https://api.aliyun.com/troubleshoot?${query.toString()}`;
}
