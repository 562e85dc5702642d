import { readFile } from 'node:fs/promises';
import { callService } from '../../src/api/openApiSdk';
import type { Log } from '../../src/base/log';
import type { LocalInstanceInfo } from '../../src/emulator/localInstance';
import { signV3 } from '../../src/emulator/gateway/signatureV3';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedLog } from '../../src/host/shared/sharedLog';
import { assembleSessions } from '../../src/sessions/assemble';

export const clientIds = (count: number): string[] => Array.from({ length: count }, (_, at) => `GID_bench@@@${at}`);

/** The extension's own sessions as activate() makes them, on files of their own. */
export async function openSessions(info: LocalInstanceInfo) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const log = (name: string) => new SharedLog({ folder, name, bucketMs: 900_000, kept: 1, now: Date.now });
  const shared = {
    owner: 'bench',
    calls: log('calls'),
    lease: log('lease'),
    meter: log('meter'),
    statuses: log('statuses'),
    changes: { read: () => Promise.resolve(undefined), update: () => Promise.resolve('') },
  };
  let throttled = 0;
  const silent = (): void => undefined;
  const counting: Log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (text) => void (throttled += text.includes('Throttling') ? 1 : 0),
  };
  const sessions = assembleSessions({
    mayAskByItself: () => true,
    credentials: {
      get: () => Promise.resolve({ accessKeyId: info.accessKeyId, accessKeySecret: info.accessKeySecret }),
      accountOf: () => Promise.resolve('bench'),
    },
    placeOf: () => Promise.resolve('bench'),
    inventory: { inventory: { instances: [] }, onDidChange: () => ({ dispose: silent }) },
    settings: {
      maxCallsPerSecond: 100,
      verifiesChanges: true,
      dailyCallBudget: 0,
      staleAfterSeconds: 300,
      flapping: { changes: 4, minutes: 10 },
    },
    shared,
    log: counting,
  });
  const target = { instanceId: info.instanceId, endpoint: info.apiEndpoint, credential: 'bench' };
  return {
    target,
    checker: sessions.checker,
    calls: () => sessions.meter.total().calls,
    throttled: () => throttled,
    async dispose() {
      sessions.dispose();
      await Promise.all([shared.calls, shared.lease, shared.meter, shared.statuses].map((each) => each.dispose()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a user would write with the SDK: one batch call. Resolves with false where it was refused. */
export async function sdkCall(info: LocalInstanceInfo, ids: readonly string[]): Promise<boolean> {
  const list = Object.fromEntries(ids.map((id, at) => [`ClientIdList.${at + 1}`, id]));
  return callService({
    operation: 'BatchQuerySessionByClientIds',
    query: { InstanceId: info.instanceId, ...list },
    host: info.apiEndpoint,
    protocol: 'HTTP',
    credential: { accessKeyId: info.accessKeyId, accessKeySecret: info.accessKeySecret },
    timeoutMs: 30_000,
  }).then(
    () => true,
    () => false,
  );
}

/** The least a program can do: fetch with the same signature. */
export async function bareFetch(info: LocalInstanceInfo, clientId: string): Promise<void> {
  const query = [
    ['InstanceId', info.instanceId],
    ['ClientId', clientId],
  ] as const;
  const headers: Record<string, string> = {
    host: info.apiEndpoint,
    'x-acs-action': 'QuerySessionByClientId',
    'x-acs-version': '2020-04-20',
    'x-acs-date': new Date().toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': createHash('sha256').update('').digest('hex'),
  };
  const names = Object.keys(headers).sort();
  const request = { method: 'POST', path: '/', query, headers, body: '' };
  const { signature } = signV3(request, names, info.accessKeySecret);
  const authorization = `ACS3-HMAC-SHA256 Credential=${info.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const url = `http://${info.apiEndpoint}/?${new URLSearchParams(Object.fromEntries(query)).toString()}`;
  const response = await fetch(url, { method: 'POST', headers: { ...headers, authorization } });
  if (!response.ok) throw new Error(await response.text());
  await response.json();
}

export async function bytesOf(path: string): Promise<number> {
  return (await readFile(path)).length;
}
