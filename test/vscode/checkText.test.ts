import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../host/eventually';
import { pageHtml } from '../../src/ui/results/pageHtml';
import { readPageMessage } from '../../src/ui/results/pageMessages';
import { command, LOCAL, LocalDevices } from './localDevices';

interface Result {
  clientId: string;
  instance: string;
  status: string;
  verified: boolean;
  error?: { code: string };
}
const BOARD = 'GID_text@@@board';
const GONE = 'GID_text@@@gone';
const OTHER = { name: 'Other', instanceId: 'mqtt-cn-other', regionId: 'cn-hangzhou', credential: 'nobody' };
const brief = (results: Result[]) => results.map(({ clientId, instance, status }) => [clientId, instance, status]);
const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

describe('client IDs in a text', () => {
  let devices: LocalDevices;
  let folder: string;

  const check = (name: 'checkSelection' | 'checkFile' | 'checkClipboard', argument: object) =>
    command<Result[]>(name, argument);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return vscode.Uri.file(path).toString();
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'text-'));
    devices = await LocalDevices.start('Texts', [BOARD, 'plain-saved-id']);
    await devices.connect(BOARD);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await devices.dispose();
    await command('removeInstance', { instance: LOCAL });
    await rm(folder, { recursive: true, force: true });
  });

  it('are asked about each once, in the order of the text, saved or not, and without a tab', async () => {
    const text = `12:01 ${GONE} lost\n12:02 client=${BOARD} up\n12:03 ${GONE} lost, plain-saved-id too`;
    assert.deepEqual(brief(await check('checkSelection', { text, instance: LOCAL })), [
      [GONE, LOCAL, 'offline'],
      [BOARD, LOCAL, 'online'],
      ['plain-saved-id', LOCAL, 'offline'],
    ]);
    assert.deepEqual(tabs(), []);
  });

  it('are asked at the instance that has them saved, and the rest at the one named', async () => {
    await command('addInstance', OTHER);
    const results = await check('checkFile', { uri: await file('a.log', `${BOARD} ${GONE}`), instance: 'Other' });
    assert.deepEqual(
      results.map(({ clientId, instance, error }) => [clientId, instance, error?.code]),
      [
        [BOARD, LOCAL, undefined],
        [GONE, OTHER.instanceId, 'MissingCredential'],
      ],
    );
    await assert.rejects(async () => check('checkFile', { text: GONE }), /name one of them in "instance"/);
    assert.deepEqual(brief(await check('checkFile', { text: BOARD })), [[BOARD, LOCAL, 'online']]);
    await command('removeInstance', { instance: 'Other' });
  });

  it('may be none, and a file may be binary, too large in IDs, or not there', async () => {
    assert.deepEqual(await check('checkFile', { text: 'nothing here' }), []);
    const binary = await file('a.bin', Buffer.from(`${BOARD}\0`));
    await assert.rejects(async () => check('checkFile', { uri: binary }), /"a\.bin" is a binary file/);
    await assert.rejects(async () => check('checkFile', { uri: `${binary}.gone` }), /"a\.bin\.gone" could not be read/);
    const many = Array.from({ length: 10_001 }, (_, at) => `GID_many@@@${at}`).join(' ');
    await assert.rejects(
      async () => check('checkFile', { uri: await file('many.log', many) }),
      /many\.log holds 10,001 client IDs; 10,000 at most/,
    );
    await assert.rejects(async () => check('checkFile', { uri: 1 }), /"uri"/);
    await assert.rejects(async () => check('checkSelection', {}), /Nothing is selected/);
  });

  it('are found in a log of 10 MB within seconds', async () => {
    const line = `2026-11-24T12:00:00.000Z INFO [net.mqtt] connection of ${BOARD} kept, 17 ms, path=/a/b/c?x=1\n`;
    const uri = await file('large.log', line.repeat(Math.ceil(10_000_000 / line.length)));
    const start = performance.now();
    assert.deepEqual(brief(await check('checkFile', { uri })), [[BOARD, LOCAL, 'online']]);
    assert.ok(performance.now() - start < 15_000);
  });

  it('are also what a pattern of the user’s own finds', async () => {
    const settings = vscode.workspace.getConfiguration('apsaramqMqtt');
    await settings.update('clientIdPatterns', ['device=(\\w+)'], vscode.ConfigurationTarget.Global);
    const results = await check('checkFile', { text: `device=pump7 with ${BOARD}` });
    await settings.update('clientIdPatterns', undefined, vscode.ConfigurationTarget.Global);
    assert.deepEqual(brief(results), [
      ['pump7', LOCAL, 'offline'],
      [BOARD, LOCAL, 'online'],
    ]);
  });

  it('are read from the clipboard as a text, as lines, as CSV and as JSON', async () => {
    const pastes = [
      `seen: ${BOARD} and ${GONE}.`,
      `${BOARD}\n${GONE}\n${'x'.repeat(65)}`,
      `place,clientId\n"hall, left",${BOARD}\nyard,${GONE}\n`,
      JSON.stringify([{ clientId: BOARD }, { clientId: GONE }]),
    ];
    for (const paste of pastes) {
      await vscode.env.clipboard.writeText(paste);
      assert.deepEqual(
        brief(await check('checkClipboard', {})),
        [
          [BOARD, LOCAL, 'online'],
          [GONE, LOCAL, 'offline'],
        ],
        paste,
      );
    }
  });

  it('are taken from all selections of the active editor', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: `${BOARD}\nGID_text@@@not-selected\n${GONE}\n`,
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [0, 2].map((line) => new vscode.Selection(line, 0, line, 40));
    assert.deepEqual(
      (await check('checkSelection', {})).map(({ clientId }) => clientId),
      [BOARD, GONE],
    );
  });

  it('are shown in one tab, used again for the next check', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `${BOARD} ${GONE}` });
    for (let again = 0; again < 2; again++) {
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('apsaramqMqtt.checkFile');
      await eventually(
        'one tab of results',
        () => tabs().filter((label) => label.startsWith('Client IDs: ')).length === 1,
        5000,
      );
    }
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview, true);
  });

  it('have keys of their own, which VS Code uses for nothing else', async () => {
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    const known = [...text.matchAll(/"key": "([^"]+)",?\s+"command": "([^"]+)"/g)];
    // VS Code's own for its list of keymaps: chords are read as such.
    assert.ok(known.some(([, key]) => /^(ctrl|cmd)\+k (ctrl|cmd)\+m$/.test(key ?? '')));
    const { contributes } = vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.packageJSON as {
      contributes: { keybindings: { key: string; mac: string; command: string }[] };
    };
    const chords = contributes.keybindings.filter(({ command: id }) => id.includes('.check'));
    assert.ok(chords.length > 0);
    const clashes = known.filter(
      ([, key, id]) => chords.some((ours) => ours.key === key || ours.mac === key) && !id?.startsWith('apsaramqMqtt.'),
    );
    assert.deepEqual(
      clashes.map(([, key, id]) => [key, id]),
      [],
    );
  });
});

