import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SERVICE_ERRORS, type ServiceErrorCode } from '../../src/api/contract';
import { probe } from '../../src/api/probe';
import { LocalInstance } from '../../src/emulator/localInstance';
import { LOCAL_INSTANCE_ID, LOCAL_KEY, LOCAL_LIMITED_KEY } from '../../src/emulator/localKeys';
import { ApiError } from '../../src/model/apiError';
import type { Credential } from '../../src/model/credential';
import { failureOf, type Phrase } from '../../src/model/doctor/failure';
import { OF_PRIVATE_CA, SELF_SIGNED } from '../unit/api/certificates';
import { OF_THE_NETWORK, OF_THE_SERVICE, type Told } from './failuresTold';
import { sdkClient } from './sdkClient';

const VENDOR = 'onsmqtt.cn-hangzhou.aliyuncs.com';
const idle = new AbortController().signal;
const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Readonly<Record<string, string>>;

/** A sentence as VS Code puts it together, in English or by the bundle of another language. */
function said({ text, args }: Phrase, words: Readonly<Record<string, string>> = {}): string {
  return (words[text] ?? text).replace(/\{(\d+)\}/g, (_, at: string) => String(args[Number(at)]));
}

/** What a person is told of a failure in both languages. */
function told(error: ApiError): Told {
  const { what, fix, fixes } = failureOf(error);
  return { en: [said(what), said(fix)], zh: [said(what, bundle), said(fix, bundle)], fixes };
}

interface Place {
  readonly host: string;
  readonly protocol: 'HTTP' | 'HTTPS';
}

/** The real SDK, asking somewhere; why it failed. */
async function failureAt(place: Place, credential: Credential = LOCAL_KEY, deadlineMs = 3000): Promise<ApiError> {
  const api = sdkClient(credential, {
    destination: () => ({ kind: 'ok', ...place }),
    deadlineMs,
    clockAhead: async (where, signal) => (await probe(where, 3000, signal)).clockAheadSeconds,
  });
  const target = { instanceId: LOCAL_INSTANCE_ID, credential: 'work' };
  return api.querySessions(target, ['GID_a@@@1'], idle).then(
    () => assert.fail('It answered'),
    (error: unknown) => error as ApiError,
  );
}

describe('every documented error of the service', () => {
  let local: LocalInstance | undefined;
  const codes = Object.keys(SERVICE_ERRORS) as ServiceErrorCode[];

  async function failure(kind: ServiceErrorCode): Promise<ApiError> {
    local = await LocalInstance.start({ faults: [{ kind, share: 1 }] });
    return failureAt({ host: local.info.apiEndpoint, protocol: 'HTTP' });
  }
  afterEach(() => local?.dispose());

  for (const code of codes)
    it(`${code} is answered by a local instance, and is told with its cause and its fix`, async () => {
      const error = await failure(code);
      assert.deepEqual([error.kind, error.code], ['service', code]);
      assert.match(error.requestId ?? '', /^[\w-]{36}$/);
      assert.deepEqual(told(error), OF_THE_SERVICE[code]);
    });

  it('has sentences and a fix of its own where causes differ', () => {
    const rows = codes.map((code) => JSON.stringify(OF_THE_SERVICE[code]));
    const alike = codes.filter((_, at) => rows.filter((row) => row === rows[at]).length > 1);
    assert.deepEqual(alike, [
      ...['ParameterCheckFailed', 'InvalidParameter.ClientIdList', 'InternalError', 'ApiNotSupport'],
      ...[
        'InvalidAction.NotFound',
        'InvalidApi.NotFound',
        'ServiceUnavailable',
        'SignatureNonceUsed',
        'MissingParameter',
      ],
    ]);
  });

  it('names the RAM action of the operation that failed', async () => {
    local = await LocalInstance.start();
    const target = { instanceId: LOCAL_INSTANCE_ID, endpoint: local.info.apiEndpoint, credential: 'limited' };
    const api = sdkClient(LOCAL_LIMITED_KEY);
    const fixOf = (call: Promise<unknown>) =>
      call.then(
        () => assert.fail('It answered'),
        (error: unknown) => told(error as ApiError).en[1],
      );
    assert.match(
      await fixOf(api.querySession(target, 'GID_a@@@1', idle)),
      /^Allow mq:MqttInstanceAccess on this instance/,
    );
    assert.match(await fixOf(api.listGroups(target, idle)), /^Allow mq:MqttInstanceAccess, mq:ListMqttGroupId on/);
    assert.match(await fixOf(api.listInstances(target, idle)), /^The documents name no action for this operation/);
  });

  it('says by how many seconds the clock is off, measured, in both languages', async () => {
    for (const [seconds, english, chinese] of [
      [1260, /^This machine's clock is 12[56]\d s behind the server's\.$/, /^本机时钟比服务器慢 12[56]\d 秒。$/],
      [-1260, /^This machine's clock is 12[56]\d s ahead of the server's\.$/, /^本机时钟比服务器快 12[56]\d 秒。$/],
    ] as const) {
      local = await LocalInstance.start({}, () => Date.now() + seconds * 1000);
      const error = await failureAt({ host: local.info.apiEndpoint, protocol: 'HTTP' });
      assert.equal(error.code, 'InvalidTimeStamp.Expired');
      const [evidence] = failureOf(error).evidence;
      assert.ok(evidence !== undefined);
      assert.match(said(evidence), english);
      assert.match(said(evidence, bundle), chinese);
      await local.dispose();
    }
  });
});

