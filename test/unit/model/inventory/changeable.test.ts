import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editInventory, type InventoryEdit } from '../../../../src/model/inventory/editInventory';
import { attentionOf, type Instance, type Inventory } from '../../../../src/model/inventory/inventory';
import { mergeInventories } from '../../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../../src/model/inventory/parseInventory';
import { NOTHING_PERSONAL, type PersonalMarks } from '../../../../src/model/inventory/personal';
import { routeEdit } from '../../../../src/model/inventory/routeEdit';

const PLANT = { name: 'Plant', instanceId: 'mqtt-1', regionId: 'cn-hangzhou', credential: 'prod' };
const FILES = ['app', 'lib'];
const GROUPS = ['Mine', 'Spares', 'app', 'lib'];
const CLIENTS = ['a', 'b'];
const { instanceId } = PLANT;
const textOf = (groups: object[], clients: object): string =>
  JSON.stringify({ instances: [{ ...PLANT, groups, clients }] });

/** A person's window: the own file, those of two folders, and the person's marks. */
class Desk {
  readonly texts = new Map<string | undefined, string>();
  private readonly marks: Record<string, PersonalMarks> = {};

  constructor(isOwn: boolean) {
    const mine = [
      { name: 'Mine', clientIds: CLIENTS },
      { name: 'Spares', clientIds: [] },
    ];
    if (isOwn) this.texts.set(undefined, textOf(mine, { a: { alias: 'A', pinned: true, muted: true, note: 'n' } }));
    this.texts.set('app', textOf([{ name: 'app', clientIds: ['b'] }], {}));
    this.texts.set('lib', textOf([{ name: 'lib', clientIds: ['a', 'b'] }], { b: { alias: 'B', expected: 'online' } }));
  }

  get inventory(): Inventory {
    return mergeInventories(this.saved(undefined), this.workspaces, { ...NOTHING_PERSONAL, marks: this.marks })
      .inventory;
  }

  get plant(): Instance {
    return this.inventory.instances[0] ?? assert.fail();
  }

  edit(edit: InventoryEdit): void {
    const { files, marks } = routeEdit(this.inventory, edit, this.workspaces);
    for (const { file, edit: sent } of files) this.texts.set(file, editInventory(this.texts.get(file) ?? '', sent));
    for (const [key, mark] of marks) this.marks[key] = { ...this.marks[key], ...mark };
  }

  private get workspaces() {
    return FILES.map((file) => ({ file, folder: file, inventory: this.saved(file) }));
  }

  private saved(file: string | undefined): Inventory {
    const parsed = parseInventory(this.texts.get(file) ?? '');
    return parsed.kind === 'ok' ? parsed.inventory : assert.fail();
  }
}

const clientId = fc.constantFrom(...CLIENTS);
const group = fc.constantFrom(...GROUPS);
const words = fc.constantFrom('x', 'y', undefined);
const flag = fc.boolean();
const attention = fc.oneof(
  fc.record({ expected: fc.constantFrom('online' as const, 'offline' as const, undefined) }),
  fc.record({ pinned: flag }),
  fc.record({ muted: flag }),
);
const said = fc.oneof(fc.record({ alias: words }), fc.record({ note: words }));
const setting: fc.Arbitrary<InventoryEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('describe' as const),
    instanceId: fc.constant(instanceId),
    of: fc.record({ clientIds: clientId.map((id) => [id]) }),
    words: said,
  }),
  fc.record({
    kind: fc.constant('setAttention' as const),
    instanceId: fc.constant(instanceId),
    of: fc.record({ clientIds: clientId.map((id) => [id]) }),
    attention,
  }),
);
type Step = (desk: Desk) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  setting.map(
    (edit): Step =>
      (desk) =>
        desk.edit(edit),
  ),
  fc
    .tuple(fc.constantFrom('addClients' as const, 'removeClients' as const), group, clientId)
    .map(([kind, to, id]): Step => (desk) => {
      const isThere = desk.plant.groups.some(({ name }) => name === to);
      if (isThere) desk.edit({ kind, instanceId, group: to, clientIds: [id] });
    }),
  fc.tuple(group, clientId, flag).map(([to, id, isAll]): Step => (desk) => {
    const { groups } = desk.plant;
    const holding = groups.filter(({ name, clientIds }) => name !== to && clientIds.includes(id));
    const from = holding.slice(0, isAll ? undefined : 1).map(({ name }) => ({ group: name, clientIds: [id] }));
    if (from.length > 0 && groups.some(({ name }) => name === to))
      desk.edit({ kind: 'moveClients', instanceId, from, to });
  }),
);

describe('what is shown of a client', () => {
  it('can be changed, whatever was moved, said, wanted and taken out before', () => {
    fc.assert(
      fc.property(flag, fc.array(step, { maxLength: 8 }), setting, (isOwn, steps, last) => {
        const desk = new Desk(isOwn);
        for (const each of steps) each(desk);
        desk.edit(last);
        const [id = ''] = 'of' in last && 'clientIds' in last.of ? last.of.clientIds : [];
        if (!desk.plant.groups.some(({ clientIds }) => clientIds.includes(id))) return;
        const shown: Record<string, unknown> = { ...attentionOf(desk.plant, id) };
        const wanted = last.kind === 'describe' ? last.words : last.kind === 'setAttention' ? last.attention : {};
        for (const [key, value] of Object.entries(wanted)) assert.equal(shown[key] ?? false, value ?? false, key);
      }),
      { numRuns: 500 },
    );
  });

  it('is shown of it in a team’s group as well, and the own file and the team’s hold nothing that is not theirs', () => {
    const desk = new Desk(true);
    const shown = { ...attentionOf(desk.plant, 'a') };
    desk.edit({ kind: 'moveClients', instanceId, from: [{ group: 'Mine', clientIds: ['a'] }], to: 'app' });
    assert.deepEqual({ ...attentionOf(desk.plant, 'a') }, shown);
    assert.doesNotMatch(desk.texts.get(undefined) ?? '', /alias|pinned|muted|note/);
    assert.doesNotMatch(desk.texts.get('app') ?? '', /pinned|muted/);
  });
});
