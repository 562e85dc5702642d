import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Inventories } from '../../src/host/inventory/inventories';
import { InventoryFile } from '../../src/host/inventory/inventoryFile';
import { PersonalState } from '../../src/host/inventory/personalState';
import { WorkspaceInventories } from '../../src/host/inventory/workspaceInventories';
import type { Instance } from '../../src/model/inventory/inventory';
import { bindingTermsOf } from '../../src/model/inventory/personal';
import type { CheckRequest } from '../../src/sessions/status/statusChecker';
import { workspaceProblemsText } from '../../src/ui/team/teamWords';
import { WorkspaceConsent } from '../../src/ui/team/workspaceConsent';
import { eventually } from '../host/eventually';

const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'prod' };
const TEAM = { name: 'Team', instanceId: 'mqtt-cn-2', regionId: 'cn-shanghai', credential: 'prod' };
const textOf = (...instances: readonly object[]): string => JSON.stringify({ instances });
const group = (name: string, ...clientIds: string[]) => ({ name, clientIds });

/** A workspace as VS Code would tell of it: its trust and its folders change when told to. */
class Workspace {
  readonly granted = new vscode.EventEmitter<void>();
  readonly moved = new vscode.EventEmitter<vscode.WorkspaceFoldersChangeEvent>();
  readonly onDidGrantWorkspaceTrust = this.granted.event;
  readonly onDidChangeWorkspaceFolders = this.moved.event;
  workspaceFolders: vscode.WorkspaceFolder[] = [];
  isTrusted = true;

  open(...paths: string[]): void {
    this.workspaceFolders = paths.map((path, index) => ({
      uri: vscode.Uri.file(path),
      name: path.split('/').at(-1) ?? '',
      index,
    }));
    this.moved.fire({ added: [], removed: [] });
  }

  trust(): void {
    this.isTrusted = true;
    this.granted.fire();
  }
}

/** What a window keeps for its workspace. */
class Memory {
  private readonly values = new Map<string, unknown>();
  readonly get = (key: string): unknown => this.values.get(key);
  readonly update = (key: string, value: unknown): Promise<void> => {
    this.values.set(key, structuredClone(value));
    return Promise.resolve();
  };
}

