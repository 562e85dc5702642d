import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { COMMANDS, CONTEXT_KEYS, PREFIX, SETTINGS, VIEW_ID } from '../../../src/manifest';
import { parseInventory } from '../../../src/model/parseInventory';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
    configuration: { properties: Record<string, unknown> };
    menus: Record<string, { command: string }[]>;
  };
}
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

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
    const asked = [...JSON.stringify(contributes).matchAll(/apsaramqMqtt\.(inventory|is[A-Z]\w+)/g)].map(
      ([key]) => key,
    );
    assert.deepEqual([...new Set(asked)].sort(), [...Object.values(CONTEXT_KEYS)].sort());
  });

  it('has menus for commands there are', () => {
    const commands: string[] = Object.values(COMMANDS);
    const missing = Object.values(contributes.menus)
      .flat()
      .filter(({ command }) => !commands.includes(command));
    assert.deepEqual(missing, []);
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
    ];
    const bad = [
      { instances: [{ ...instance, name: ' ' }] },
      { instances: [{ ...instance, regionId: undefined }] },
      { instances: 1 },
      { instances: [{ ...instance, groups: [{}] }] },
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
