import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { command, LOCAL } from './localDevices';

const OWN = { name: 'Own', instanceId: 'mqtt-cn-own', credential: 'local' };
const OWN_KEY = { accessKeyId: 'own-key-id', accessKeySecret: 'own-secret' };

interface Result {
  readonly status: string;
  readonly error?: { readonly code: string };
}
const lookUp = async (instance: string): Promise<Result | undefined> =>
  (await command<Result[]>('lookUpClients', { instance, clientIds: ['GID_local@@@device-001'] }))[0];

describe('the local instance beside a credential of a person named as its own', () => {
  /** Stands for the person's own service: notes by which key it was asked. */
  let service: Server;
  const keys: string[] = [];

  before(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    service = createServer((request, response) => {
      const authorization = `${request.headers.authorization ?? ''} ${request.url ?? ''}`;
      keys.push(/(?:Credential|AccessKeyId)=([^,& ]+)/.exec(authorization)?.[1] ?? 'none');
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"Code":"Own","Message":"no","RequestId":"R"}');
    });
    await new Promise<void>((up) => service.listen(0, '127.0.0.1', up));
    const endpoint = `127.0.0.1:${(service.address() as AddressInfo).port}`;
    await command('removeInstance', { instance: LOCAL }).then(undefined, () => undefined);
    await command('addInstance', { ...OWN, endpoint });
    await command('setCredential', { name: 'local', ...OWN_KEY });
  });
  after(async () => {
    for (const instance of [LOCAL, OWN.instanceId]) await command('removeInstance', { instance });
    for (const name of ['local', 'local-instance']) await command('removeCredential', { name });
    service.closeAllConnections();
    service.close();
  });
  afterEach(() => command('stopLocalInstance'));

  async function assertBothKeysWork(): Promise<void> {
    await command('startLocalInstance');
    assert.deepEqual([(await lookUp(LOCAL))?.status, (await lookUp(LOCAL))?.error], ['online', undefined]);
    keys.length = 0;
    await lookUp(OWN.instanceId);
    assert.deepEqual(new Set(keys), new Set([OWN_KEY.accessKeyId]));
  }

  it('leaves that key alone, and is asked with its own', assertBothKeysWork);

  it('leaves the name alone where its key is gone and another instance still names it', async () => {
    await command('removeInstance', { instance: LOCAL });
    await command('removeCredential', { name: 'local' });
    await command('startLocalInstance');
    assert.equal((await lookUp(LOCAL))?.status, 'online');
    assert.equal((await lookUp(OWN.instanceId))?.error?.code, 'MissingCredential');
    await command('setCredential', { name: 'local', ...OWN_KEY });
  });

  it('leaves that key alone where the local instance was saved with its name', async () => {
    await command('editInstance', { instance: LOCAL, credential: 'local' });
    await assertBothKeysWork();
  });
});
