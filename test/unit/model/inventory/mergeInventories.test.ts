import assert from 'node:assert/strict';
import fc from 'fast-check';
import { destination } from '../../../../src/model/destination';
import { heldClientsOf } from '../../../../src/model/inventory/heldClients';
import {
  attentionOf,
  clientIdsOf,
  type Group,
  type Instance,
  type Inventory,
} from '../../../../src/model/inventory/inventory';
import { mergeInventories, type WorkspaceInventory } from '../../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import {
  bindingTermsOf,
  bindingKey,
  clientMarkKey,
  consentKey,
  foreignFilesOf,
  groupMarkKey,
  NOTHING_PERSONAL,
  type Personal,
} from '../../../../src/model/inventory/personal';

const PLANT = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credential: 'prod' };
const app = (...instances: Instance[]): WorkspaceInventory => ({
  file: 'file:///app',
  folder: 'app',
  inventory: { instances },
});
const lib = (...instances: Instance[]): WorkspaceInventory => ({
  file: 'file:///lib',
  folder: 'lib',
  inventory: { instances },
});
const own = (...instances: Instance[]): Inventory => ({ instances });
const group = (name: string, ...clientIds: string[]) => ({ name, clientIds });
const merge = (
  mine: Inventory,
  files: readonly WorkspaceInventory[],
  personal: Partial<Personal> = {},
): readonly Instance[] => mergeInventories(mine, files, { ...NOTHING_PERSONAL, ...personal }).inventory.instances;
const TERMS = { file: 'file:///app', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', credentialName: 'prod' };

describe('the inventories of the workspace, merged with the own one', () => {
  it('leave the own one as it is where they hold nothing', () => {
    const mine = own({ ...PLANT, groups: [] });
    assert.equal(mergeInventories(mine, [app()], NOTHING_PERSONAL).inventory, mine);
  });

  it('give an instance that only they name no key, though there be one of the name in the file', () => {
    const [plant] = merge(own(), [app({ ...PLANT, groups: [group('Pumps', 'a')] })]);
    assert.deepEqual(
      [plant?.credential, plant?.regionId, plant?.origin],
      [undefined, 'cn-hangzhou', { file: 'file:///app', folder: 'app', savedName: 'Plant', credentialName: 'prod' }],
    );
    assert.deepEqual(plant && bindingTermsOf(plant), { ...TERMS, clients: 1 });
  });

  it('give it the key that the person bound, until the file says anything else of where it goes', () => {
    const bindings = { [bindingKey(TERMS)]: { credential: 'mine', clients: 0 } };
    const boundTo = (change: Partial<Instance>): string | undefined =>
      merge(own(), [app({ ...PLANT, groups: [], ...change })], { bindings })[0]?.credential;
    assert.equal(boundTo({}), 'mine');
    assert.equal(boundTo({ name: 'Another name' }), 'mine');
    assert.equal(boundTo({ regionId: 'cn-shanghai' }), undefined);
    assert.equal(boundTo({ endpoint: 'onsmqtt.cn-shanghai.aliyuncs.com' }), undefined);
    assert.equal(boundTo({ endpoint: 'evil.com' }), undefined);
    assert.equal(boundTo({ instanceId: 'mqtt-cn-2' }), undefined);
    assert.equal(boundTo({ credential: 'other' }), undefined);
    assert.equal(merge(own(), [lib({ ...PLANT, groups: [] })], { bindings })[0]?.credential, undefined);
  });

  it('give it no key any more when the file names more than twice as many clients as when it was bound', () => {
    const named = (...groups: Group[]): Instance | undefined => {
      const bindings = { [bindingKey(TERMS)]: { credential: 'mine', clients: 2 } };
      const others = lib({ ...PLANT, groups: [group('Theirs', 'v', 'w', 'x', 'y', 'z')] });
      return merge(own(), [app({ ...PLANT, groups }), others], { bindings })[0];
    };
    assert.equal(named(group('G', 'a', 'b', 'c', 'd'), group('H', 'a', 'b'))?.credential, 'mine');
    const grown = named(group('G', 'a', 'b', 'c', 'd'), group('H', 'e'));
    assert.equal(grown?.credential, undefined);
    assert.deepEqual(grown && bindingTermsOf(grown), { ...TERMS, clients: 5 });
  });

  it('have no place at all where they name another than the vendor’s', () => {
    const [plant] = merge(own(), [app({ ...PLANT, endpoint: 'evil.com', groups: [] })]);
    assert.deepEqual([plant?.regionId, plant?.endpoint, plant?.origin?.refused], [undefined, undefined, 'notVendor']);
    assert.equal(plant && destination(plant).kind, 'refused');
    assert.equal(plant && bindingTermsOf(plant), undefined);
  });

  it('never move an instance of the user’s own, and add their groups to it', () => {
    const mine = { ...PLANT, endpoint: '127.0.0.1:8080', groups: [group('Pumps', 'a')] };
    const theirs = { ...PLANT, name: 'X', endpoint: 'evil.com', credential: 'theirs', groups: [group('Pumps', 'b')] };
    const [plant, ...more] = merge(own(mine), [app(theirs)]);
    assert.ok(plant !== undefined);
    const { groups, ...details } = plant;
    assert.deepEqual(more, []);
    assert.deepEqual(details, { ...PLANT, endpoint: '127.0.0.1:8080' });
    const origin = { file: 'file:///app', folder: 'app', savedName: 'Pumps', isHeld: true };
    assert.deepEqual(groups, [group('Pumps', 'a'), { ...group('Pumps (app)', 'b'), origin }]);
  });

  it('hold their clients back until the person says yes, and again when they have more than doubled', () => {
    const mine = own({ ...PLANT, groups: [group('Pumps', 'a')] });
    const held = (clientIds: string[], agreed?: number): unknown => {
      const terms = { file: 'file:///app', instanceId: PLANT.instanceId, credential: 'prod' };
      const consents = agreed === undefined ? {} : { [consentKey(terms)]: agreed };
      const [plant] = merge(mine, [app({ ...PLANT, groups: [group('Theirs', ...clientIds)] })], { consents });
      return plant && [...heldClientsOf(plant)];
    };
    assert.deepEqual(held(['a', 'b', 'c']), ['b', 'c']);
    assert.deepEqual(held(['a', 'b', 'c'], 3), []);
    assert.deepEqual(held(['a', 'b', 'c', 'd', 'e', 'f'], 3), []);
    assert.deepEqual(held(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 3), ['b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('ask anew for a file’s clients where the instance got another key', () => {
    const terms = { file: 'file:///app', instanceId: PLANT.instanceId, credential: 'old' };
    const consents = { [consentKey(terms)]: 9 };
    const [plant] = merge(own({ ...PLANT, groups: [] }), [app({ ...PLANT, groups: [group('G', 'a')] })], { consents });
    assert.deepEqual(plant && foreignFilesOf(plant).map(({ isHeld }) => isHeld), [true]);
  });

  it('of two folders join what stands in one place, and leave out what stands in two', () => {
    const theirs = { ...PLANT, groups: [group('Pumps', 'a')] };
    const same = { ...theirs, endpoint: 'onsmqtt.cn-hangzhou.aliyuncs.com' };
    const [joined] = merge(own(), [app(theirs), lib(same)]);
    assert.deepEqual(
      joined?.groups.map(({ name, origin }) => [name, origin?.isHeld]),
      [
        ['Pumps', false],
        ['Pumps (lib)', true],
      ],
    );
    const { inventory, problems } = mergeInventories(
      own(),
      [app(theirs), lib({ ...theirs, regionId: 'cn-shanghai' })],
      NOTHING_PERSONAL,
    );
    assert.deepEqual(problems, [{ kind: 'otherPlace', folder: 'lib', instanceId: 'mqtt-cn-1' }]);
    assert.deepEqual(
      inventory.instances.map(({ regionId, groups }) => [regionId, groups.length]),
      [['cn-hangzhou', 1]],
    );
  });

  it('show a name that is the user’s own, or reads like it, with the folder', () => {
    const mine = own({ ...PLANT, groups: [] });
    const named = (name: string): unknown =>
      merge(mine, [app({ ...PLANT, instanceId: 'other', name, groups: [] })])[1]?.name;
    assert.equal(named('Plant'), 'Plant (app)');
    assert.equal(named(' ｐｌａｎｔ '), ' ｐｌａｎｔ  (app)');
    assert.equal(named('mqtt-cn-1'), 'mqtt-cn-1 (app)');
    assert.equal(named('Pl\u200bant\n\u202egnp.exe'), 'Pl\u{fffd}ant\u{fffd}\u{fffd}gnp.exe');
    assert.equal(String(named('x'.repeat(10_000))).length, 101);
  });

  it('leave out an instance whose ID is the name of one of the user’s own, or cannot be read', () => {
    const mine = own({ ...PLANT, groups: [] });
    const theirs = ['Plant', 'mqtt-\u202e1', 'аbc'].map((instanceId) => ({ ...PLANT, instanceId, groups: [] }));
    const { inventory, problems } = mergeInventories(mine, [app(...theirs)], NOTHING_PERSONAL);
    assert.equal(inventory.instances.length, 1);
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['imitates', 'badInstanceId', 'badInstanceId'],
    );
  });

  it('say what is expected, and nothing of what is pinned or muted, which is each person’s own', () => {
    const theirs: Instance = {
      ...PLANT,
      groups: [{ ...group('G', 'a', 'b'), expected: 'online', pinned: true, muted: true }],
      clients: { a: { expected: 'offline', pinned: true }, b: { muted: true } },
    };
    const [plant] = merge(own(), [app(theirs)]);
    assert.ok(plant !== undefined);
    assert.deepEqual(
      plant.groups.map(({ expected, pinned, muted }) => [expected, pinned, muted]),
      [['online', undefined, undefined]],
    );
    assert.deepEqual([attentionOf(plant, 'a'), attentionOf(plant, 'b')], [{ expected: 'offline' }, {}]);
    const marks = {
      [groupMarkKey('file:///app', 'mqtt-cn-1', 'G')]: { muted: true },
      [clientMarkKey('mqtt-cn-1', 'a')]: { pinned: true },
    };
    const [marked] = merge(own(), [app(theirs)], { marks });
    assert.ok(marked !== undefined);
    assert.equal(marked.groups[0]?.muted, true);
    assert.deepEqual(attentionOf(marked, 'a'), { expected: 'offline', pinned: true });
  });

  it('call a client what can be read in one line, or nothing', () => {
    const clients = {
      a: { alias: 'Pump\n\u202e1', note: 'a\nb' },
      b: { alias: '\u200e\u2800\n\ufe0f', expected: 'online' as const },
    };
    const [plant] = merge(own(), [app({ ...PLANT, groups: [group('G', 'a', 'b')], clients })]);
    const [a, b] = [{ alias: 'Pump\u{fffd}\u{fffd}1', note: 'a\nb' }, { expected: 'online' }];
    assert.deepEqual(plant && [attentionOf(plant, 'a'), attentionOf(plant, 'b')], [a, b]);
  });

  it('never change what is wanted of a client in a group of the user’s own', () => {
    const clients = { a: { expected: 'offline' as const }, z: { expected: 'offline' as const } };
    const mine = own({ ...PLANT, groups: [group('Mine', 'a')] });
    const [plant] = merge(mine, [app({ ...PLANT, groups: [group('G', 'a')], clients })]);
    assert.deepEqual(plant && [attentionOf(plant, 'a'), attentionOf(plant, 'z')], [{}, {}]);
  });

  it('let what the user’s own file says of a client of the user’s own win, and of one that only they have nothing', () => {
    const mine = own({ ...PLANT, groups: [group('Mine', 'a')], clients: { a: { expected: 'online', muted: true } } });
    const theirs = { ...PLANT, groups: [group('G', 'a')], clients: { a: { expected: 'offline' as const } } };
    const marks = { [clientMarkKey('mqtt-cn-1', 'a')]: { pinned: true } };
    const [plant] = merge(mine, [app(theirs)], { marks });
    assert.deepEqual(plant && attentionOf(plant, 'a'), { expected: 'online', pinned: true, muted: true });
    const [left] = merge(own({ ...PLANT, groups: [], clients: { a: { muted: true } } }), [app(theirs)], { marks });
    assert.deepEqual(left && attentionOf(left, 'a'), { expected: 'offline', pinned: true });
  });

  it('take keys such as __proto__ for what they are: names', () => {
    const text = `{ "__proto__": { "polluted": 1 }, "instances": [{
      "__proto__": { "endpoint": "evil.com" }, "name": "__proto__", "instanceId": "__proto__",
      "regionId": "cn-hangzhou", "credential": "__proto__",
      "groups": [{ "name": "constructor", "clientIds": ["__proto__", "a"] }],
      "clients": { "__proto__": { "expected": "online" }, "a": { "expected": "offline" } } }] }`;
    const parsed = parseInventory(text);
    assert.ok(parsed.kind === 'ok');
    const [instance] = merge(own(), [app(...parsed.inventory.instances)]);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.ok(instance !== undefined);
    assert.deepEqual([instance.credential, instance.endpoint], [undefined, undefined]);
    assert.deepEqual(attentionOf(instance, 'a'), { expected: 'offline' });
  });

  describe('whatever they say', () => {
    const name = fc.constantFrom('Plant', 'plant', 'Pumps', 'a', 'b', ' ', 'mqtt-1', 'Plant (app)', '\u202ex');
    const ids = fc.uniqueArray(fc.constantFrom('c1', 'c2', 'c3', '__proto__'));
    const wanted = fc.record(
      { expected: fc.constantFrom('online' as const, 'offline' as const), pinned: fc.boolean(), muted: fc.boolean() },
      { requiredKeys: [] },
    );
    const groups = fc.uniqueArray(
      fc.tuple(name, ids, wanted).map(([each, clientIds, more]) => ({ name: each, clientIds, ...more })),
      { selector: (each) => each.name, maxLength: 3 },
    );
    const instance: fc.Arbitrary<Instance> = fc.record({
      name,
      instanceId: fc.constantFrom('mqtt-1', 'mqtt-2', 'mqtt-3', 'Plant'),
      regionId: fc.constantFrom('cn-hangzhou', 'cn-shanghai', 'x/y'),
      endpoint: fc.constantFrom(undefined, 'evil.com', '127.0.0.1:80', 'onsmqtt.cn-hangzhou.aliyuncs.com'),
      credential: fc.constantFrom('prod', 'work'),
      groups,
      clients: fc.dictionary(fc.constantFrom('c1', 'c2', 'c3'), wanted),
    });
    const inventory = fc
      .uniqueArray(instance, { selector: (each) => each.instanceId, maxLength: 3 })
      .filter((all) => new Set(all.map((each) => each.name)).size === all.length);
    const world = fc.tuple(inventory, inventory, inventory);
    const merged = ([mine, first, second]: [Instance[], Instance[], Instance[]]) =>
      merge(own(...mine), [app(...first), lib(...second)], {
        bindings: { [bindingKey({ ...TERMS, instanceId: 'mqtt-1' })]: { credential: 'mine', clients: 9 } },
      });

    it('no two instances have one ID, no two one name, and no two groups of an instance', () => {
      fc.assert(
        fc.property(world, (files) => {
          const instances = merged(files);
          const lists = [
            instances.map(({ instanceId }) => instanceId),
            instances.map((each) => each.name),
            ...instances.map((each) => each.groups.map((one) => one.name)),
          ];
          for (const list of lists) assert.equal(new Set(list).size, list.length, list.join());
        }),
      );
    });

    it('the user’s own come first, as they were, but for groups of others at the end', () => {
      fc.assert(
        fc.property(world, (files) => {
          const instances = merged(files);
          files[0].forEach((mine, at) => {
            const shown = instances[at];
            const placeOf = ({ name: n, instanceId, regionId, endpoint, credential, origin }: Instance) => [
              ...[n, instanceId, regionId, endpoint, credential, origin],
            ];
            assert.ok(shown !== undefined);
            assert.deepEqual(placeOf(shown), placeOf(mine));
            assert.deepEqual(shown.groups.slice(0, mine.groups.length), mine.groups);
            const [own, named] = [mine, shown].map((each) => new Set(clientIdsOf(each)));
            for (const [clientId, entry] of Object.entries(mine.clients ?? {})) {
              if (named?.has(clientId) === true && own?.has(clientId) === false) continue;
              const wins: object = { ...attentionOf(shown, clientId) };
              assert.deepEqual({ ...wins, ...entry }, wins);
            }
          });
        }),
      );
    });

    it('what others name has no endpoint, a key of the person’s binding or none, and a place of the vendor or none', () => {
      fc.assert(
        fc.property(world, (files) => {
          for (const each of merged(files)) {
            if (each.origin === undefined) continue;
            assert.equal(each.endpoint, undefined);
            assert.ok(each.credential === undefined || (each.credential === 'mine' && each.instanceId === 'mqtt-1'));
            const place = destination(each);
            assert.equal(place.kind === 'refused', each.origin.refused !== undefined);
            if (place.kind === 'ok') assert.match(place.host, /^onsmqtt\.[a-z-]+\.aliyuncs\.com$/);
          }
        }),
      );
    });

    it('a group of others can be found in its file, and nothing of it is pinned or muted', () => {
      fc.assert(
        fc.property(world, (files) => {
          for (const each of merged(files))
            for (const { origin, clientIds, pinned, muted } of each.groups) {
              if (origin === undefined) continue;
              const file = origin.file === 'file:///app' ? files[1] : files[2];
              const saved = file.find(({ instanceId }) => instanceId === each.instanceId);
              assert.deepEqual(saved?.groups.find((one) => one.name === origin.savedName)?.clientIds, clientIds);
              assert.deepEqual([pinned, muted], [undefined, undefined]);
            }
        }),
      );
    });
  });
});
