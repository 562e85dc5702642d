import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ParsedClientIds } from '../../src/model/clientIds/parseClientIds';
import type { Instance, Inventory } from '../../src/model/inventory/inventory';
import { findInSlices } from '../../src/ui/import/findInSlices';
import { scanText, scanWorkspace } from '../../src/ui/import/workspaceScan';
import { findClientIds } from '../../src/model/clientIds/findClientIds';
import { CountingProxy } from '../host/countingProxy';
import { command, LOCAL, LocalDevices } from './localDevices';

const GROUP = 'Imports';
const FULL = 'Completed';
const GID = 'GID_import';
const KNOWN = `${GID}@@@known`;
const id = (device: string | number): string => `${GID}@@@${device}`;
const never = { isCancellationRequested: false };

describe('importing clients', () => {
  let devices: LocalDevices;
  let proxy: CountingProxy;
  let folder: string;
  let scanned: string;

  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const take = <T = ParsedClientIds>(source: object, more: object = {}) =>
    command<T>('importClients', { instance: LOCAL, group: FULL, source, ...more });
  const exported = async (more: object = {}) => JSON.parse(await command<string>('exportInventory', more)) as Inventory;
  const instance = async (instanceId = LOCAL): Promise<Instance | undefined> =>
    (await exported()).instances.find((each) => each.instanceId === instanceId);
  const idsOf = async (group: string) => (await instance())?.groups.find(({ name }) => name === group)?.clientIds ?? [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'import-'));
    scanned = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'scanned');
    await mkdir(join(scanned, 'node_modules'), { recursive: true });
    devices = await LocalDevices.start(GROUP, [KNOWN]);
    const { endpoint = '' } = (await instance()) ?? {};
    proxy = await CountingProxy.start(endpoint);
    await command('editInstance', { instance: LOCAL, endpoint: proxy.endpoint });
  });
  beforeEach(async () => {
    await command('addGroup', { instance: LOCAL, name: FULL, groupId: GID });
    await command('addClients', { instance: LOCAL, group: FULL, clientIds: [KNOWN] });
  });
  afterEach(() => command('removeGroup', { instance: LOCAL, group: FULL }));
  after(async () => {
    await devices.dispose();
    await proxy.dispose();
    await command('removeInstance', { instance: LOCAL });
    await rm(folder, { recursive: true, force: true });
    await rm(scanned, { recursive: true, force: true });
  });

  it('takes the column of a CSV that reads like client IDs, and says what was new, known and refused, and why', async () => {
    const csv = `\uFEFFplace;device\r\n"hall; left";pump-1\r\nyard;known\r\n;${'x'.repeat(65)}\r\nyard;pump-1\r\n`;
    const { accepted, alreadyKnown, refused, duplicates } = await take({ file: await file('a.csv', csv) });
    assert.deepEqual(
      [accepted, alreadyKnown, refused.map(({ problem }) => problem), duplicates],
      [[id('pump-1')], 1, ['tooLong'], 1],
    );
    assert.deepEqual(await idsOf(FULL), [KNOWN, id('pump-1')]);
  });

  it('takes another column by its name or number, and says which there are', async () => {
    const path = await file('b.csv', 'first,second\na1,b1\na2,b2\n');
    assert.deepEqual((await take({ file: path }, { column: 'second' })).accepted, [id('b1'), id('b2')]);
    assert.deepEqual((await take({ file: path }, { column: 1 })).accepted, [id('a1'), id('a2')]);
    for (const column of [{}, { column: 'third' }, { column: 3 }])
      await assert.rejects(async () => take({ file: path }, column), /"b\.csv" has these columns: first, second\./);
  });

  it('takes JSON, lines, and what stands in a log', async () => {
    const json = await file('a.json', JSON.stringify({ devices: [{ clientId: id(1) }, { clientId: id(2) }] }));
    assert.deepEqual((await take({ file: json })).accepted, [id(1), id(2)]);
    assert.deepEqual((await take({ file: await file('a.txt', `${id(3)}\n4\n`) })).accepted, [id(3), id(4)]);
    const log = await file('a.log', `12:00 session of ${id(5)} up\n12:01 session of ${KNOWN} up, plain words\n`);
    const { accepted, alreadyKnown } = await take({ file: vscode.Uri.file(log).toString() });
    assert.deepEqual([accepted, alreadyKnown], [[id(5)], 1]);
  });

  it('takes ranges, and refuses a wrong one and one that is too long', async () => {
    assert.deepEqual((await take({ range: 'dev-{09..11}, {known,new}' })).accepted, [
      ...['09', '10', '11'].map((at) => id(`dev-${at}`)),
      id('new'),
    ]);
    for (const [range, sentence] of [
      ['dev-{1..', /The brace "\{1\.\." is not closed\./],
      ['dev-{3..1}', /The range "\{3\.\.1\}" ends before it begins\./],
      ['dev-{a..f}', /has to count from one number to another, such as \{001\.\.200\}/],
      ['{a,{b,c}}', /Braces may not stand in braces/],
      ['{0..10000}', /more than 10,000 client IDs/],
    ] as const)
      await assert.rejects(async () => take({ range }), sentence);
  });

  it('refuses what is no file of client IDs, each with its sentence, and leaves the inventory as it was', async () => {
    const rows = 'GID_import@@@x,"a ""b"""\n'.repeat(1_000_000);
    for (const [name, content, sentence] of [
      ['a.bin', Buffer.from(`${KNOWN}\0`), /"a\.bin" is a binary file/],
      ['empty.csv', '\n', /"empty\.csv" holds nothing to import\./],
      ['million.csv', `\uFEFFclientId,name\n${rows}`, /^(UserError: )?million\.csv holds more than 100,000 rows/],
      ['words.log', 'all is well\n', /No client ID was found in words\.log/],
      ['large.log', Buffer.alloc(64_000_001, 'x'), /"large\.log" has 65 MB; a file may have 64 MB at most/],
    ] as const)
      await assert.rejects(async () => take({ file: await file(name, content) }), sentence);
    await assert.rejects(async () => take({ file: join(folder, 'nowhere') }), /"nowhere" could not be read/);
    await assert.rejects(async () => take({ range: 'a' }, { group: 'nowhere' }), /There is no group "nowhere"/);
    await assert.rejects(async () => take({ something: 1 }), /"source"/);
    assert.deepEqual(await idsOf(FULL), [KNOWN]);
  });

  it('holds up nobody for long while it reads a log of 10 MB', async () => {
    const line = (at: number): string =>
      `2026-11-24T12:00:00.000Z INFO, session of ${id(at % 500)} kept, path=/a/b?x=1\n`;
    const path = await file('long.log', Array.from({ length: 130_000 }, (_, at) => line(at)).join(''));
    const { longestMs, result } = await watched(() => take({ file: path }));
    assert.equal(result.accepted.length, 500);
    assert.ok(longestMs < 1000, `${Math.round(longestMs)} ms`);
  });

  it('imports 100,000 clients in one edit', async () => {
    const path = await file('all.csv', `clientId\n${Array.from({ length: 99_999 }, (_, at) => id(at)).join('\n')}\n`);
    const result = await take({ file: path });
    assert.equal(result.accepted.length, 99_999);
    assert.equal((await idsOf(FULL)).length, 100_000);
  });

  it('finds client IDs in the files of the workspace, and says what it left out', async () => {
    await writeFile(join(scanned, 'a.yaml'), `devices:\n  - ${id('w1')}\n  - ${KNOWN}\n`);
    await writeFile(join(scanned, 'b.c'), `connect("${id('w1')}"); connect("${id('w2')}");\n`);
    await writeFile(join(scanned, 'c.bin'), Buffer.from(`\0${id('w3')}`));
    await writeFile(join(scanned, 'node_modules', 'd.js'), `"${id('w4')}"`);
    await writeFile(join(scanned, 'huge.log'), Buffer.alloc(16_000_001, 'x'));
    const { accepted, alreadyKnown } = await take({ workspace: true });
    assert.deepEqual([accepted, alreadyKnown], [[id('w1'), id('w2')], 1]);
    const find = (text: string) => Promise.resolve(findClientIds(text));
    const scan = await scanWorkspace(find, { report: () => undefined }, new vscode.CancellationTokenSource().token);
    assert.deepEqual(
      [...(scan?.found.get(id('w1')) ?? [])],
      [
        ['scanned/a.yaml', 1],
        ['scanned/b.c', 1],
      ],
    );
    assert.equal(
      scan === undefined ? '' : scanText(scan),
      'Files looked through: 2; left out: binary: 1, larger than 16 MB: 1',
    );
  });

  it('ends the look through the workspace when it is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const find = (text: string) => {
      source.cancel();
      return Promise.resolve(findClientIds(text));
    };
    assert.equal(await scanWorkspace(find, { report: () => undefined }, source.token), undefined);
  });

  it('counts a client ID once where two slices of a text meet', async () => {
    const text = `${'x'.repeat(16_378)} ${KNOWN} ${'y'.repeat(70_000)} ${KNOWN}`;
    const find = (slice: string) => Promise.resolve(findClientIds(slice));
    assert.deepEqual([...(await findInSlices(text, find, never))], [[KNOWN, 2]]);
  });

  it('reads an exported inventory back: into the same instances, or into one', async () => {
    await command('expectOnline', { instance: LOCAL, group: FULL });
    const path = join(folder, 'all.json');
    const before = await exported({ file: path });
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), before);
    const nothing = { instances: 0, groups: 0, clients: 0, refused: [] };
    const { alreadyKnown, ...news } = await take<object & { alreadyKnown: number }>({ file: path });
    assert.deepEqual(news, nothing);
    assert.ok(alreadyKnown > 20);
    assert.deepEqual(await exported(), before);
    await command('removeGroup', { instance: LOCAL, group: FULL });
    await command('importClients', { source: { file: path } });
    assert.deepEqual(
      (await instance())?.groups.find(({ name }) => name === FULL),
      before.instances.flatMap(({ groups }) => groups).find(({ name }) => name === FULL),
    );
    const other = { name: 'Other', instanceId: 'mqtt-cn-other', regionId: 'cn-hangzhou', credential: 'nobody' };
    await command('addInstance', other);
    await command('importClients', { source: { file: path }, instance: 'Other' });
    assert.deepEqual(
      (await instance(other.instanceId))?.groups.map(({ name }) => name).sort(),
      before.instances.flatMap(({ groups }) => groups.map(({ name }) => name)).sort(),
    );
    await command('removeInstance', { instance: 'Other' });
    await command('expectNothing', { instance: LOCAL, group: FULL });
  });

  it('takes no instance that would carry a key elsewhere, unless it is named', async () => {
    const evil = {
      name: 'Evil',
      instanceId: 'mqtt-cn-evil',
      endpoint: 'keys.example.com',
      credential: 'local',
      groups: [],
    };
    const broken = { ...evil, name: 'Broken', instanceId: 'mqtt-cn-broken', endpoint: 'http://a/b' };
    const path = await file('evil.json', JSON.stringify({ instances: [evil, broken] }));
    const take2 = (instances?: string[]) =>
      command<{ instances: number; refused: string[] }>('importClients', { source: { file: path }, instances });
    const { instances, refused } = await take2();
    assert.deepEqual([instances, refused], [0, ['Evil', 'Broken']]);
    const named = await take2([evil.instanceId, broken.instanceId]);
    assert.deepEqual([named.instances, named.refused], [1, ['Broken']]);
    await command('removeInstance', { instance: 'Evil' });
  });

  it('exports one instance or group, as CSV too, to a file and to the clipboard, and never a key', async () => {
    const part = await exported({ instance: LOCAL, group: FULL });
    assert.deepEqual(
      part.instances.map(({ groups }) => groups.map(({ name }) => name)),
      [[FULL]],
    );
    const csv = await command<string>('exportInventory', {
      instance: LOCAL,
      group: FULL,
      format: 'csv',
      clipboard: true,
    });
    assert.equal(csv, `instance,instanceId,group,clientId\r\nLocal instance,${LOCAL},${FULL},${KNOWN}\r\n`);
    assert.equal(await vscode.env.clipboard.readText(), csv);
    const path = join(folder, 'out.csv');
    await command('exportInventory', { format: 'csv', file: path });
    assert.match(await readFile(path, 'utf8'), /^\uFEFFinstance,/);
    assert.equal((await command<string>('exportInventory', {})).includes('local-access-key-secret'), false);
    await assert.rejects(async () => command('exportInventory', { format: 'exe' }), /"format"/);
    await assert.rejects(
      async () => command('exportInventory', { file: join(folder, 'no', 'where\0') }),
      /could not be written/,
    );
  });

  it('asked the service nothing, whatever was imported and exported', async () => {
    await command('lookUpClients', { instance: LOCAL, clientIds: ['barrier'] });
    assert.deepEqual(
      proxy.calls.map(({ clientIds }) => clientIds),
      [['barrier']],
    );
  });
});

/** How long everything else had to wait at most while something ran. */
async function watched<T>(what: () => PromiseLike<T>): Promise<{ longestMs: number; result: T }> {
  let longestMs = 0;
  let last = performance.now();
  const note = (): void => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  };
  const beat = setInterval(note, 2);
  const result = await what();
  note();
  clearInterval(beat);
  return { longestMs, result };
}
