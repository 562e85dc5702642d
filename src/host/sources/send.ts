import type { IncomingHttpHeaders } from 'node:http';
import { openRequest } from '../../base/net/hostRequest';
import { proxyFailure } from '../../base/net/proxyFailure';
import { SourceError, type SourceProblem } from '../../model/sources/sourceError';

/** A request of @alicloud/credentials, as far as it is sent. */
export interface SourceRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyForm: Readonly<Record<string, string>> | undefined;
  toRequestURL(): string;
}

/** What @alicloud/credentials wants of a response. */
export interface SourceResponse {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface SendOptions {
  /** Where it goes, whatever the library would take for the host. */
  readonly place: { readonly host: string; readonly protocol: 'HTTP' | 'HTTPS' };
  readonly service: 'sts' | 'metadata';
  readonly deadlineMs: number;
}

/** No answer of these services is near that size. */
const MOST_BYTES = 1 << 18;

/**
 * Sends a request of the library in place of the library's own client, which prints headers and bodies where DEBUG says
 * so, follows no deadline, and puts whole answers into its messages. Resolves with an answer of status 200; rejects with
 * a SourceError for all else, which holds the service's code and no word more.
 */
export async function send(request: SourceRequest, options: SendOptions): Promise<SourceResponse> {
  const response = await exchange(request, options).catch((error: unknown) => {
    throw new SourceError(unreachable(options, networkCode(error)));
  });
  if (response.statusCode === 200) return response;
  if (options.service === 'metadata') throw new SourceError(unreachable(options, `HTTP${response.statusCode}`));
  throw refusal(response, options);
}

async function exchange(request: SourceRequest, { place, deadlineMs }: SendOptions): Promise<SourceResponse> {
  const { pathname, search } = new URL(request.toRequestURL());
  const target = `${place.protocol.toLowerCase()}://${place.host}${pathname}${search}`;
  const { method, headers, bodyForm } = request;
  // Alone: the next one is an hour away.
  const opened = openRequest(target, { method, headers, deadlineMs, isAlone: true });
  opened.request.end(bodyForm === undefined ? undefined : new URLSearchParams(bodyForm).toString());
  const answer = await opened.answer;
  const body = await bodyOf(answer);
  return { statusCode: answer.statusCode ?? 0, headers: answer.headers, body };
}

async function bodyOf(answer: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unreachable({ service }: SendOptions, code: string): SourceProblem {
  return { kind: service === 'sts' ? 'stsUnreachable' : 'metadataUnreachable', code };
}

/** The code of an error of STS, as the service writes them; whoever else answers may send anything. */
function refusal({ body }: SourceResponse, options: SendOptions): SourceError {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return new SourceError(unreachable(options, 'NotJson'));
  }
  const [code, requestId] = [textAt(answer, 'Code'), textAt(answer, 'RequestId')];
  if (code === undefined || !/^[A-Za-z][\w.-]{0,99}$/.test(code))
    return new SourceError({ kind: 'refused', code: 'UnnamedError' });
  const isRequestId = requestId !== undefined && /^[\w-]{1,64}$/.test(requestId);
  return new SourceError({ kind: 'refused', code }, isRequestId ? requestId : undefined);
}

function networkCode(error: unknown): string {
  if (error instanceof Error && error.name === 'RequestTimeoutError') return 'Timeout';
  const code = textAt(error, 'code');
  return proxyFailure(error) ?? (code !== undefined && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'NetworkError');
}

function textAt(value: unknown, key: string): string | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
