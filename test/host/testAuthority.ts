import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 24 * 3600 * 1000;

/** What a TLS server needs: its key, and its certificate with the authority's behind it. */
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of a test, as a company has one of its own: valid for a day, made anew for each run. */
export class TestAuthority {
  static create(name: string): TestAuthority {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new TestAuthority(name, privateKey, certificate(name, name, publicKey, privateKey, authorityExtensions));
  }

  /** One that `save` left in a folder. */
  static async load(folder: string, name: string): Promise<TestAuthority> {
    const key = createPrivateKey(await readFile(join(folder, `${name}.key`), 'utf8'));
    return new TestAuthority(name, key, await readFile(TestAuthority.file(folder, name), 'utf8'));
  }

  /** The file of its certificate, for NODE_EXTRA_CA_CERTS and SSL_CERT_FILE. */
  static file(folder: string, name: string): string {
    return join(folder, `${name}.pem`);
  }

  private constructor(
    private readonly name: string,
    private readonly key: KeyObject,
    readonly certificate: string,
  ) {}

  async save(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(TestAuthority.file(folder, this.name), this.certificate);
    await writeFile(join(folder, `${this.name}.key`), pemOf(this.key), { mode: 0o600 });
  }

  /** A certificate for a host, signed by this authority. */
  issue(host: string): ServerIdentity {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const own = certificate(this.name, host, publicKey, this.key, hostExtensions(host));
    return { key: pemOf(privateKey), cert: own + this.certificate };
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

// X.509 as RFC 5280 has it, in DER (X.690): node:crypto reads certificates but makes none.

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTETS = 0x04;
const BITS = 0x03;
const ECDSA_WITH_SHA256 = der(SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'));
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const TRUE = Buffer.from('0101ff', 'hex');
/** basicConstraints: an authority; keyUsage: signs certificates. */
const authorityExtensions = der(
  SEQUENCE,
  der(SEQUENCE, Buffer.from('0603551d13', 'hex'), TRUE, der(OCTETS, der(SEQUENCE, TRUE))),
  der(SEQUENCE, Buffer.from('0603551d0f', 'hex'), TRUE, der(OCTETS, Buffer.from('03020204', 'hex'))),
);

/** subjectAltName: one DNS name. */
function hostExtensions(host: string): Buffer {
  const names = der(SEQUENCE, der(0x82, Buffer.from(host)));
  return der(SEQUENCE, der(SEQUENCE, Buffer.from('0603551d11', 'hex'), der(OCTETS, names)));
}

function certificate(issuer: string, subject: string, of: KeyObject, by: KeyObject, extensions: Buffer): string {
  const now = Date.now();
  const content = der(
    SEQUENCE,
    der(0xa0, Buffer.from('020102', 'hex')), // version 3
    der(0x02, Buffer.from([1]), randomBytes(8)), // serial number
    ECDSA_WITH_SHA256,
    nameOf(issuer),
    der(SEQUENCE, timeOf(now - DAY_MS), timeOf(now + DAY_MS)),
    nameOf(subject),
    of.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(BITS, Buffer.from([0]), sign('sha256', content, by));
  const base64 = der(SEQUENCE, content, ECDSA_WITH_SHA256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function nameOf(name: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(name)))));
}

/** UTCTime: YYMMDDHHMMSSZ. */
function timeOf(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const head = length < 128 ? [length] : long;
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}
