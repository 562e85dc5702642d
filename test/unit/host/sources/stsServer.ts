import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call of STS as it came. */
export interface StsCall {
  readonly action: string;
  readonly signedBy: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** A loopback STS: checks signatures (HMAC-SHA1) with the secrets it knows, and gives a key for each role that is asked for. */
export class StsServer {
  readonly calls: StsCall[] = [];
  /** By AccessKey ID; those that it gave away are among them. */
  readonly secrets = new Map<string, string>();
  lifeMs = 3_600_000;
  /** The key that it gives away; another one each time by default. */
  key: { readonly accessKeyId: string; readonly accessKeySecret: string; readonly securityToken: string } | undefined;
  /** Answers in place of it, such as with an error; the next calls only. */
  readonly answers: { readonly status: number; readonly body: string }[] = [];
  now: () => number = Date.now;
  /** Its answers go out when this resolves. */
  mayAnswer: Promise<void> = Promise.resolve();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(body);
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((up) => this.server.listen(0, '127.0.0.1', up));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: string }> {
    const query = new URL(request.url ?? '', 'http://sts').searchParams;
    const body = new URLSearchParams(await text(request));
    const fields = Object.fromEntries([...query, ...body]);
    const action = fields['Action'] ?? '';
    this.calls.push({ action, signedBy: fields['AccessKeyId'], fields });
    await this.mayAnswer;
    const told = this.answers.shift();
    if (told !== undefined) return told;
    if (action === 'AssumeRole' && !this.isSigned(request.method ?? '', fields))
      return { status: 400, body: JSON.stringify({ Code: 'SignatureDoesNotMatch', RequestId: 'R-1', Message: 'no' }) };
    return { status: 200, body: JSON.stringify({ RequestId: 'R-2', Credentials: this.giveKey() }) };
  }

  private isSigned(method: string, { Signature, ...fields }: Record<string, string>): boolean {
    const secret = this.secrets.get(fields['AccessKeyId'] ?? '');
    if (secret === undefined) return false;
    const pairs = Object.keys(fields)
      .sort()
      .map((key) => `${encode(key)}=${encode(fields[key] ?? '')}`);
    const toSign = `${method}&${encode('/')}&${encode(pairs.join('&'))}`;
    return createHmac('sha1', `${secret}&`).update(toSign).digest('base64') === Signature;
  }

  private giveKey(): object {
    const at = this.calls.length;
    const { key = { accessKeyId: `STS.key-${at}`, accessKeySecret: `secret-${at}`, securityToken: `token-${at}` } } =
      this;
    this.secrets.set(key.accessKeyId, key.accessKeySecret);
    return {
      AccessKeyId: key.accessKeyId,
      AccessKeySecret: key.accessKeySecret,
      SecurityToken: key.securityToken,
      Expiration: new Date(this.now() + this.lifeMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    };
  }
}
