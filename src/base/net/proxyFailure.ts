/** What is known to have failed at the proxy, before anything reached the endpoint. */
export type ProxyFailure = 'ProxyAuthenticationRequired' | 'ProxyRefused' | 'ProxyUnreachable';

const FAILURES: ReadonlySet<string> = new Set<ProxyFailure>([
  'ProxyAuthenticationRequired',
  'ProxyRefused',
  'ProxyUnreachable',
]);

/** How VS Code's proxy agent words that it found no way to the proxy; what follows may hold the proxy's password. */
const NO_WAY_TO_PROXY = /^Failed to establish a socket connection to proxies/;

/** Node's own code for a proxy that opened no tunnel, where NODE_USE_ENV_PROXY makes it use one. */
const NO_TUNNEL = 'ERR_PROXY_TUNNEL';

/** The proxy's part in a failed request; undefined where it is not known to have had one. */
export function proxyFailure(error: unknown): ProxyFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode, message }: { code?: unknown; statusCode?: unknown; message: string } = error;
  if (isProxyFailure(code)) return code;
  if (code === NO_TUNNEL) return refusal(statusCode);
  return NO_WAY_TO_PROXY.test(message) ? 'ProxyUnreachable' : undefined;
}

/** What the status means with which a proxy refuses CONNECT. */
export function refusal(status: unknown): ProxyFailure {
  return status === 407 ? 'ProxyAuthenticationRequired' : 'ProxyRefused';
}

function isProxyFailure(code: unknown): code is ProxyFailure {
  return typeof code === 'string' && FAILURES.has(code);
}
