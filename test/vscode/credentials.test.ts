import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LOCAL_KEY, LOCAL_STS_KEY } from '../../src/emulator/localKeys';
import { SourceError, type SourceProblem } from '../../src/model/sources/sourceError';
import { sourceProblemText, sourceProblemWords } from '../../src/ui/words/sourceWords';
import { errorText } from '../../src/ui/words/failureWords';
import { StsServer } from '../unit/host/sources/stsServer';
import { command, LOCAL } from './localDevices';

const DEVICE = 'GID_local@@@device-001';
const HOME = process.platform === 'win32' ? 'USERPROFILE' : 'HOME';
const PLANTED = 'planted-by-a-test';

interface Result {
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string; readonly requestId?: string };
}

const pairOf = (mode: string, key: { accessKeyId: string; accessKeySecret: string; securityToken?: string }) => ({
  name: 'default',
  mode,
  access_key_id: key.accessKeyId,
  access_key_secret: key.accessKeySecret,
  ...(key.securityToken === undefined ? {} : { sts_token: key.securityToken }),
});

describe('a credential that stands for a CLI profile', () => {
  const homeBefore = process.env[HOME];
  let folder: string;
  let sts: StsServer;

  async function write(text: string): Promise<void> {
    const path = join(homedir(), '.aliyun', 'config.json');
    await mkdir(join(homedir(), '.aliyun'), { recursive: true });
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
  const profiles = (...all: object[]) => write(JSON.stringify({ current: 'default', profiles: all }));
  const check = async (): Promise<Result> => {
    const [result] = await command<Result[]>('lookUpClients', { instance: LOCAL, clientIds: [DEVICE], verify: true });
    return result ?? assert.fail('no result');
  };
  const codeOf = async () => (await check()).error?.code ?? (await check()).status;

  before(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    folder = await mkdtemp(join(tmpdir(), 'creds-vscode-'));
    process.env[HOME] = folder;
    sts = await new StsServer().start();
    sts.key = LOCAL_STS_KEY;
    sts.secrets.set('base-id', PLANTED);
    await command('startLocalInstance');
    await command('setCredential', { name: 'cli', source: 'profile' });
    await command('editInstance', { instance: LOCAL, credential: 'cli' });
  });
  after(async () => {
    process.env[HOME] = homeBefore;
    sts.stop();
    await command('removeInstance', { instance: LOCAL });
    for (const name of ['cli', 'local']) await command('removeCredential', { name });
    await command('stopLocalInstance');
    await rm(folder, { recursive: true, force: true });
  });

  it('says what is missing where there is no file, and asks with its key as soon as there is one', async () => {
    const { error } = await check();
    assert.equal(error?.code, 'ProfileFileNotFound');
    assert.match(error.message, /There is no ~\/\.aliyun\/config\.json on the remote machine\. .*aliyun configure/);
    await profiles(pairOf('AK', LOCAL_KEY));
    assert.equal(await codeOf(), 'online');
  });

  it('asks with another key from the next check on, when the file says another one', async () => {
    await profiles(pairOf('AK', { accessKeyId: 'unknown-id', accessKeySecret: PLANTED }));
    assert.equal(await codeOf(), 'InvalidAccessKeyId.NotFound');
    await profiles(pairOf('StsToken', LOCAL_STS_KEY));
    assert.equal(await codeOf(), 'online');
    await profiles({ name: 'default', mode: 'CloudSSO' });
    assert.equal(await codeOf(), 'ProfileModeNotSupported');
  });

  it('says where the file is malformed, and nothing of what is in it', async () => {
    await write(`{"current": "default",\n "profiles": [{"access_key_secret": "${PLANTED}"]}`);
    const { error } = await check();
    assert.equal(error?.code, 'ProfileFileMalformed');
    assert.match(error.message, /no valid JSON at line 2, column 56/);
    assert.equal(JSON.stringify(error).includes(PLANTED), false);
  });

  it('asks STS for the key of a role, and the service with that', async () => {
    const role = { ram_role_arn: 'acs:ram::1:role/watch', ram_session_name: 'me', sts_endpoint: sts.host };
    const base = { accessKeyId: 'base-id', accessKeySecret: PLANTED };
    await profiles({ ...pairOf('RamRoleArn', base), ...role });
    assert.deepEqual([await codeOf(), sts.calls.length], ['online', 1]);
    sts.answers.push({ status: 403, body: `{"Code":"NoPermission","RequestId":"R-9","Message":"${PLANTED}"}` });
    await profiles({ ...pairOf('RamRoleArn', base), ...role, ram_role_arn: 'acs:ram::1:role/other' });
    const { error } = await check();
    assert.deepEqual([error?.code, error?.requestId], ['NoPermission', 'R-9']);
    assert.equal(JSON.stringify(error).includes(PLANTED), false);
  });

  it('runs no command for what asks by itself', async () => {
    await profiles({ name: 'default', mode: 'External', process_command: `touch ${join(folder, 'ran')}` });
    const watch = { instance: LOCAL, group: 'Simulated clients', minutes: 1 };
    const { message } = await command<{ message: string }>('watch', watch);
    assert.match(message, /was not allowed to run yet/);
    await assert.rejects(stat(join(folder, 'ran')));
  });

  it('may stand for the environment instead', async () => {
    await command('setCredential', { name: 'cli', source: 'environment' });
    assert.equal(await codeOf(), 'NoKeyInEnvironment');
    const variables = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: LOCAL_STS_KEY.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: LOCAL_STS_KEY.accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: LOCAL_STS_KEY.securityToken,
    };
    Object.assign(process.env, variables);
    try {
      assert.equal(await codeOf(), 'online');
    } finally {
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
    }
  });

  it('may stand for a key of this session instead', async () => {
    await command('setCredential', { name: 'cli', ...LOCAL_KEY, isForSession: true });
    assert.equal(await codeOf(), 'online');
    await command('removeCredential', { name: 'cli' });
    assert.equal(await codeOf(), 'MissingCredential');
  });

  it('leaves no part of a key in any file of VS Code', async () => {
    await command('setCredential', { name: 'cli', source: 'profile' });
    await command('openInventory', {});
    const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? assert.fail('nothing is open');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const data = join(path, '..', '..', '..', '..');
    const files = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    assert.ok(files.some(({ name }) => name === 'credentials.json'));
    for (const { parentPath, name } of files) {
      const text = await readFile(join(parentPath, name), 'utf8').catch(() => '');
      for (const secret of [PLANTED, LOCAL_STS_KEY.accessKeySecret, LOCAL_STS_KEY.securityToken])
        assert.equal(text.includes(secret), false, join(parentPath, name));
    }
  });
});

