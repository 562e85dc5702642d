import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { LOCAL_DISABLED_KEY, LOCAL_KEY, LOCAL_LIMITED_KEY } from '../../src/emulator/localKeys';
import { ApiError } from '../../src/model/apiError';
import { appendFailure } from '../../src/ui/doctor/failureTooltip';
import { errorText } from '../../src/ui/words/failureWords';
import { command, LOCAL } from './localDevices';

interface Diagnosed {
  readonly steps: readonly { readonly step: string; readonly result: string; readonly code?: string }[];
  readonly report: string;
}
const diagnose = (instance: string) => command<Diagnosed>('diagnoseInstance', { instance });
const ends = ({ steps }: Diagnosed): string => steps.map(({ result, code }) => code ?? result).join(' ');
const setKey = (key: object) => command('setCredential', { name: 'local-instance', ...key });

describe('the diagnosis of an instance, inside VS Code', () => {
  before(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    await command('removeInstance', { instance: LOCAL }).then(undefined, () => undefined);
    await command('startLocalInstance');
    await command('editInstance', { instance: LOCAL, credential: 'local-instance' });
  });
  after(async () => {
    await setKey(LOCAL_KEY);
    await command('stopLocalInstance');
    await command('removeInstance', { instance: LOCAL });
  });

  it('passes where the key may do all, and reports no key', async () => {
    await setKey(LOCAL_KEY);
    const found = await diagnose(LOCAL);
    assert.equal(ends(found), 'passed notNeeded passed passed passed passed');
    assert.match(found.report, /Address: ✔ passed\n[^]*TLS: – not needed\nClock: ✔ passed/);
    for (const secret of [LOCAL_KEY.accessKeyId, LOCAL_KEY.accessKeySecret, 'GID_local@@@'])
      assert.equal(found.report.includes(secret), false, secret);
  });

  it('names the action that a narrow policy lacks', async () => {
    await setKey(LOCAL_LIMITED_KEY);
    const found = await diagnose(LOCAL);
    assert.equal(ends(found), 'passed notNeeded passed passed passed Forbidden.RAM');
    assert.match(
      found.report,
      /real time: ✘ failed\n {4}A RAM policy denies this call\.\n[^]*Allow mq:MqttInstanceAccess/,
    );
  });

  it('ends at a disabled key and at a wrong secret', async () => {
    await setKey(LOCAL_DISABLED_KEY);
    assert.equal(
      ends(await diagnose(LOCAL)),
      'passed notNeeded passed InvalidAccessKeyId.Inactive notReached notReached',
    );
    await setKey({ ...LOCAL_KEY, accessKeySecret: 'planted-wrong-secret' });
    const found = await diagnose(LOCAL);
    assert.equal(ends(found), 'passed notNeeded passed SignatureDoesNotMatch notReached notReached');
    assert.equal(found.report.includes('planted'), false);
  });

  it('carries no key in its first request, and asks once more for what a portal answers', async () => {
    const heard: string[] = [];
    const portal: Server = createServer((request, response) => {
      heard.push(`${request.headers.authorization === undefined ? 'no key' : 'signed'} ${request.method ?? ''}`);
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
    });
    await new Promise<void>((up) => portal.listen(0, '127.0.0.1', up));
    const endpoint = `127.0.0.1:${(portal.address() as AddressInfo).port}`;
    await command('addInstance', {
      name: 'Portal',
      instanceId: 'mqtt-cn-portal',
      endpoint,
      credential: 'local-instance',
    });
    assert.equal(ends(await diagnose('Portal')), 'passed notNeeded passed notReached NotJson notReached');
    assert.deepEqual(heard, ['no key GET', 'signed POST']);
    await command('removeInstance', { instance: 'Portal' });
    portal.closeAllConnections();
    portal.close();
  });
});

describe('the RAM policy', () => {
  before(() =>
    command('addInstance', { name: 'P', instanceId: 'post-cn-p', regionId: 'cn-hangzhou', credential: 'p' }),
  );
  after(() => command('removeInstance', { instance: 'P' }));

  it('is given to a caller as JSON, for instances by name and features by word', async () => {
    const text = await command<string>('copyRamPolicy', { instances: ['P'], features: ['trace'] });
    assert.deepEqual(JSON.parse(text), {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['mq:QueryMqttDeviceTrace'],
          Resource: ['acs:mq:*:*:post-cn-p', 'acs:mq:*:*:instance/post-cn-p'],
        },
      ],
    });
    await assert.rejects(
      async () => command('copyRamPolicy', { instances: ['Q'], features: ['trace'] }),
      /no instance "Q"/,
    );
    await assert.rejects(async () => command('copyRamPolicy', { instances: ['P'], features: ['all'] }), /"features/);
  });
});

describe('what a row says of a failure', () => {
  const error = new ApiError('service', 'Forbidden.RAM', 'R-1', {
    instanceId: 'post-cn-p',
    operation: 'QuerySessionByClientId',
    host: 'onsmqtt.cn-hangzhou.aliyuncs.com',
  });

  it('has cause, evidence, fix and links that do it; no other command runs from it', () => {
    const tooltip = new vscode.MarkdownString();
    appendFailure(tooltip, 'post-cn-p', { error, at: 0 });
    const said = tooltip.value.replaceAll(/\\(.)/g, '$1');
    assert.match(said, /A RAM policy denies this call\./);
    assert.match(said, /\*\*Evidence\*\* code Forbidden\.RAM; request R-1; QuerySessionByClientId, onsmqtt\./);
    assert.match(said, /\*\*What to do\*\* Allow mq:MqttInstanceAccess on this instance/);
    const links = [...tooltip.value.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, title, target]) => [title, target]);
    assert.deepEqual(
      links.map(([title]) => title),
      ['Copy RAM Policy', 'Diagnose Instance', 'Copy Request ID', 'Troubleshooting'],
    );
    assert.equal(links[3]?.[1], 'https://api.aliyun.com/troubleshoot?q=Forbidden.RAM&product=OnsMqtt&requestId=R-1');
    assert.deepEqual(tooltip.isTrusted, { enabledCommands: ['apsaramqMqtt.applyFix'] });
  });

  it('copies the request ID, and nothing that is none', async () => {
    await command('applyFix', { copyRequestId: 'R-1' });
    assert.equal(await vscode.env.clipboard.readText(), 'R-1');
    await assert.rejects(async () => command('applyFix', { copyRequestId: 'rm -rf /' }), /"copyRequestId"/);
    await assert.rejects(async () => command('applyFix', { fix: 'workbench.action.quit' }), /"fix"/);
  });

  it('has its numbers and its host in a sentence', () => {
    const late = new ApiError('service', 'InvalidTimeStamp.Expired', undefined, { clockAheadSeconds: -1260 });
    assert.equal(
      errorText(late),
      "This machine's clock is off by more than 15 minutes. This machine's clock is 1,260 s behind the server's. Set the clock and check again. (InvalidTimeStamp.Expired)",
    );
    const gone = new ApiError('network', 'ENOTFOUND', undefined, { host: 'onsmqtt.cn-nowhere.aliyuncs.com' });
    assert.match(errorText(gone), /^The host onsmqtt\.cn-nowhere\.aliyuncs\.com could not be found\./);
  });
});
