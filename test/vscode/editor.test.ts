import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import FakeTimers from '@sinonjs/fake-timers';
import * as vscode from 'vscode';
import type { Instance } from '../../src/model/inventory/inventory';
import { ClientIdsInText } from '../../src/ui/editor/clientIdsInText';
import { InlineStatus, inlineTexts } from '../../src/ui/editor/inlineStatus';
import { patternProblemText } from '../../src/ui/editor/patternWarnings';
import { terminalLinks } from '../../src/ui/editor/terminalLinks';
import { CountingProxy } from '../host/countingProxy';
import { eventually } from '../host/eventually';
import { command, LOCAL, LocalDevices } from './localDevices';

const ONE = 'GID_editor@@@board-1';
const TWO = 'GID_editor@@@board-2';
const SAVED = 'pump:7';
const STRANGE = '[x](command:apsaramqMqtt.checkAll)';
const UNKNOWN = 'GID_editor@@@stranger';

interface Link {
  clientId: string;
  instance?: string;
  action?: string;
}
const configure = (key: string, value: unknown) =>
  vscode.workspace.getConfiguration('apsaramqMqtt').update(key, value, vscode.ConfigurationTarget.Global);
const open = (content: string, language = 'plaintext') => vscode.workspace.openTextDocument({ content, language });

async function hoverAt({ uri }: vscode.TextDocument, line = 0, character = 0): Promise<vscode.MarkdownString[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line, character),
  );
  const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
  return texts.filter(({ value }) => value.includes('clientActions'));
}
const textAt = async (document: vscode.TextDocument, line = 0, character = 0): Promise<string> =>
  plain((await hoverAt(document, line, character))[0]?.value ?? '');