describe('the words for a source that gives no key', () => {
  const problems: SourceProblem[] = [
    ...(['noFile', 'unreadable', 'tooLarge', 'notProfiles', 'noProfile', 'noCurrent', 'loop'] as const).map((kind) => ({
      kind,
    })),
    { kind: 'malformed', line: 3, column: 7 },
    { kind: 'incomplete', field: 'ram_role_arn' },
    { kind: 'unsupported', mode: 'CloudSSO' },
    ...(['noVariables', 'tokenUnreadable', 'expired'] as const).map((kind) => ({ kind })),
    { kind: 'refused', code: 'NoPermission' },
    { kind: 'stsUnreachable', code: 'ENOTFOUND' },
    { kind: 'metadataUnreachable', code: 'Timeout' },
    ...(['commandNotAllowed', 'commandRestricted', 'commandMissing', 'commandTimeout', 'commandOutput'] as const).map(
      (kind) => ({ kind }),
    ),
    { kind: 'commandFailed', exitCode: 3 },
    { kind: 'commandFailed', exitCode: undefined },
  ];

  it('are a sentence for each, with what to do and its code', () => {
    const texts = problems.map((problem) => errorText(new SourceError(problem)));
    assert.equal(new Set(texts).size, problems.length);
    for (const text of texts) assert.match(text, /^[^.]+\..* .+\. \(\w+\)$/);
    const look = {
      source: { kind: 'profile', profile: 'p' },
      profile: 'p',
      mode: '',
      renewsAt: undefined,
      problem: undefined,
    } as const;
    for (const problem of problems) {
      assert.ok(sourceProblemWords(look, problem, 'plant').length < 70);
      assert.ok(sourceProblemText(problem).fix !== '');
    }
  });
});
