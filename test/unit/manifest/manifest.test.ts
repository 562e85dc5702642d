import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { COMMANDS, COMMANDS_OF_TRUST, CONTEXT_KEYS, PREFIX, SETTINGS, VIEW_ID } from '../../../src/manifest';
import { parseInventory } from '../../../src/model/inventory/parseInventory';

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
    configuration: { properties: Record<string, { scope: string }> };
    menus: Record<string, { command: string }[]>;
    walkthroughs: { steps: { description: string; media: { markdown: string }; completionEvents: string[] }[] }[];
  };
}
const { capabilities, contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('manifest', () => {
  it('names the same commands, views and settings as package.json', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command),
      Object.values(COMMANDS),
    );
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [VIEW_ID],
    );
    assert.deepEqual(
      Object.keys(contributes.configuration.properties),
      Object.values(SETTINGS).map((key) => `${PREFIX}.${key}`),
    );
  });

  it('sets every context key that a menu or a welcome view asks for', () => {
    const clauses = [...JSON.stringify(contributes).matchAll(/"when":"([^"]*)"/g)].map(([, clause]) => clause ?? '');
    const asked = clauses
      .flatMap((clause) => [...clause.matchAll(/(?<!config\.)apsaramqMqtt\.[\w.]+/g)].map(([key]) => key))
      .filter((key) => key !== VIEW_ID);
    assert.deepEqual([...new Set(asked)].sort(), [...Object.values(CONTEXT_KEYS)].sort());
  });

  it('lets no setting of a folder that is not trusted count', () => {
    const ofFolders = Object.entries(contributes.configuration.properties)
      .filter(([, { scope }]) => scope !== 'application' && scope !== 'machine')
      .map(([key]) => key);
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, ofFolders);
  });

  it('lets nothing run in Restricted Mode but what looks, asks at once, enters a key or ends something', () => {
    const allowed = (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).filter((id) => !COMMANDS_OF_TRUST.has(id));
    assert.deepEqual(allowed, [
      'setCredential',
      ...['checkAll', 'checkInstance', 'checkGroup', 'sampleGroup', 'checkClient', 'verifyClient', 'cancelCheck'],
      ...['showMore', 'findClient', 'lookUpClients', 'stopAutoRefresh', 'pauseAutoRefresh', 'stopWatching'],
      ...['copyClientId', 'openInventory', 'showLog', 'stopLocalInstance', 'showRecentChanges', 'clientActions'],
      ...['checkSelection', 'checkFile', 'checkClipboard', 'filterClients', 'clearFilter', 'sortClients'],
      ...['viewAsList', 'viewAsTree', 'copyLink', 'exportInventory'],
      ...['whyOffline', 'showOlderEvents', 'saveConnectionHistory'],
      ...['diagnoseInstance', 'copyRamPolicy', 'copyReport', 'applyFix'],
    ]);
  });

  it('has menus for commands there are', () => {
    const commands: string[] = Object.values(COMMANDS);
    const missing = Object.values(contributes.menus)
      .flat()
      .filter(({ command }) => !commands.includes(command));
    assert.deepEqual(missing, []);
  });
});

describe('the walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const textOf = (markdown: string): string => readFileSync(markdown, 'utf8');
  /** VS Code itself looks for the page of its language beside the English one. */
  const inChinese = (markdown: string): string => markdown.replace(/\.md$/, '.nls.zh-cn.md');

  it('has a page for each step in both languages, with the same code and pictures', () => {
    const inside = (text: string): string[] =>
      [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)|`((?:mq:|GID_)[^`]*)`/g)].map(
        ([, picture, code]) => picture ?? code ?? '',
      );
    for (const { media } of steps)
      assert.deepEqual(inside(textOf(inChinese(media.markdown))).sort(), inside(textOf(media.markdown)).sort());
  });

  it('offers and follows commands and context keys there are', () => {
    const known = [`${VIEW_ID}.focus`, ...Object.values(COMMANDS), ...Object.values(CONTEXT_KEYS)] as string[];
    const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const named = steps.flatMap(({ description, completionEvents }) => [
      ...[...(strings[description.slice(1, -1)] ?? '').matchAll(/\(command:([^)]*)\)/g)].map(
        ([, command]) => command ?? '',
      ),
      ...completionEvents.map((event) => event.replace(/^on(Context|Command):/, '')),
    ]);
    assert.ok(named.length > 2 * steps.length);
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
  });
});

describe('the schema of inventory.json', () => {
  const english = JSON.parse(readFileSync('media/inventory.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(english);
  const instance = {
    name: 'Plant',
    instanceId: 'mqtt-cn-1',
    regionId: 'cn-hangzhou',
    credential: 'work',
    groups: [{ name: 'a', clientIds: ['GID_a@@@1'] }],
  };

  it('takes what the parser takes and squiggles what it refuses', () => {
    const good = [
      { instances: [] },
      { instances: [instance] },
      { instances: [{ ...instance, regionId: undefined, endpoint: 'host:1' }] },
      { instances: [{ ...instance, groups: [{ name: 'a', expected: 'online', pinned: true, muted: false }] }] },
      { instances: [{ ...instance, clients: { 'GID_a@@@1': { expected: 'offline', muted: true } } }] },
      {
        instances: [
          { ...instance, groups: [{ name: 'a', note: '' }], clients: { x: { alias: 'Pump 1', note: 'hall 3' } } },
        ],
      },
    ];
    const bad = [
      { instances: [{ ...instance, name: ' ' }] },
      { instances: [{ ...instance, regionId: undefined }] },
      { instances: 1 },
      { instances: [{ ...instance, groups: [{}] }] },
      { instances: [{ ...instance, groups: [{ name: 'a', expected: 'on' }] }] },
      { instances: [{ ...instance, clients: { 'GID_a@@@1': { pinned: 1 } } }] },
      { instances: [{ ...instance, clients: [] }] },
      { instances: [{ ...instance, clients: { x: { alias: ' ' } } }] },
      { instances: [{ ...instance, clients: { x: { note: 1 } } }] },
    ];
    for (const value of [...good, ...bad]) {
      const text = JSON.stringify(value);
      assert.equal(validate(JSON.parse(text)), parseInventory(text).kind === 'ok', text);
    }
  });

  it('is the same in both languages but for its words', () => {
    const shape = (path: string): string => readFileSync(path, 'utf8').replace(/"(title|description)": ".*"/g, '');
    assert.equal(shape('media/inventory.schema.json'), shape('media/inventory.schema.zh-cn.json'));
  });
});
