import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { InventoryEdit } from '../../src/model/inventory/editInventory';
import { muteText } from '../../src/ui/changes/changeWords';
import { chosenRows, setAttention } from '../../src/ui/commands/chosen';
import type { TreeNode } from '../../src/ui/tree/nodes';
import { TreeNodes } from '../../src/ui/tree/treeNodes';
import { command } from './localDevices';

const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'work' };
const CLIENTS = ['a', 'b', 'c'];

/** A group row and the rows of its clients, as the tree hands them to a command. */
function rowsSelected(): [TreeNode, ...TreeNode[]] {
  const nodes = new TreeNodes();
  nodes.update({ instances: [{ ...PLANT, groups: [{ name: 'Pumps', clientIds: CLIENTS }] }] });
  const group = nodes.group(PLANT.instanceId, 'Pumps');
  assert.ok(group !== undefined);
  return [group, ...nodes.rowsOf(group)];
}

/** Whether the group is muted, and what stands for its clients. */
async function savedPlant(): Promise<unknown[]> {
  await command('openInventory');
  const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { instances } = JSON.parse(await readFile(path, 'utf8')) as { instances: (typeof PLANT & Saved)[] };
  const plant = instances.find(({ name }) => name === 'Plant');
  return [plant?.groups[0]?.muted, plant?.clients ?? {}];
}

interface Saved {
  readonly groups: readonly { readonly muted?: boolean }[];
  readonly clients?: unknown;
}

describe('rows that are selected together', () => {
  it('are one edit for all clients of an instance, as each edit writes the whole inventory', async () => {
    const edits: InventoryEdit[] = [];
    const [group, ...clients] = rowsSelected();
    const inventory = { edit: (edit: InventoryEdit) => Promise.resolve(void edits.push(edit)) };
    await setAttention(inventory, chosenRows(group, [group, ...clients]), { muted: true });
    const edit = { kind: 'setAttention', instanceId: PLANT.instanceId, attention: { muted: true } } as const;
    assert.deepEqual(edits, [
      { ...edit, of: { group: 'Pumps' } },
      { ...edit, of: { clientIds: CLIENTS } },
    ]);
  });

  it('are muted and unmuted together', async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    await command('addInstance', PLANT);
    await command('addGroup', { instance: 'Plant', name: 'Pumps' });
    await command('addClients', { instance: 'Plant', group: 'Pumps', clientIds: CLIENTS });
    const rows = rowsSelected();
    const muted = { muted: true };
    try {
      await vscode.commands.executeCommand('apsaramqMqtt.mute', rows[0], rows);
      assert.deepEqual(await savedPlant(), [true, { a: muted, b: muted, c: muted }]);
      await vscode.commands.executeCommand('apsaramqMqtt.unmute', rows[0], rows);
      assert.deepEqual(await savedPlant(), [undefined, {}]);
    } finally {
      await command('removeInstance', { instance: 'Plant' });
    }
  });
});

describe('the button that mutes from a notification', () => {
  it('names the group where it mutes a group', () => {
    const notice = { kind: 'offline', instanceId: 'mqtt-1', group: 'Gateways', clientIds: CLIENTS } as const;
    assert.deepEqual([muteText(notice), muteText({ ...notice, clientIds: ['a'] })], ['Mute "Gateways"', 'Mute a']);
  });
});
