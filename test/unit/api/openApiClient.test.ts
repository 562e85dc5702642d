import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenApiClient, type OpenApiClientParts } from '../../../src/api/openApiClient';

const target = { instanceId: 'mqtt-cn-1', endpoint: 'loopback', credential: 'mine' };
const SECRET = 'planted-secret';

/** The real SDK against a real loopback server that answers as told. */
describe('the OpenAPI client', () => {
  let server: Server | undefined;
  let address = '';

  async function client(answer: RequestListener, parts: Partial<OpenApiClientParts> = {}): Promise<OpenApiClient> {
    const listening = createServer(answer);
    server = listening;
    await new Promise<void>((up) => listening.listen(0, '127.0.0.1', up));
    const { port } = listening.address() as AddressInfo;
    address = `127.0.0.1:${port}`;
    return new OpenApiClient({
      credential: () => Promise.resolve({ accessKeyId: 'id', accessKeySecret: SECRET }),
      destination: () => ({ kind: 'ok', host: address, protocol: 'HTTP' }),
      loadSdk: () => import('../../../src/api/openApiSdk'),
      deadlineMs: 5000,
      ...parts,
    });
  }
  const json =
    (status: number, body: unknown): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  const idle = new AbortController().signal;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  it('asks with each ID flattened into the query and signs with the credential', async () => {
    let url = '';
    let authorization = '';
    const api = await client((request, response) => {
      url = request.url ?? '';
      authorization = request.headers.authorization ?? '';
      json(200, { RequestId: 'R', OnlineStatusList: [{ ClientId: 'a@@@1', OnlineStatus: true }] })(request, response);
    });
    const answer = await api.querySessions(target, ['a@@@1', 'a@@@2'], idle);
    assert.deepEqual(answer, { requestId: 'R', online: new Map([['a@@@1', true]]) });
    const query = Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams);
    assert.deepEqual(query, { InstanceId: 'mqtt-cn-1', 'ClientIdList.1': 'a@@@1', 'ClientIdList.2': 'a@@@2' });
    assert.match(authorization, /^ACS3-HMAC-SHA256 Credential=id,/);
  });

  it('asks for one client in real time', async () => {
    const api = await client(json(200, { RequestId: 'R', OnlineStatus: false }));
    assert.deepEqual(await api.querySession(target, 'a@@@1', idle), { requestId: 'R', isOnline: false });
  });

  it('asks for a page of a trace, the newest event first', async () => {
    let url = '';
    const api = await client((request, response) => {
      url = request.url ?? '';
      json(200, { RequestId: 'R', Total: 0, DeviceInfoList: [] })(request, response);
    });
    const question = {
      regionId: 'cn-hangzhou',
      clientId: 'a@@@1',
      beginAt: 1_621_580_400_000,
      endAt: 1_621_584_000_000,
    };
    assert.deepEqual(await api.traceDevice(target, question, 2, idle), { requestId: 'R', total: 0, events: [] });
    assert.deepEqual(Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams), {
      InstanceId: 'mqtt-cn-1',
      MqttRegionId: 'cn-hangzhou',
      ClientId: 'a@@@1',
      BeginTime: '1621580400000',
      EndTime: '1621584000000',
      Reverse: 'true',
      CurrentPage: '2',
      PageSize: '100',
    });
  });

  it("keeps the service's code and request ID and nothing else of its error", async () => {
    const api = await client(json(400, { RequestId: 'R', Code: 'PermissionCheckFailed', Message: SECRET }));
    await assert.rejects(api.querySession(target, 'a', idle), (error: Error & { cause?: unknown }) => {
      assert.deepEqual(Object.fromEntries(Object.entries(error)), {
        name: 'ApiError',
        kind: 'service',
        code: 'PermissionCheckFailed',
        requestId: 'R',
        call: { operation: 'QuerySessionByClientId', instanceId: 'mqtt-cn-1', host: address },
      });
      assert.equal(`${error.message}${error.stack ?? ''}`.includes(SECRET), false);
      return true;
    });
  });

  it('calls a page of HTML what it is', async () => {
    const api = await client((_, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
    await assert.rejects(api.querySession(target, 'a', idle), { kind: 'notJson' });
  });

  it('gives up a server that hangs at its own deadline', async () => {
    const api = await client(() => undefined, { deadlineMs: 50 });
    await assert.rejects(api.querySession(target, 'a', idle), { kind: 'timeout' });
  });

  it('tells of a key that the service rejects, and of no other failure', async () => {
    const told: string[] = [];
    let code = '';
    let securityToken: string | undefined = 'token';
    const api = await client((request, response) => json(403, { Code: code, RequestId: 'R' })(request, response), {
      credential: () =>
        Promise.resolve({
          accessKeyId: 'id',
          accessKeySecret: SECRET,
          ...(securityToken === undefined ? {} : { securityToken }),
        }),
      rejected: (name, { accessKeyId }) => told.push(`${name} ${accessKeyId} ${code}`),
    });
    const fails = async (with_: string): Promise<void> => {
      code = with_;
      await assert.rejects(api.querySession(target, 'a', idle), { code });
    };
    const codes = ['InvalidAccessKeyId.NotFound', 'InvalidAccessKeyId.Inactive', 'InvalidSecurityToken.Expired'];
    for (const each of [...codes, 'CheckAccountInfoFailed', 'Forbidden.RAM', 'Throttling.User']) await fails(each);
    assert.deepEqual(
      told,
      [...codes, 'CheckAccountInfoFailed'].map((each) => `mine id ${each}`),
    );
    securityToken = undefined;
    told.length = 0;
    for (const each of [...codes, 'CheckAccountInfoFailed']) await fails(each);
    assert.deepEqual(told, ['mine id CheckAccountInfoFailed']);
  });

  it('waits for no key where it was cancelled before', async () => {
    const api = await client(json(200, {}), { credential: () => new Promise(() => undefined) });
    await assert.rejects(api.querySession(target, 'a', AbortSignal.abort()), { kind: 'cancelled' });
  });

  it('stops waiting when cancelled', async () => {
    const cancel = new AbortController();
    const api = await client(() => cancel.abort());
    await assert.rejects(api.querySession(target, 'a', cancel.signal), { kind: 'cancelled' });
  });

  it('says that the server is gone', async () => {
    const api = await client((request) => request.socket.destroy());
    await assert.rejects(api.querySession(target, 'a', idle), { kind: 'network', code: 'ECONNRESET' });
  });

  it('makes no call without a secret or without a place the key may go', async () => {
    let calls = 0;
    const count: RequestListener = () => {
      calls++;
    };
    const keyless = await client(count, { credential: () => Promise.resolve(undefined) });
    await assert.rejects(keyless.querySession(target, 'a', idle), { kind: 'missingCredential' });
    server?.close();
    const placeless = await client(count, { destination: () => ({ kind: 'refused', reason: 'missing' }) });
    await assert.rejects(placeless.querySession(target, 'a', idle), { kind: 'badEndpoint' });
    assert.equal(calls, 0);
  });
});