/** As it reads: without the marks of Markdown and the addresses of links. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(command:[^)]*\)/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/\\(.)/g, '$1');
}
const linksIn = (markdown: string): Link[] =>
  [...markdown.matchAll(/\(command:apsaramqMqtt\.clientActions\?([^) ]+)/g)].map(
    ([, query]) => (JSON.parse(decodeURIComponent(query ?? '')) as [Link])[0],
  );

describe('client IDs in editors, outputs and terminals', () => {
  let devices: LocalDevices;
  let proxy: CountingProxy;
  let folder: string;
  let channel: vscode.OutputChannel;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'editor-'));
    devices = await LocalDevices.start('Editor', [ONE, TWO, SAVED, STRANGE]);
    const { endpoint = '' } = (await localInstance()) ?? {};
    proxy = await CountingProxy.start(endpoint);
    await command('editInstance', { instance: LOCAL, endpoint: proxy.endpoint });
    channel = vscode.window.createOutputChannel('Devices of a test');
  });
  after(async () => {
    channel.dispose();
    for (const key of ['clientIdPatterns', 'editor.inlineStatus', 'editor.codeLens']) await configure(key, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await devices.dispose();
    await proxy.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function inventoryPath(): Promise<string> {
    await command('openInventory');
    const path = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    return path;
  }

  async function localInstance(): Promise<Instance | undefined> {
    const { instances } = JSON.parse(await readFile(await inventoryPath(), 'utf8')) as { instances: Instance[] };
    return instances.find(({ instanceId }) => instanceId === LOCAL);
  }

  /** The server build from npm lacks the native module that writes the files behind output channels. */
  async function writeOutput(text: string): Promise<void> {
    const [root = ''] = (await inventoryPath()).split('/User/globalStorage/');
    for await (const output of glob('logs/*/*/output_logging_*', { cwd: root }))
      await writeFile(join(root, output, '1-Devices of a test.log'), text);
  }

  /** How many calls something makes. One that is made on purpose at the end shows that none was still on its way. */
  async function callsOf(what: () => Promise<unknown>): Promise<number> {
    const before = proxy.calls.length;
    await what();
    await command('lookUpClients', { instance: LOCAL, clientIds: [`barrier-${before}`] });
    return proxy.calls.length - before - 1;
  }

  async function click(document: vscode.TextDocument, action: string): Promise<void> {
    const [text] = await hoverAt(document);
    const link = linksIn(text?.value ?? '').find((each) => each.action === action);
    assert.ok(link !== undefined, `no link to ${action} in ${text?.value}`);
    await command('clientActions', link);
  }

  it('have a hover that says what is known, where, and what a check would cost, and costs nothing itself', async () => {
    const document = await open(`${ONE}\n"${SAVED}"\n${UNKNOWN}\nnothing here`);
    const calls = await callsOf(async () => {
      assert.match(await textAt(document), /not checked/);
      assert.match(await textAt(document), /Local instance \(mqtt-cn-local00001\) · Editor/);
      assert.match(
        await textAt(document),
        /Check now \(1 call, 2 if it changed\) · Verify \(1 call\) · Watch… · Add to group…/,
      );
      assert.match(await textAt(document, 1, 3), /\*\*pump:7\*\*/);
      assert.match(await textAt(document, 2, 20), /Not checked\./);
      assert.equal(await textAt(document, 3, 3), '');
    });
    assert.equal(calls, 0);
  });

  it('have links in their hover that ask once each, and the hover then shows the answer', async () => {
    const document = await open(ONE);
    await devices.connect(ONE);
    assert.equal(await callsOf(() => click(document, 'verify')), 1);
    assert.match(await textAt(document), /\$\(pass-filled\) online · just now · verified · \w+ \d/);
    assert.equal(await callsOf(() => click(document, 'check')), 1);
    assert.match(await textAt(document), /online · just now · cached/);
  });

  it('trust one command alone, and make no link of what an inventory holds', async () => {
    const [text] = await hoverAt(await open(STRANGE), 0, 5);
    assert.ok(text !== undefined);
    assert.deepEqual(text.isTrusted, { enabledCommands: ['apsaramqMqtt.clientActions'] });
    assert.equal(
      linksIn(text.value).every(({ clientId }) => clientId === STRANGE),
      true,
    );
    assert.deepEqual(text.value.match(/\]\(command:apsaramqMqtt\.checkAll/g), null);
  });

  it('have commands that refuse what no link of ours says', async () => {
    for (const argument of [{}, { clientId: 1 }, { clientId: ONE, action: 'boom' }, { clientId: ONE, instance: 5 }])
      await assert.rejects(async () => command('clientActions', argument), /has the wrong shape/);
    await assert.rejects(async () => command('clientActions', { clientId: '设备' }), /printable ASCII/);
  });

  it('are found in output channels, with a link that asks nothing', async () => {
    const line = `client ${ONE} connected, ${SAVED} lost\n`;
    channel.append(line);
    channel.show(true);
    const calls = await callsOf(async () => {
      const output = () =>
        vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'output' && each.getText().includes(ONE));
      const shows = () => eventually('the output is there', () => output() !== undefined, 2000);
      await shows().catch(() => writeOutput(line).then(shows));
      const document = output();
      assert.ok(document !== undefined);
      assert.match(await textAt(document, 0, 12), /online/);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
        10,
      );
      const ours = links.filter(({ target }) => target?.path === 'apsaramqMqtt.clientActions');
      assert.deepEqual(
        ours.map(({ range, target }) => [document.getText(range), JSON.parse(target?.query ?? '') as unknown]),
        [ONE, SAVED].map((clientId) => [clientId, [{ clientId }]]),
      );
    });
    assert.equal(calls, 0);
  });

  it('are no links in code, which they would underline', async () => {
    const document = await open(`"${ONE}"`, 'json');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(links, []);
  });

  const places = { isSaved: (id: string) => id === SAVED };
  const ids = new ClientIdsInText(places, { find: () => Promise.resolve([]) });

  it('are links in terminals', () => {
    const context = {
      line: `> ${ONE} up, ${SAVED} down`,
      terminal: undefined,
    } as unknown as vscode.TerminalLinkContext;
    const links = terminalLinks(ids).provideTerminalLinks(context, new vscode.CancellationTokenSource().token);
    assert.deepEqual(
      (links as vscode.TerminalLink[]).map(({ startIndex, length }) =>
        context.line.slice(startIndex, startIndex + length),
      ),
      [ONE, SAVED],
    );
  });

  it('have lenses in configuration files only once that is wished, and those ask only when clicked', async () => {
    const documents = [
      await open(`{\n  "id": "${ONE}",\n  "all": ["${ONE}", "${TWO}"]\n}`, 'json'),
      await open(`id: ${ONE}`, 'yaml'),
      await open(`id=${ONE}`, 'ini'),
      await open(`id=${ONE}`, 'properties'),
    ];
    const lensesOf = async ({ uri }: vscode.TextDocument) => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      return lenses.flatMap(({ command: each }) => (each?.command === 'apsaramqMqtt.clientActions' ? [each] : []));
    };
    const [json] = documents;
    assert.ok(json !== undefined);
    assert.deepEqual(await lensesOf(json), []);
    await configure('editor.codeLens', true);
    let check: vscode.Command | undefined;
    const calls = await callsOf(async () => {
      for (const document of documents) {
        const titles = (await lensesOf(document)).map(({ title }) => title);
        assert.deepEqual(titles.slice(1, 3), ['check', 'verify']);
        assert.match(titles[0] ?? '', /^✓ online · (just now|\d+s ago)$/);
      }
      const lenses = await lensesOf(json);
      assert.match(lenses[3]?.title ?? '', /^GID_editor@@@board-1: ✓ online/);
      assert.match(lenses[4]?.title ?? '', /^GID_editor@@@board-2: not checked$/);
      check = lenses[1];
    });
    assert.equal(calls, 0);
    assert.equal(await callsOf(() => Promise.resolve(command('clientActions', check?.arguments?.[0]))), 1);
  });

  it('have their status behind them only where it is known, and only in the visible lines', async () => {
    const document = await open([ONE, UNKNOWN, `${ONE} ${ONE}`, ONE].join('\n'));
    const status = { last: { status: 'online', isVerified: true, checkedAt: 1000 } } as const;
    const instance = { name: 'Plant', instanceId: 'i', credential: 'c', groups: [] };
    const source = {
      ids,
      places: { isKnown: (id: string) => id === ONE, of: () => [{ instance, groups: [], status, isChecking: false }] },
      settings: { staleAfterSeconds: 300 },
    };
    const shown = (visibleRanges: vscode.Range[], now: number) =>
      inlineTexts({ document, visibleRanges }, source, now).map(({ range, renderOptions }) => [
        range.start.line,
        document.getText(range),
        renderOptions?.after?.contentText,
      ]);
    assert.deepEqual(shown([new vscode.Range(0, 0, 2, 0)], 121_000), [
      [0, ONE, '✓ online · 2m ago'],
      [2, ONE, '✓ online · 2m ago'],
      [2, ONE, '✓ online · 2m ago'],
    ]);
    assert.deepEqual(shown([new vscode.Range(3, 0, 3, 0)], 1_000_000), [[3, ONE, '✓ online · 16m ago · stale']]);
  });

  it('have their status drawn anew as it ages while one is visible, and nothing runs after that', async () => {
    await vscode.window.showTextDocument(await open(ONE));
    const never = () => new vscode.Disposable(() => undefined);
    let looks = 0;
    const find = (text: string) => (looks++, ids.find(text));
    const instance = { name: 'Plant', instanceId: 'i', credential: 'c', groups: [] };
    const place = { instance, groups: [], isChecking: false };
    const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const checkedAt = Date.now();
      const status = { last: { status: 'online', isVerified: true, checkedAt } } as const;
      const inline = new InlineStatus({
        ids: { find },
        places: { isKnown: () => true, of: () => [{ ...place, status }] },
        store: { onDidChange: never },
        inventory: { onDidChange: never },
        settings: { staleAfterSeconds: 300, showsInlineStatus: true, onDidChange: never },
      });
      clock.tick(1000);
      const drawn = looks;
      assert.ok(drawn > 0);
      clock.tick(30_000);
      assert.equal(looks, 2 * drawn);
      inline.dispose();
      clock.tick(100_000);
      assert.equal(looks, 2 * drawn);
      assert.equal(clock.countTimers(), 0);
    } finally {
      clock.uninstall();
    }
  });

  it('cost no call when files are opened and scrolled, with everything switched on', async () => {
    await configure('editor.codeLens', true);
    await configure('editor.inlineStatus', true);
    const content = Array.from({ length: 500 }, (_, at) => `  "GID_editor@@@scroll-${at}": "${ONE}"`).join(',\n');
    const calls = await callsOf(async () => {
      const editor = await vscode.window.showTextDocument(await open(`{\n${content}\n}`, 'json'));
      for (const line of [100, 400, 0]) {
        editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
        await vscode.commands.executeCommand('vscode.executeCodeLensProvider', editor.document.uri, 1000);
        await hoverAt(editor.document, line + 1, 6);
      }
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), `"${TWO}",\n`));
    });
    assert.equal(calls, 0);
  });

  it('are found at the end of a log of 10 MB and in a line of 10 MB, which have no links', async function () {
    this.timeout(120_000);
    const line = '2026-01-01T00:00:00Z INFO nothing of interest happened in this line, as in all the others\n';
    const log = join(folder, 'large.log');
    const long = join(folder, 'long.log');
    await writeFile(log, line.repeat(10_000_000 / line.length) + ONE);
    await writeFile(long, 'x '.repeat(5_000_000) + ONE);
    for (const file of [log, long]) {
      const document = await vscode.workspace.openTextDocument(file);
      const last = document.lineCount - 1;
      assert.match(await textAt(document, last, document.lineAt(last).text.length - 3), /online/);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      assert.deepEqual(
        links.filter(({ target }) => target?.path === 'apsaramqMqtt.clientActions'),
        [],
      );
    }
  });

  it('are looked for in a binary file without harm', async () => {
    const file = join(folder, 'firmware.log');
    // VS Code itself refuses a file with a zero byte near its beginning.
    const garbage = () => randomBytes(100_000).map((byte) => Math.max(1, byte));
    await writeFile(file, Buffer.concat([garbage(), Buffer.from(` ${ONE} `), garbage()]));
    const document = await vscode.workspace.openTextDocument(file);
    const at = document.positionAt(document.getText().indexOf(ONE) + 3);
    assert.match(await textAt(document, at.line, at.character), /online/);
  });

  it("are found by a user's own patterns, of which a bad one and one that would hang do no harm", async () => {
    await configure('clientIdPatterns', ['(', 'device=(\\w+)', '(x+x+)+y']);
    const document = await open(`device=a17\n${'x'.repeat(60)}!\ndevice=b18`);
    assert.match(await textAt(document, 0, 8), /\*\*a17\*\*/);
    assert.equal(await textAt(document, 1, 5), '');
    assert.match(await textAt(document, 2, 8), /\*\*b18\*\*/);
    await configure('clientIdPatterns', undefined);
    assert.equal(await textAt(document, 0, 8), '');
  });

  it('have patterns of which one that is not used is named, with why', () => {
    assert.match(
      patternProblemText({ position: 2, why: { kind: 'late' } }),
      /^Client ID pattern 2 of the settings is not used: it took too long/,
    );
  });

  it('are acted on from the keyboard: the palette takes the one at the cursor', async () => {
    const editor = await vscode.window.showTextDocument(await open(`id = ${ONE}`));
    editor.selection = new vscode.Selection(0, 8, 0, 8);
    const before = proxy.calls.length;
    const acting = command('clientActions');
    const accept = async (): Promise<boolean> => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return proxy.calls.length > before;
    };
    await eventually('the first of the list is a check', accept, 10_000);
    await acting;
    assert.deepEqual(proxy.calls.at(-1)?.clientIds, [ONE]);
  });
});
