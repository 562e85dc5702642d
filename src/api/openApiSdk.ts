// The SDK in a bundle of its own: about 240 kB, loaded at the first call.
import OpenApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import type { Credential } from '../model/credential';
import { API_VERSION, type Operation } from './contract';
import { sendThroughHost } from './vendorTransport';

sendThroughHost();

export interface SdkCall {
  readonly operation: Operation;
  readonly query: Readonly<Record<string, string>>;
  readonly host: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly credential: Credential;
  readonly timeoutMs: number;
}

/** Signs and sends one call; resolves with the body as it came, rejects with the SDK's own error. */
export async function callService(call: SdkCall): Promise<unknown> {
  const { accessKeyId, accessKeySecret, securityToken } = call.credential;
  const config = new Config({
    accessKeyId,
    accessKeySecret,
    ...(securityToken === undefined ? {} : { securityToken }),
    endpoint: call.host,
    protocol: call.protocol,
  });
  const params = new Params({
    action: call.operation,
    version: API_VERSION,
    protocol: call.protocol,
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const runtime = new RuntimeOptions({ connectTimeout: call.timeoutMs, readTimeout: call.timeoutMs });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- two copies of tea-util's types
  const answer: unknown = await new OpenApi(config).callApi(params, new OpenApiRequest({ query: call.query }), runtime);
  return typeof answer === 'object' && answer !== null && 'body' in answer ? answer.body : undefined;
}
