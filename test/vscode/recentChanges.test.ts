import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { connectAsync } from 'mqtt';
import * as vscode from 'vscode';
import { silentLog } from '../../src/base/log';
import { signIn } from '../../src/emulator/mqtt/mqttSignIn';
import { ChangeKeeper } from '../../src/sessions/history/changeKeeper';
import { readChangeLines } from '../../src/sessions/history/changeLines';
import { StatusHistory } from '../../src/sessions/history/statusHistory';
import { StatusStore } from '../../src/sessions/status/statusStore';
import { clientItem, clientRow, looksAlike } from '../../src/ui/tree/clientItem';
import type { ClientNode } from '../../src/ui/tree/nodes';
import { TreeNodes } from '../../src/ui/tree/treeNodes';

/** The row of a client in a group, as the tree has it. */
function rowOf(clientId: string): ClientNode {
  const group = { name: 'Group', clientIds: [clientId] };
  const nodes = new TreeNodes();
  nodes.update({ instances: [{ name: 'Plant', instanceId: 'mqtt-1', credential: 'work', groups: [group] }] });
  const node = nodes.group('mqtt-1', 'Group');
  const [row] = node === undefined ? [] : nodes.rowsOf(node);
  assert.ok(row?.kind === 'client');
  return row;
}

interface Change {
  instance: string;
  clientId: string;
  from: string;
  to: string;
  at: string;
  notBefore: string;
  verified: boolean;
}
const command = <T = unknown>(name: string, argument?: unknown): Thenable<T> =>
  vscode.commands.executeCommand<T>(`apsaramqMqtt.${name}`, argument);
const LOCAL = 'mqtt-cn-local00001';
const BOARD = 'GID_flaps@@@board';
const configuration = () => vscode.workspace.getConfiguration('apsaramqMqtt');
const changes = (argument: object) => command<Change[]>('showRecentChanges', argument);
const verify = () => command('verifyClient', { instance: LOCAL, clientId: BOARD });

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function inventoryPath(): Promise<string> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return path;
}

/** The text of a file once it holds what is waited for: it is written a moment after the change. */
async function textWith(path: string, sign: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.includes(sign)) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${path} never held ${sign}`);
}

describe('recent changes in a real VS Code', () => {
  let mqttPort: number;

  before(async () => {
    mqttPort = await freePort();
    await configuration().update('localInstance.mqttPort', mqttPort, vscode.ConfigurationTarget.Global);
    await command('startLocalInstance');
    await command('addGroup', { instance: LOCAL, name: 'Flaps', groupId: 'GID_flaps' });
    await command('addClients', { instance: LOCAL, group: 'Flaps', clientIds: [BOARD] });
  });
  after(async () => {
    await command('stopLocalInstance');
    await configuration().update('localInstance.mqttPort', undefined, vscode.ConfigurationTarget.Global);
  });

  it('are none before a client was seen twice', async () => {
    await verify();
    assert.deepEqual(await changes({ instance: LOCAL, clientId: BOARD }), []);
  });

  it('tell of each time a device came and went, newest first', async () => {
    for (let flap = 0; flap < 3; flap++) {
      const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        clientId: BOARD,
        ...signIn(BOARD),
        reconnectPeriod: 0,
      });
      await verify();
      await device.endAsync();
      await verify();
    }
    const found = await changes({ instance: LOCAL, clientId: BOARD });
    const [up, down] = [
      ['offline', 'online', true],
      ['online', 'offline', true],
    ];
    assert.deepEqual(
      found.map(({ from, to, verified }) => [from, to, verified]),
      [down, up, down, up, down, up],
    );
    const times = found.flatMap(({ at, notBefore }) => [Date.parse(at), Date.parse(notBefore)]);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
    assert.equal((await changes({})).length, (await changes({ instance: LOCAL })).length);
    assert.deepEqual(await changes({ clientId: 'never-seen' }), []);
  });

  it('are written where the next window reads them', async () => {
    const path = join(dirname(await inventoryPath()), 'changes.jsonl');
    const [first] = readChangeLines(await textWith(path, BOARD), Date.now());
    const history = new StatusHistory({
      store: new StatusStore(),
      settings: { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } },
      now: Date.now,
    });
    const keeper = new ChangeKeeper({
      file: { read: () => readFile(path, 'utf8'), update: () => Promise.reject(new Error('not here')) },
      history,
      placeOf: () => Promise.resolve(first?.place),
      now: Date.now,
      log: silentLog,
    });
    await keeper.load();
    const expected = await changes({ instance: LOCAL, clientId: BOARD });
    assert.deepEqual(
      history
        .of(LOCAL, BOARD)
        .transitions.map(({ to, at }) => [to, new Date(at).toISOString()])
        .reverse(),
      expected.map(({ to, at }) => [to, at]),
    );
    assert.equal(history.isFlapping(LOCAL, BOARD), true);
  });

  it('refuse an instance that is not saved with a sentence', async () => {
    await assert.rejects(async () => changes({ instance: 'nowhere' }), /There is no instance "nowhere"/);
    await assert.rejects(async () => changes({ clientId: 5 }), /"clientId"/);
  });

  it('are muted for a client or a group, in the inventory', async () => {
    type Saved = { instances: { groups: { name: string; muted?: boolean }[]; clients?: unknown }[] };
    const saved = async () => (JSON.parse(await readFile(await inventoryPath(), 'utf8')) as Saved).instances[0];
    await command('mute', { instance: LOCAL, clientId: BOARD });
    await command('mute', { instance: LOCAL, group: 'Flaps' });
    assert.deepEqual((await saved())?.clients, { [BOARD]: { muted: true } });
    assert.equal((await saved())?.groups.find(({ name }) => name === 'Flaps')?.muted, true);
    await assert.rejects(async () => command('unmute', { instance: LOCAL, clientId: BOARD }), /its group is/);
    await command('unmute', { instance: LOCAL, group: 'Flaps' });
    assert.equal((await saved())?.groups.find(({ name }) => name === 'Flaps')?.muted, undefined);
    await assert.rejects(async () => command('mute', { instance: LOCAL, group: 'None' }), /There is no group "None"/);
  });

  it('mark a row that flaps by a word, until it does so no more though nothing else has changed', () => {
    const store = new StatusStore(() => 1000);
    const observation = { status: 'online', isVerified: true, checkedAt: 1000 } as const;
    store.apply('mqtt-1', new Map([['a', { kind: 'answered', observation }]]));
    const node = rowOf('a');
    const others = {
      expectations: { brokenOf: () => undefined },
      watched: { isWatched: () => false },
      counts: { groupsWith: () => [] },
      settings: { staleAfterSeconds: 300 },
    };
    const [flapping, steady] = [true, false].map((flaps) =>
      clientRow(node, { ...others, store, history: { isFlapping: () => flaps } }, 1000),
    );
    assert.ok(flapping !== undefined && steady !== undefined);
    assert.deepEqual([looksAlike(flapping, steady), looksAlike(steady, steady)], [false, true]);
    assert.deepEqual(
      [flapping, steady].map((row) => clientItem(node, row).description),
      ['online · flapping · just now · verified', 'online · just now · verified'],
    );
    assert.equal(
      clientItem(node, flapping).accessibilityInformation?.label,
      'a, online · flapping · just now · verified',
    );
  });
});
