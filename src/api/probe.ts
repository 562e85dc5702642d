import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { openRequest } from '../base/net/hostRequest';
import { ApiError } from '../model/apiError';
import { toApiError } from './toApiError';

export interface ProbePlace {
  readonly host: string;
  readonly protocol: 'HTTP' | 'HTTPS';
}

/** What one request without a key told of a server. */
export interface ProbeFindings {
  /** The address the host's name stands for; undefined where nothing was looked up here: a proxy may do that. */
  readonly address: string | undefined;
  /** Such as `TLSv1.3`; undefined where no TLS was spoken, or not to its end. */
  readonly tlsVersion: string | undefined;
  readonly isConnected: boolean;
  /** How far this machine's clock is ahead of the server's, in whole seconds; undefined where it sent no date. */
  readonly clockAheadSeconds: number | undefined;
  /** Why no answer came; undefined where one did. */
  readonly error: ApiError | undefined;
}

type Seen = { -readonly [key in keyof ProbeFindings]: ProbeFindings[key] };

/**
 * Makes one request without a key, for what can be known before a key is used: the address, TLS, the server's clock. It
 * goes as the calls go, by the proxy too. Never rejects.
 */
export async function probe(
  { host, protocol }: ProbePlace,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<ProbeFindings> {
  const seen: Seen = {
    address: undefined,
    tlsVersion: undefined,
    isConnected: false,
    clockAheadSeconds: undefined,
    error: undefined,
  };
  const sentAt = Date.now();
  const url = `${protocol.toLowerCase()}://${host}/`;
  // Alone: a connection that is open already would tell nothing of address and TLS.
  const { request, answer } = openRequest(url, { deadlineMs, signal, isAlone: true });
  request.on('socket', (socket) => {
    // Not one of TLS: the proxy agent plays a refusal of the proxy on it.
    if (protocol === 'HTTP' || socket instanceof TLSSocket) watch(socket, seen);
  });
  request.end();
  try {
    const response = await answer;
    seen.isConnected = true;
    seen.clockAheadSeconds = clockAhead(response.headers.date, sentAt, Date.now());
    response.destroy();
  } catch (error) {
    seen.error = (signal.aborted ? new ApiError('cancelled', 'Cancelled') : toApiError(error)).with({ host });
  }
  return { ...seen };
}

/** Notes what a connection comes to. One that stands at its start is the tunnel of a proxy, which looked up the name. */
function watch(socket: Socket, seen: Seen): void {
  seen.isConnected = !socket.connecting && !socket.destroyed;
  socket.once('lookup', (failed: Error | null, address: string) => {
    if (failed === null) seen.address = address;
  });
  socket.once('connect', () => (seen.isConnected = true));
  socket.once('secureConnect', () => {
    if (socket instanceof TLSSocket) seen.tlsVersion = socket.getProtocol() ?? undefined;
  });
}

/** A date of HTTP is cut to its second, and was written while the answer was on its way: half of each is the best guess. */
function clockAhead(date: string | undefined, sentAt: number, receivedAt: number): number | undefined {
  const server = Date.parse(date ?? '');
  return Number.isNaN(server) ? undefined : Math.round(((sentAt + receivedAt) / 2 - (server + 500)) / 1000);
}