describe('the page of results', () => {
  it('may run and load nothing but its one script and its one style, by a nonce that is new each time', () => {
    const html = (): string => pageHtml({ asWebviewUri: (uri) => uri }, vscode.Uri.file('/extension'));
    const [, nonce = ''] = /script-src 'nonce-([\w-]{22})'/.exec(html()) ?? [];
    const page = html();
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assert.match(policy, /^default-src 'none'; style-src 'nonce-([\w-]{22})'; script-src 'nonce-\1';$/);
    assert.equal(page.includes(nonce), false);
    assert.equal(/ on\w+=|style=|javascript:|https?:/.test(page), false);
    assert.equal([...page.matchAll(/<script/g)].length, 1);
  });
});

describe('a message of the page of results', () => {
  it('is read where it has the right shape, and refused otherwise', () => {
    const good = [
      { kind: 'ready' },
      { kind: 'cancel' },
      { kind: 'changeInstance' },
      { kind: 'check', checkId: 1, freshness: 'verified', keys: [0, 2] },
      { kind: 'copy', checkId: 1, format: 'csv', keys: [0] },
      { kind: 'save', checkId: 1, format: 'json', keys: [0] },
    ];
    const bad = [
      undefined,
      'ready',
      { kind: 'run', command: 'rm' },
      { kind: 'ready', more: 1 },
      { kind: 'check', checkId: 1, freshness: 'verified', keys: [] },
      { kind: 'check', checkId: 1, freshness: 'verified', keys: [-1] },
      { kind: 'check', checkId: 1, freshness: 'verified', keys: [0.5] },
      { kind: 'check', checkId: 1, freshness: 'often', keys: [0] },
      { kind: 'check', checkId: 1, freshness: 'cached', keys: Array.from({ length: 10_001 }, (_, at) => at) },
      { kind: 'copy', checkId: 1, format: 'exe', keys: [0] },
    ];
    for (const message of good) assert.deepEqual(readPageMessage(message), message);
    for (const message of bad) assert.equal(readPageMessage(message), undefined, JSON.stringify(message));
  });
});
