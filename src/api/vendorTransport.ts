import httpx from 'httpx';
import { read, send } from './transport';

/** Puts our transport below the vendor's libraries of this bundle: all of them send through httpx. */
export function sendThroughHost(): void {
  Object.assign(httpx, { request: send, read });
}