describe('what keeps a call from its server', () => {
  let server: Server | undefined;

  async function at(listening: Server, protocol: 'HTTP' | 'HTTPS', deadlineMs?: number): Promise<ApiError> {
    server = listening;
    await new Promise<void>((up) => listening.listen(0, '127.0.0.1', up));
    const host = `127.0.0.1:${(listening.address() as AddressInfo).port}`;
    return failureAt({ host, protocol }, LOCAL_KEY, deadlineMs);
  }
  /** The same failure as if the vendor had been asked: what a loopback address is told is another case. */
  const atVendor = (error: ApiError): Told => told(error.with({ host: VENDOR }));
  const html: RequestListener = (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><body>Accept the terms of this hotspot</body></html>');

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const real: Readonly<Record<string, () => Promise<ApiError>>> = {
    ECONNRESET: () =>
      at(
        createServer((request) => request.socket.destroy()),
        'HTTP',
      ),
    EPROTO: () => at(createServer(html), 'HTTPS'),
    DEPTH_ZERO_SELF_SIGNED_CERT: () => at(createSecureServer(SELF_SIGNED), 'HTTPS'),
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => {
      const { cert, key } = OF_PRIVATE_CA;
      return at(createSecureServer({ cert, key }), 'HTTPS');
    },
    SELF_SIGNED_CERT_IN_CHAIN: () => {
      const { cert, key, ca } = OF_PRIVATE_CA;
      return at(createSecureServer({ cert: `${cert}\n${ca}`, key }), 'HTTPS');
    },
  };
  for (const [code, make] of Object.entries(real))
    it(`${code} is made with a real socket, and is told with its cause and its fix`, async () => {
      const error = await make();
      assert.deepEqual([error.kind, error.code], ['network', code]);
      assert.deepEqual(atVendor(error), OF_THE_NETWORK[code]);
    });

  for (const code of Object.keys(OF_THE_NETWORK).filter((each) => !(each in real)))
    it(`${code}, as Node calls it, is told with its cause and its fix`, async () => {
      // What a proxy answers has been understood by then.
      const raw = code.startsWith('Proxy')
        ? new ApiError('network', code)
        : Object.assign(new Error(`connect ${code} https://${VENDOR}/?AccessKeyId=planted`), { code });
      const api = sdkClient(LOCAL_KEY, {
        destination: () => ({ kind: 'ok', host: VENDOR, protocol: 'HTTPS' }),
        loadSdk: () => Promise.resolve({ callService: () => Promise.reject(raw) }),
      });
      const error = await api.querySession({ instanceId: 'mqtt-cn-1', credential: 'work' }, 'GID_a@@@1', idle).then(
        () => assert.fail('It answered'),
        (failed: unknown) => failed as ApiError,
      );
      assert.deepEqual([error.kind, error.code], ['network', code]);
      assert.deepEqual(told(error), OF_THE_NETWORK[code]);
      assert.equal(JSON.stringify(error).includes('planted'), false);
    });

  it('a local instance that does not run is offered to be started, in both languages', async () => {
    const gone = createServer();
    await new Promise<void>((up) => gone.listen(0, '127.0.0.1', up));
    const host = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((down) => gone.close(down));
    const error = await failureAt({ host, protocol: 'HTTP' });
    assert.equal(error.code, 'ECONNREFUSED');
    assert.deepEqual(told(error), {
      en: [`Nothing runs at ${host} on this machine.`, 'Start the local instance, or the program that listens there.'],
      zh: [`本机 ${host} 上没有程序在运行。`, '请启动本地实例，或监听该端口的程序。'],
      fixes: ['startLocal', 'editInstance'],
    });
  });

  it('a captive portal, an answer of another shape and a server that hangs are told apart', async () => {
    const rows: (readonly [ApiError['kind'], Server, string, string])[] = [
      [
        'notJson',
        createServer(html),
        'What answered is not the service: the reply is no JSON.',
        '应答者不是该服务：返回内容不是 JSON。',
      ],
      ['timeout', createServer(() => undefined), 'No answer came in time.', '未在时限内收到应答。'],
      [
        'wrongShape',
        createServer((_, response) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
        ),
        'The answer does not look like one of this operation.',
        '应答不符合该操作的格式。',
      ],
    ];
    for (const [kind, listening, english, chinese] of rows) {
      const error = await at(listening, 'HTTP', 300);
      assert.equal(error.kind, kind);
      const { en, zh, fixes } = told(error);
      assert.deepEqual([en[0], zh[0]], [english, chinese]);
      assert.ok(fixes.includes('diagnose'));
      listening.closeAllConnections();
      listening.close();
    }
  });
});
