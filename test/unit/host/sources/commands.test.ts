import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../../src/host/sources/runCommand';
import { SourceError } from '../../../../src/model/sources/sourceError';
import { Home } from './home';

describe('the command of a profile', () => {
  let home: Home;
  const ran = (): number =>
    existsSync(join(home.folder, 'ran')) ? readFileSync(join(home.folder, 'ran'), 'utf8').length : 0;
  /** A program that notes each run and ends as told. */
  const program = (end: string): string => {
    const file = join(home.folder, 'tool.js');
    writeFileSync(file, `require('fs').appendFileSync(${JSON.stringify(join(home.folder, 'ran'))}, 'x');\n${end}`);
    return file;
  };
  const print = (answer: object): string => `process.stdout.write(${JSON.stringify(JSON.stringify(answer))});`;
  const line = (file: string, more = ''): string => `"${process.execPath}" "${file}"${more}`;
  const problemOf = async (get: Promise<unknown>) =>
    get.then(
      () => undefined,
      (error: unknown) => {
        assert.ok(error instanceof SourceError);
        assert.equal(`${JSON.stringify(error)}${error.stack ?? ''}`.includes('planted'), false);
        return error.problem;
      },
    );

  async function open(command: string) {
    home.write({ name: 'default', mode: 'External', process_command: command });
    const sources = home.open();
    await sources.set('plant', { kind: 'profile' });
    return sources;
  }
  beforeEach(() => (home = new Home()));
  afterEach(() => home.remove());

  const KEY = {
    mode: 'StsToken',
    access_key_id: 'planted-id',
    access_key_secret: 'planted-secret',
    sts_token: 'planted-token',
  };

  it('is not run before it was allowed, nor in Restricted Mode', async () => {
    const command = line(program(print(KEY)));
    const sources = await open(command);
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'commandNotAllowed' });
    assert.deepEqual((await sources.lookOf('plant'))?.problem, { kind: 'commandNotAllowed' });
    assert.equal(await sources.commandAwaiting('plant'), command);
    await sources.allow(command);
    home.isTrusted = false;
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'commandRestricted' });
    assert.equal(await sources.commandAwaiting('plant'), undefined);
    assert.equal(ran(), 0);
    home.isTrusted = true;
    assert.equal((await sources.get('plant'))?.securityToken, 'planted-token');
    assert.equal(ran(), 1);
  });

  it('is allowed for all windows of the machine, to the last byte, and its text stands in no file', async () => {
    const command = line(program(print(KEY)), ' planted-argument');
    await (await open(command)).allow(command);
    assert.equal(home.recordsText.includes('planted'), false);
    const other = home.open();
    assert.equal(await other.commandAwaiting('plant'), undefined);
    home.write({ name: 'default', mode: 'External', process_command: `${command} ` });
    assert.deepEqual(await problemOf(other.get('plant')), { kind: 'commandNotAllowed' });
    assert.equal(ran(), 0);
  });

  it('is run once for all who ask, and again when its key ends', async () => {
    const expiration = new Date(home.now + 3_600_000).toISOString();
    const command = line(program(print({ ...KEY, expiration })));
    const sources = await open(command);
    await sources.allow(command);
    await Promise.all([sources.get('plant'), sources.get('plant'), sources.get('plant')]);
    home.now += 30 * 60_000;
    await sources.get('plant');
    assert.equal(ran(), 1);
    home.now += 30 * 60_000;
    await sources.get('plant').catch(() => undefined);
    assert.equal(ran(), 2);
  });

  it('is read by no shell', async () => {
    const command = line(program(print(KEY)), ' $(touch planted) ; touch planted2 | cat');
    const sources = await open(command);
    await sources.allow(command);
    assert.equal((await sources.get('plant'))?.accessKeyId, 'planted-id');
  });

  it('runs in the home folder, wherever VS Code was started: a relative path means nothing there', async () => {
    const script = `process.stdout.write(JSON.stringify({ access_key_id: 'id', access_key_secret: Buffer.from(process.cwd()).toString('hex') }))`;
    const { credential } = await runCommand([process.execPath, '-e', script], Date.now);
    assert.equal(Buffer.from(credential.accessKeySecret, 'hex').toString(), realpathSync(homedir()));
    assert.notEqual(process.cwd(), realpathSync(homedir()));
  });

  it('that fails says how it ended, and nothing of what it printed', async () => {
    const ended = async (end: string): Promise<unknown> => {
      const command = line(program(end));
      const sources = await open(command);
      await sources.allow(command);
      return problemOf(sources.get('plant'));
    };
    const says = "console.log('planted'); console.error('planted');";
    assert.deepEqual(await ended(`${says} process.exit(3);`), { kind: 'commandFailed', exitCode: 3 });
    assert.deepEqual(await ended(says), { kind: 'commandOutput' });
    assert.deepEqual(await ended(print({ ...KEY, sts_token: '' })), { kind: 'commandOutput' });
    assert.deepEqual(await ended(print({ access_key_id: 'planted' })), { kind: 'commandOutput' });
    assert.deepEqual(await ended(print({ ...KEY, expiration: 'planted' })), { kind: 'commandOutput' });
    assert.deepEqual(await ended(print({ ...KEY, expiration: '2020-01-01T00:00:00Z' })), { kind: 'expired' });
    assert.deepEqual(await ended("process.stdout.write('planted'.repeat(100000))"), { kind: 'commandOutput' });
  }).timeout(10_000);

  it('that is not there, or does not end, is given up', async () => {
    assert.deepEqual(await problemOf(runCommand([join(home.folder, 'planted')], Date.now)), { kind: 'commandMissing' });
    const waits = program('setInterval(() => undefined, 1000);');
    assert.deepEqual(await problemOf(runCommand([process.execPath, waits], Date.now, 200)), { kind: 'commandTimeout' });
  });

  it('that could not be started is missing, whatever the system says of it', async () => {
    const tooLong = Array.from({ length: 40 }, () => 'planted'.repeat(15_000));
    for (const line of [[home.folder], [process.execPath, 'a\0planted'], [process.execPath, ...tooLong]])
      assert.deepEqual(await problemOf(runCommand(line, Date.now)), { kind: 'commandMissing' });
  });

  it('whose quotes are open is incomplete', async () => {
    const sources = await open('"planted');
    await sources.allow('"planted');
    assert.deepEqual(await problemOf(sources.get('plant')), { kind: 'incomplete', field: 'process_command' });
  });
});