describe('the inventories of a workspace', () => {
  let root: string;
  let workspace: Workspace;
  let memory: Memory;
  let inventory: Inventories;
  const path = (folder: string): string => join(root, folder, '.vscode', 'apsaramq-mqtt.json');
  const save = async (folder: string, text: string): Promise<void> => {
    await mkdir(join(root, folder, '.vscode'), { recursive: true });
    await writeFile(path(folder), text);
  };
  const names = (): string[] => inventory.inventory.instances.map(({ name }) => name);
  const instance = (at = 0): Instance => inventory.inventory.instances[at] ?? assert.fail('no such instance');
  const open = (): Inventories => {
    const own = new InventoryFile(vscode.Uri.file(join(root, 'storage')));
    return new Inventories(own, new WorkspaceInventories(workspace), new PersonalState(memory));
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'team-'));
    for (const folder of ['storage', 'app', 'lib']) await mkdir(join(root, folder));
    await writeFile(join(root, 'storage', 'inventory.json'), textOf({ ...PLANT, groups: [group('Pumps', 'a')] }));
    workspace = new Workspace();
    memory = new Memory();
  });
  afterEach(async () => {
    inventory.own.dispose();
    inventory.dispose();
    await rm(root, { recursive: true, force: true });
  });

  it('are read with the user’s own, before anything is called ready', async () => {
    await save('app', textOf(TEAM));
    workspace.open(join(root, 'app'));
    inventory = open();
    assert.equal(inventory.state.kind, 'loading');
    await inventory.ready;
    assert.deepEqual([inventory.state.kind, names()], ['ready', ['Plant', 'Team']]);
  });

  it('take nothing away while an editor saves them, which empties a file before it fills it', async () => {
    inventory = open();
    await inventory.ready;
    const seen: number[] = [];
    inventory.onDidChange(({ inventory: { instances } }) => seen.push(instances.length));
    const own = join(root, 'storage', 'inventory.json');
    await writeFile(own, '');
    setTimeout(() => void writeFile(own, textOf(PLANT, TEAM)), 50);
    await inventory.reload();
    await eventually('what was saved', () => names().length === 2, 5000);
    assert.deepEqual([...new Set(seen)], [2]);
    await writeFile(own, '');
    await eventually('that it was emptied', () => names().length === 0, 5000);
  });

  it('are not read before the workspace is trusted, and are from then on', async () => {
    await save('app', textOf(TEAM));
    workspace.isTrusted = false;
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    assert.deepEqual([names(), inventory.folders], [['Plant'], []]);
    workspace.trust();
    await eventually('the team’s instance', () => names().includes('Team'), 2000);
  });

  it('come and go with their folders, each on its own', async () => {
    await save('app', textOf(TEAM));
    await save('lib', textOf({ ...TEAM, name: 'Library', instanceId: 'mqtt-cn-3' }));
    inventory = open();
    await inventory.ready;
    workspace.open(join(root, 'app'), join(root, 'lib'));
    await eventually('both', () => names().length === 3, 2000);
    assert.deepEqual(names(), ['Plant', 'Team', 'Library']);
    workspace.open(join(root, 'lib'));
    assert.deepEqual(names(), ['Plant', 'Library']);
  });

  it('follow their files: made, changed and removed', async () => {
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    await mkdir(join(root, 'app', '.vscode'));
    for (const text of [textOf(TEAM), textOf({ ...TEAM, name: 'Other' })]) {
      await save('app', text);
      await inventory.reload();
      assert.equal(names()[1], text.includes('Other') ? 'Other' : 'Team');
    }
    await rm(path('app'));
    await inventory.reload();
    assert.deepEqual(names(), ['Plant']);
  });

  it('say where one is broken, in which folder, and show the rest and what was known', async () => {
    await save('app', textOf(TEAM));
    await save('lib', '{ "instances": [ // half');
    workspace.open(join(root, 'app'), join(root, 'lib'));
    inventory = open();
    await inventory.ready;
    assert.deepEqual([inventory.state.kind, names()], ['ready', ['Plant', 'Team']]);
    const where = '.vscode/apsaramq-mqtt.json of the folder "lib"';
    assert.equal(workspaceProblemsText(inventory), `${where} is no valid JSON at line 1, column 25.`);
    await save('app', '[]');
    await inventory.reload();
    assert.deepEqual(names(), ['Plant', 'Team']);
    assert.match(workspaceProblemsText(inventory), /"app".* 1 more like this\.$/);
    await assert.rejects(inventory.edit({ kind: 'addGroup', instanceId: 'mqtt-cn-2', name: 'New' }), /broken/);
  });

  it('say that one is too large, and read nothing of it', async () => {
    await save('app', textOf(TEAM) + ' '.repeat(16 * 1024 * 1024));
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    assert.deepEqual(names(), ['Plant']);
    assert.match(workspaceProblemsText(inventory), /larger than 16 MB/);
  });

  it('say of one nested too deep that it cannot be read, and show the rest', async () => {
    await save('app', '['.repeat(1_000_000));
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    assert.deepEqual([inventory.state.kind, names()], ['ready', ['Plant']]);
    assert.match(workspaceProblemsText(inventory), /"app" cannot be read/);
  });

  it('are edited where the group stands, with their comments, and the user’s own is left alone', async () => {
    const mine = await readFile(join(root, 'storage', 'inventory.json'), 'utf8');
    await save('app', `// ours\n${textOf({ ...PLANT, groups: [group('Pumps', 'b')] })}`);
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    await inventory.edit({ kind: 'addClients', instanceId: 'mqtt-cn-1', group: 'Pumps (app)', clientIds: ['c'] });
    assert.deepEqual(instance().groups[1]?.clientIds, ['b', 'c']);
    assert.match(await readFile(path('app'), 'utf8'), /^\/\/ ours\n/);
    assert.equal(await readFile(join(root, 'storage', 'inventory.json'), 'utf8'), mine);
  });

  it('never hold what a person pinned, muted or bound, which outlives the window', async () => {
    const text = textOf({ ...TEAM, groups: [group('Valves', 'v')] });
    await save('app', text);
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    const mark = { kind: 'setAttention', instanceId: 'mqtt-cn-2' } as const;
    await inventory.edit({ ...mark, of: { group: 'Valves' }, attention: { pinned: true } });
    await inventory.edit({ ...mark, of: { clientIds: ['v'] }, attention: { muted: true } });
    inventory.personal.bind(bindingTermsOf(instance(1)) ?? assert.fail(), 'mine');
    assert.equal(await readFile(path('app'), 'utf8'), text);
    inventory.own.dispose();
    inventory.dispose();
    inventory = open();
    await inventory.ready;
    const [valves] = instance(1).groups;
    assert.deepEqual(
      [valves?.pinned, instance(1).clients, instance(1).credential],
      [true, { v: { muted: true } }, 'mine'],
    );
    await inventory.edit({ ...mark, of: { group: 'Valves' }, attention: { pinned: false } });
    await inventory.edit({ kind: 'renameGroup', instanceId: 'mqtt-cn-2', group: 'Valves', name: 'Gates' });
    assert.deepEqual(
      instance(1).groups.map(({ name, pinned }) => [name, pinned]),
      [['Gates', undefined]],
    );
  });

  it('take a person’s marks along when a group gets another name', async () => {
    await save('app', textOf({ ...TEAM, groups: [group('Valves', 'v')] }));
    workspace.open(join(root, 'app'));
    inventory = open();
    await inventory.ready;
    const edit = { instanceId: 'mqtt-cn-2', group: 'Valves' };
    await inventory.edit({ kind: 'setAttention', ...edit, of: { group: 'Valves' }, attention: { muted: true } });
    await inventory.edit({ kind: 'renameGroup', ...edit, name: 'Gates' });
    assert.deepEqual(
      instance(1).groups.map(({ name, muted }) => [name, muted]),
      [['Gates', true]],
    );
  });

  describe('before a person’s check', () => {
    const asked: string[] = [];
    let answer: { key: string | undefined; clients: boolean; meanwhile?: () => Promise<void> };
    const consent = (): WorkspaceConsent =>
      new WorkspaceConsent(inventory, {
        key: async ({ name, regionId }) => {
          asked.push(`key for ${name} in ${regionId}`);
          await answer.meanwhile?.();
          return answer.key;
        },
        clients: ({ name, credential }, { folder, clientIds }) => {
          asked.push(`${clientIds.size} of ${folder} for ${name} with ${credential}`);
          return Promise.resolve(answer.clients);
        },
      });
    const requests = (): CheckRequest[] =>
      inventory.inventory.instances.map((target) => ({
        target,
        clientIds: target.groups.flatMap(({ clientIds }) => clientIds),
      }));
    const keysOf = (opened: readonly CheckRequest[] | undefined) => opened?.map(({ target }) => target.credential);

    beforeEach(async () => {
      asked.length = 0;
      answer = { key: 'mine', clients: true };
      await save(
        'app',
        textOf({ ...PLANT, groups: [group('Theirs', 'a', 'b', 'c')] }, { ...TEAM, groups: [group('V', 'v')] }),
      );
      workspace.open(join(root, 'app'));
      inventory = open();
      await inventory.ready;
    });

    it('ask once for each, and never again', async () => {
      const guard = consent();
      const both = await Promise.all([guard.open(requests()), guard.open(requests())]);
      assert.deepEqual(both.map(keysOf), [
        ['prod', 'mine'],
        ['prod', 'mine'],
      ]);
      assert.deepEqual(asked, ['3 of app for Plant with prod', 'key for Team in cn-shanghai']);
      inventory.own.dispose();
      inventory.dispose();
      inventory = open();
      await inventory.ready;
      assert.deepEqual(keysOf(await consent().open(requests())), ['prod', 'mine']);
      assert.equal(asked.length, 2);
    });

    it('ask nothing about clients that are the user’s own, saved or not', async () => {
      const target = instance();
      await consent().open([{ target, clientIds: ['a', 'never saved'] }]);
      assert.deepEqual(asked, []);
    });

    it('of one instance go no further where the person would rather not, and ask the next time', async () => {
      answer = { key: undefined, clients: false };
      const guard = consent();
      for (const request of [...requests(), ...requests()]) assert.equal(await guard.open([request]), undefined);
      assert.equal(asked.length, 4);
    });

    it('of many go on with the others, and do not ask again for each check of all', async () => {
      answer = { key: undefined, clients: false };
      const guard = consent();
      for (let turn = 0; turn < 2; turn++) assert.deepEqual(keysOf(await guard.open(requests())), ['prod', undefined]);
      assert.equal(asked.length, 2);
    });

    it('bind nothing to a file that changed while the question stood', async () => {
      answer.meanwhile = async () => {
        await save('app', textOf({ ...TEAM, regionId: 'cn-beijing', groups: [group('V', 'v')] }));
        await inventory.reload();
      };
      const [, team] = requests();
      const opened = await consent().open(team === undefined ? [] : [team]);
      assert.deepEqual(
        opened?.map(({ target }) => [target.regionId, target.credential]),
        [['cn-beijing', undefined]],
      );
      answer = { key: 'mine', clients: true };
      await consent().open(requests());
      assert.deepEqual(asked, ['key for Team in cn-shanghai', 'key for Team in cn-beijing']);
    });
  });
});
