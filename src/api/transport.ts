import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { openRequest } from '../base/net/hostRequest';

/** What is understood of httpx's options. Not among them: an agent, and anything that weakens TLS. */
export interface SendOptions {
  readonly method?: string;
  readonly headers?: NodeJS.Dict<string | string[]>;
  readonly data?: string | Buffer | Readable | undefined;
  /** Milliseconds; here the first that is given bounds the whole request. */
  readonly readTimeout?: number;
  readonly connectTimeout?: number;
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Sends one request in place of httpx, which brings an agent of its own; rejects as `openRequest` does. */
export function send(url: string, options: SendOptions = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, data } = options;
  const deadlineMs = options.readTimeout ?? options.connectTimeout ?? options.timeout ?? DEFAULT_TIMEOUT_MS;
  const { request, answer } = openRequest(url, { method, headers, deadlineMs });
  if (data instanceof Readable) data.pipe(request);
  else request.end(data);
  return answer;
}

/** Reads a body to its end: text with an encoding, bytes without. */
export async function read(response: IncomingMessage, encoding?: BufferEncoding | ''): Promise<string | Buffer> {
  const bytes = await buffer(response);
  return encoding === undefined || encoding === '' ? bytes : bytes.toString(encoding);
}
