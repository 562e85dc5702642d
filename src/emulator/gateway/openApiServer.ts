import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BatchQuerySessionByClientIdsBody } from '../../api/contract';
import { FaultDealer, isMishap, type Fault, type Mishap } from './faults';
import type { Gatekeeper } from './gatekeeper';
import type { GatewayRequest } from './request';
import { ServiceError } from './serviceError';
import { listen } from '../listen';
import type { Operations } from './operations';

const ORIGIN = 'http://127.0.0.1';
/** Far above what ten client IDs can need. */
const LONGEST_BODY = 64 * 1024;

export interface OpenApiServerParts {
  readonly gatekeeper: Gatekeeper;
  readonly operations: Operations;
  readonly latencyMs: number;
  readonly faults: readonly Fault[];
  /** The clock of the whole instance: the Date of an answer is by it, as the check of a request's date is. */
  readonly now: () => number;
}

/** The OpenAPI over HTTP on 127.0.0.1, with the faults it was told to have. */
export class OpenApiServer {
  private readonly server: Server;
  private readonly faults: FaultDealer;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** How many calls came in, by operation or error code. */
  readonly counts = new Map<string, number>();

  constructor(private readonly parts: OpenApiServerParts) {
    this.faults = new FaultDealer(parts.faults);
    // A client that hangs up in the middle of its request is no reason to end for the others.
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** Listens on a port, 0 for any free one; resolves with the port. */
  start(port: number): Promise<number> {
    return listen(this.server, port);
  }

  dispose(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(this.parts.now()).toUTCString());
    const body = await readBody(request);
    if (body === undefined) return void response.writeHead(413).end();
    const answer = (): void => this.answer(request, body, response);
    if (this.parts.latencyMs <= 0) {
      answer();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      answer();
    }, this.parts.latencyMs);
    this.timers.add(timer);
  }

  private answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const requestId = randomUUID().toUpperCase();
    try {
      const admitted = this.parts.gatekeeper.admit(toGatewayRequest(request, body));
      const fault = this.faults.next();
      if (fault !== undefined && !isMishap(fault)) throw new ServiceError(fault);
      const answer = this.parts.operations.answer(admitted, requestId);
      this.count(admitted.operation);
      if (fault === undefined) send(response, 200, answer);
      else mishap(fault, response, answer as BatchQuerySessionByClientIdsBody);
    } catch (error) {
      const known = error instanceof ServiceError ? error : new ServiceError('InternalError');
      this.count(known.code);
      send(response, known.status, known.body(requestId));
    }
  }

  private count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

function mishap(kind: Mishap, response: ServerResponse, body: BatchQuerySessionByClientIdsBody): void {
  const list = Array.isArray(body.OnlineStatusList) ? body.OnlineStatusList : [];
  const sendList = (changed: typeof list): void => send(response, 200, { ...body, OnlineStatusList: changed });
  switch (kind) {
    case 'drop':
      response.destroy();
      break;
    case 'hang':
      break;
    case 'html':
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
      break;
    case 'wrongJson':
      send(response, 200, { ok: true });
      break;
    case 'halfIds':
      sendList(list.slice(0, Math.floor(list.length / 2)));
      break;
    case 'otherIds':
      sendList(list.map((entry) => ({ ...entry, ClientId: `${entry.ClientId}-other` })));
      break;
    case 'duplicateIds':
      sendList([...list, ...list.map((entry) => ({ ...entry, OnlineStatus: !entry.OnlineStatus }))]);
      break;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toGatewayRequest(request: IncomingMessage, body: string): GatewayRequest {
  const target = request.url ?? '/';
  if (!URL.canParse(target, ORIGIN)) throw new ServiceError('MissingParameter');
  const url = new URL(target, ORIGIN);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  return { method: request.method ?? '', path: url.pathname, query: [...url.searchParams], headers, body };
}
