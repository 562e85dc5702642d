import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Subjects } from '../../src/ui/commands/arguments';
import { rowsChosen } from '../../src/ui/commands/chosen';
import type { TreeNode } from '../../src/ui/tree/nodes';
import { TreeNodes } from '../../src/ui/tree/treeNodes';
import { command } from './localDevices';

const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const GROUPS = [
  { name: 'Pumps', clientIds: ['a', 'b'] },
  { name: 'Valves', clientIds: ['c'] },
];

/** The rows of Plant, as the tree hands them to a command. */
function rowsOfPlant(): { groups: TreeNode[]; clients: TreeNode[] } {
  const nodes = new TreeNodes();
  nodes.update({ instances: [{ ...PLANT, groups: GROUPS }] });
  const groups = GROUPS.map(({ name }) => nodes.group(PLANT.instanceId, name)).filter((node) => node !== undefined);
  return { groups, clients: groups.flatMap((group) => nodes.rowsOf(group)) };
}

interface Saved {
  readonly groups: readonly { readonly name: string }[];
  readonly clients?: Record<string, object>;
}

async function savedPlant(): Promise<Saved | undefined> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { instances } = JSON.parse(await readFile(path, 'utf8')) as { instances: (Saved & { name: string })[] };
  return instances.find(({ name }) => name === 'Plant');
}

describe('commands on several rows', () => {
  const { groups, clients } = rowsOfPlant();
  const run = <T = unknown>(name: string, rows: readonly TreeNode[]) =>
    vscode.commands.executeCommand<T>(`apsaramqMqtt.${name}`, rows[0], rows);

  before(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    await command('addInstance', PLANT);
    for (const { name, clientIds } of GROUPS) {
      await command('addGroup', { instance: 'Plant', name });
      await command('addClients', { instance: 'Plant', group: name, clientIds });
    }
  });
  after(() => command('removeInstance', { instance: 'Plant' }));

  for (const [name, key, value] of [
    ['expectOnline', 'expected', 'online'],
    ['expectOffline', 'expected', 'offline'],
    ['pin', 'pinned', true],
    ['mute', 'muted', true],
  ] as const) {
    it(`${name} all of them`, async () => {
      await run(name, clients);
      const wanted = { [key]: value };
      assert.deepEqual((await savedPlant())?.clients, { a: wanted, b: wanted, c: wanted });
      await run(name === 'pin' ? 'unpin' : name === 'mute' ? 'unmute' : 'expectNothing', clients);
      assert.deepEqual((await savedPlant())?.clients, {});
    });
  }

  it('check and verify all of them, groups too', async () => {
    const idsOf = (results: { clientId: string }[]) => results.map(({ clientId }) => clientId).join('');
    assert.equal(idsOf(await run<{ clientId: string }[]>('checkClient', clients)), 'abc');
    assert.equal(idsOf(await run<{ clientId: string }[]>('verifyClient', clients)), 'abc');
    assert.equal(idsOf(await run<{ clientId: string }[]>('checkGroup', groups)), 'abc');
  });

  it('copy all of them', async () => {
    await run('copyClientId', clients);
    assert.equal(await vscode.env.clipboard.readText(), 'a\nb\nc');
  });

  it('act on the row alone that is not among those selected', () => {
    const [first, second, third] = clients;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.deepEqual(rowsChosen(first, [second, third]), [first]);
    assert.deepEqual(rowsChosen(first, undefined), [first]);
    assert.deepEqual(rowsChosen(first, [first, second]), [first, second]);
  });

  it('from the palette act on the rows selected that are of their kind, and ask where there is none', () => {
    const seen: unknown[] = [];
    const subjects = new Subjects({} as never, () => [...groups, ...clients]);
    const note = (argument: unknown, selected: unknown): unknown => seen.push([argument, selected]);
    subjects.onRows(['client'], note)();
    subjects.onRows(['instance'], note)();
    subjects.onRows(['client'], note)({ instance: 'Plant' }, undefined);
    subjects.onRows(['client'], note)(groups[0], groups);
    assert.deepEqual(seen, [
      [clients[0], clients],
      [undefined, undefined],
      [{ instance: 'Plant' }, undefined],
      [groups[0], groups],
    ]);
  });

  it('from a menu whose row VS Code cannot name ask, and never act on another row that is selected', () => {
    const seen: unknown[] = [];
    const subjects = new Subjects({} as never, () => clients);
    const note = (...given: readonly unknown[]): unknown => seen.push(given);
    subjects.onRows(['client'], note)(undefined, undefined);
    subjects.onRows(['client'], note)(undefined, clients);
    assert.deepEqual(seen, [
      [undefined, undefined],
      [undefined, clients],
    ]);
  });
});
