import { Agent, ClientRequest, type IncomingMessage } from 'http';
// By these very names, without `node:`: VS Code hands its wrapped modules to extensions that ask for them so.
import { request as requestOverTls, type RequestOptions } from 'https';
import { TLSSocket } from 'node:tls';
import { type ProxyFailure, refusal } from './proxyFailure';

/** What a request is. Not among it: an agent, and anything that weakens TLS. */
export interface HostRequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<NodeJS.Dict<string | string[]>>;
  /** Milliseconds for all of it, the body of the answer too. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** True for a connection of its own, which ends with the answer. */
  readonly isAlone?: boolean;
}

/** A request that the caller has to end yet, and what comes of it. */
export interface HostRequest {
  readonly request: ClientRequest;
  readonly answer: Promise<IncomingMessage>;
}

const plainAgent = new Agent({ keepAlive: true });

/**
 * Opens a request as VS Code itself would: over https by the proxy and with the certificates of its settings, over http
 * by no proxy. The answer rejects with a `code` of ProxyFailure where the proxy is known to be at fault, with
 * RequestTimeoutError past the deadline and with AbortError by the signal; an answer that is under way then fails so too.
 */
export function openRequest(url: string, options: HostRequestOptions): HostRequest {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const { method = 'GET', isAlone = false } = options;
  const headers = isAlone ? { ...options.headers, connection: 'close' } : { ...options.headers };
  const where = { host: hostname.replace(/^\[|\]$/g, ''), port, path: `${pathname}${search}`, method, headers };
  const isPlain = protocol === 'http:';
  const request = isPlain ? requestPlainly(where, isAlone) : requestOverTls(isAlone ? alone(where) : where);
  return { request, answer: answerOf(request, isPlain, options) };
}

/**
 * Plain http is for this machine, and for what a cloud tells its machines about themselves: no proxy may read along.
 * `http.request` is wrapped, and takes only some loopback addresses for this machine.
 */
function requestPlainly(where: RequestOptions, isAlone: boolean): ClientRequest {
  return new ClientRequest({ ...where, agent: isAlone ? false : plainAgent });
}

/**
 * With `http.proxySupport: on` VS Code leaves alone who brings an agent, `agent: false` too: so none is brought. Where no
 * proxy is needed the connection is of an agent for all, which gives none that is open to who asks for another context.
 */
function alone(where: RequestOptions): RequestOptions {
  return { ...where, sessionIdContext: 'alone' };
}

function answerOf(
  request: ClientRequest,
  isPlain: boolean,
  { deadlineMs, signal }: HostRequestOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let isProxyLost = false;
    // VS Code's proxy agent tells how it fared; its error that follows has no code.
    request.on('proxy', (told: { readonly error?: unknown }) => (isProxyLost = told.error !== undefined));
    // For good: a second error would be nobody's.
    request.on('error', (error) => reject(isProxyLost ? proxyError('ProxyUnreachable') : error));
    request.once('response', (response) => {
      if (isPlain || response.socket instanceof TLSSocket) {
        resolve(response);
        return;
      }
      // The agent plays a proxy's refusal of CONNECT as if it were the answer. Nobody but the proxy can have written it.
      response.destroy();
      reject(proxyError(refusal(response.statusCode)));
    });
    endWithin(request, { deadlineMs, signal }, reject);
  });
}

/** Ends a request at its deadline or by its signal; one that has no socket yet would not tell of it, so `tell` does. */
function endWithin(
  request: ClientRequest,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal | undefined },
  tell: (error: Error) => void,
): void {
  let answer: IncomingMessage | undefined;
  request.once('response', (response) => (answer = response));
  const end = (name: string): void => {
    const error = Object.assign(new Error(name), { name });
    tell(error);
    answer?.destroy(error);
    request.destroy(error);
  };
  const abort = (): void => end('AbortError');
  const timer = setTimeout(() => end('RequestTimeoutError'), deadlineMs);
  signal?.addEventListener('abort', abort, { once: true });
  request.once('close', () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
  if (signal?.aborted === true) abort();
}

function proxyError(code: ProxyFailure): Error {
  return Object.assign(new Error(code), { code });
}
