import { install } from '@sinonjs/fake-timers';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Group, Instance } from '../../../src/model/inventory/inventory';
import {
  CLIENT_STATES,
  type ClientFilter,
  type ClientState,
  NO_FILTER,
} from '../../../src/sessions/fleet/clientFilter';
import { CLIENT_ORDERS } from '../../../src/sessions/fleet/clientOrder';
import { Expectations } from '../../../src/sessions/fleet/expectations';
import { GroupCounts } from '../../../src/sessions/fleet/groupCounts';
import { StatusHistory } from '../../../src/sessions/history/statusHistory';
import { type Finding, StatusStore } from '../../../src/sessions/status/statusStore';
import { ShownClients } from '../../../src/ui/refresh/shownClients';
import { Arrangement, type ViewArrangement } from '../../../src/ui/tree/arrangement';
import type { InstancesTree } from '../../../src/ui/tree/instancesTree';
import { OpenNodes } from '../../../src/ui/tree/openNodes';
import { TreeRows } from '../../../src/ui/tree/treeRows';
import { anyInventory, failed, inventoryOf, Source } from '../sessions/fleet/wantedFleet';

const HOUR_MS = 3_600_000;
const SETTLE_MS = 600;

/** The rows of a fleet that one can answer for, under a clock of its own. */
class Fleet {
  readonly source: Source;
  readonly store = new StatusStore();
  readonly counts: GroupCounts;
  readonly rows: TreeRows;
  readonly arrangement: Arrangement;
  readonly open = new OpenNodes();
  readonly kept: ViewArrangement[] = [];
  moves = 0;
  /** What VS Code was told to ask for anew. */
  readonly redrawn: string[] = [];
  readonly seen: ShownClients;
  private readonly history: StatusHistory;
  private readonly parts: { dispose(): void }[];

  constructor(groups: readonly Group[], clients?: Instance['clients'], kept?: unknown) {
    this.source = new Source(inventoryOf(groups, clients));
    this.counts = new GroupCounts(this.source, this.store);
    const expectations = new Expectations(this.source, this.store, this.counts);
    const settings = { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } };
    this.history = new StatusHistory({ store: this.store, settings, now: Date.now });
    this.arrangement = new Arrangement({ read: () => kept, write: (next) => this.kept.push(next) });
    this.rows = new TreeRows({
      inventory: this.source,
      counts: this.counts,
      store: this.store,
      expectations,
      history: this.history,
      arrangement: this.arrangement,
    });
    this.seen = new ShownClients({ rows: this.rows, open: this.open } as unknown as InstancesTree);
    this.rows.onDidMove((nodes) => {
      this.moves += nodes.length;
      this.redrawn.push(...nodes.map((node) => (node.kind === 'group' ? node.group.name : 'instance')));
    });
    this.parts = [this.rows, this.arrangement, this.history, expectations, this.counts, this.store];
  }

  /** What stands in the view with everything unfolded: groups in brackets. */
  get shown(): string {
    const { roots } = this.rows;
    const below = roots.flatMap((node) => this.rows.below(node));
    return below
      .flatMap((row) =>
        row.kind === 'group' ? [`[${row.group.name}]`, ...this.rows.rowsOf(row).map(nameOf)] : [nameOf(row)],
      )
      .join(' ');
  }

  see(statuses: Readonly<Record<string, 'online' | 'offline' | 'unknown' | 'failed'>>): void {
    const finding = (status: string): Finding =>
      status === 'failed'
        ? failed
        : {
            kind: 'answered',
            observation: { status: status as 'online', isVerified: false, checkedAt: Date.now() },
          };
    this.store.apply('i', new Map(Object.entries(statuses).map(([id, status]) => [id, finding(status)])));
  }

  filter(filter: Partial<ClientFilter>): void {
    this.arrangement.set({ filter: { ...NO_FILTER, ...filter } });
  }

  get asked(): readonly string[] {
    return this.seen.of({}).flatMap(({ clientIds }) => clientIds);
  }

  adopt(clientId: string, at: number): void {
    const transition = { to: 'offline' as const, at, notBefore: at - 1, since: at - 2, isVerified: true };
    this.history.adopt('i', [{ clientId, transition }]);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

function nameOf(row: { kind: string; clientId?: string }): string {
  return row.clientId ?? row.kind;
}

describe('the rows of the view', () => {
  let clock: ReturnType<typeof install>;
  let fleet: Fleet;
  const begin = (...given: ConstructorParameters<typeof Fleet>): Fleet => (fleet = new Fleet(...given));
  const GROUPS: Group[] = [
    { name: 'G', clientIds: ['b', 'a', 'c'] },
    { name: 'H', expected: 'online', clientIds: ['c', 'd'] },
    { name: 'Empty', clientIds: [] },
  ];
  beforeEach(() => {
    clock = install({ now: 10 * HOUR_MS, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    fleet.dispose();
    assert.equal(clock.countTimers(), 0, 'a timer is left');
    clock.uninstall();
  });

  it('are filtered by state; groups without a match are hidden, and counts stay those of the whole', () => {
    begin(GROUPS).see({ a: 'offline', c: 'online', d: 'failed' });
    fleet.filter({ states: ['offline'] });
    assert.equal(fleet.shown, '[G] a');
    assert.deepEqual(fleet.rows.matching, { matching: 1, total: 4 });
    assert.equal(fleet.counts.ofGroup('i', 'G').total, 3);
    fleet.filter({ states: ['online', 'failed'] });
    assert.equal(fleet.shown, '[G] c [H] c d');
    assert.deepEqual(fleet.rows.matching, { matching: 2, total: 4 }, 'a client of two groups counts once');
    fleet.filter({ states: ['notChecked'] });
    assert.equal(fleet.shown, '[G] b');
    fleet.filter({ states: ['unknown'] });
    assert.equal(fleet.shown, '');
    assert.equal(fleet.rows.roots.length, 1, 'the instance stays: nothing claims that nothing is saved');
    fleet.filter({});
    assert.equal(fleet.shown, '[G] b a c [H] c d [Empty]');
  });

  it('that a person selected stand while they are saved, pass the filter and are of the view as it is arranged', () => {
    begin(GROUPS).see({ a: 'offline' });
    const [instance] = fleet.rows.roots;
    const [group, other] = instance === undefined ? [] : fleet.rows.below(instance);
    assert.ok(instance !== undefined && group?.kind === 'group' && other?.kind === 'group');
    const selected = [instance, group, ...fleet.rows.rowsOf(group), other];
    /** The view is drawn, and then a command asks. */
    const standing = (): string =>
      typeof fleet.shown === 'string' ? fleet.rows.standing(selected).map(nameOf).join(' ') : '';
    assert.equal(standing(), 'instance group b a c group');
    fleet.filter({ states: ['offline'] });
    assert.equal(standing(), 'instance group a');
    fleet.filter({});
    fleet.arrangement.set({ isFlat: true });
    assert.equal(standing(), 'instance');
    fleet.arrangement.set({ isFlat: false });
    fleet.source.become(inventoryOf([{ name: 'G', clientIds: ['c'] }]));
    assert.equal(standing(), 'instance group c');
    fleet.source.become({ instances: [] });
    assert.equal(standing(), '');
    fleet.source.become(inventoryOf(GROUPS));
    assert.equal(standing(), '', 'what is saved again has rows of its own');
  });

  it('of a group alone are asked for anew, or those of the instance where a group comes or goes', () => {
    begin(GROUPS).filter({ states: ['offline'] });
    const redrawnAfter = (statuses: Parameters<Fleet['see']>[0]): string => {
      assert.equal(typeof fleet.shown, 'string');
      fleet.redrawn.length = 0;
      fleet.see(statuses);
      clock.tick(SETTLE_MS);
      return fleet.redrawn.join();
    };
    assert.equal(redrawnAfter({ a: 'offline' }), 'instance');
    assert.equal(redrawnAfter({ b: 'offline' }), 'G');
    assert.equal(redrawnAfter({ a: 'offline' }), '', 'nothing is another');
    assert.equal(redrawnAfter({ d: 'offline' }), 'instance');
    assert.equal(redrawnAfter({ a: 'online' }), 'G');
    assert.equal(redrawnAfter({ b: 'online' }), 'instance');
    assert.equal(fleet.shown, '[H] d');
  });

  it('are filtered by what does not stand as expected', () => {
    begin(GROUPS).see({ a: 'offline', c: 'offline', d: 'online' });
    fleet.filter({ states: ['notAsExpected'] });
    assert.equal(fleet.shown, '[G] c [H] c');
  });

  it('are filtered by words in the ID, the alias, the note or the name of the group', () => {
    begin(GROUPS, { a: { alias: 'Main Inlet' }, d: { note: 'leaks in hall 3' } });
    const shownFor = (text: string): string => {
      fleet.filter({ text });
      return fleet.shown;
    };
    assert.equal(shownFor('inlet MAIN'), '[G] a');
    assert.equal(shownFor('leaks'), '[H] d');
    assert.equal(shownFor('h c'), '[H] c');
    assert.equal(shownFor('h main'), '');
    assert.equal(shownFor('  '), '[G] b a c [H] c d [Empty]');
  });

  it('are filtered by who changed in the last hour, which ends by itself', () => {
    begin(GROUPS).see({ a: 'online', b: 'online' });
    clock.tick(1000);
    fleet.see({ a: 'offline', b: 'online' });
    fleet.filter({ isRecent: true });
    assert.equal(fleet.shown, '[G] a');
    clock.tick(HOUR_MS - 1000);
    fleet.rows.followTime();
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '[G] a');
    const moves = fleet.moves;
    clock.tick(1000);
    fleet.rows.followTime();
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '');
    assert.ok(fleet.moves > moves, 'it is drawn');
  });

  it('follow what was kept of the past, once it is read', () => {
    begin(GROUPS).filter({ isRecent: true });
    assert.equal(fleet.shown, '');
    fleet.adopt('d', Date.now() - 5);
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '[H] d');
  });

  it('are filtered by flapping, until it has calmed down', () => {
    begin(GROUPS);
    for (const status of ['online', 'offline', 'online', 'offline', 'online'] as const) {
      fleet.see({ a: status });
      clock.tick(1000);
    }
    fleet.filter({ states: ['flapping'] });
    assert.equal(fleet.shown, '[G] a');
    clock.tick(11 * 60_000);
    fleet.rows.followTime();
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '');
  });

  it('are sorted by name, with numbers by value and aliases before IDs', () => {
    const clientIds = ['GID_x@@@dev-10', 'GID_x@@@dev-2', 'GID_x@@@z'];
    begin([{ name: 'G', groupId: 'GID_x', clientIds }], { 'GID_x@@@z': { alias: 'Aft pump' } });
    fleet.arrangement.set({ order: 'name' });
    assert.equal(fleet.shown, '[G] GID_x@@@z GID_x@@@dev-2 GID_x@@@dev-10');
  });

  it('are sorted in a list by what each row reads, whatever its group ID', () => {
    begin([{ name: 'G', clientIds: ['GID_bbb@@@1', 'GID_aaa@@@2', 'GID_aaa@@@10'] }]);
    fleet.arrangement.set({ order: 'name', isFlat: true });
    assert.equal(fleet.shown, 'GID_bbb@@@1 GID_aaa@@@2 GID_aaa@@@10');
  });

  it('are sorted by state with what needs a person first, and by the last change', () => {
    begin([{ name: 'G', clientIds: ['on', 'no', 'off', 'un', 'bad', 'bro'] }], { bro: { expected: 'online' } });
    fleet.see({ on: 'online', off: 'online', un: 'unknown', bad: 'failed', bro: 'online' });
    clock.tick(1000);
    fleet.see({ bro: 'offline' });
    clock.tick(1000);
    fleet.see({ off: 'offline' });
    fleet.arrangement.set({ order: 'state' });
    assert.equal(fleet.shown, '[G] bro bad off un on no');
    fleet.arrangement.set({ order: 'change' });
    assert.equal(fleet.shown, '[G] off bro on no un bad');
  });

  it('stay where they are while a check is under way, and move once when it has settled', () => {
    begin([{ name: 'G', clientIds: ['a', 'b', 'c'] }]).see({ a: 'online', b: 'online', c: 'online' });
    fleet.arrangement.set({ order: 'state' });
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '[G] a b c');
    fleet.moves = 0;
    fleet.store.setChecking('i', ['a', 'b', 'c'], true);
    fleet.see({ c: 'offline' });
    clock.tick(10 * SETTLE_MS);
    assert.deepEqual([fleet.shown, fleet.moves], ['[G] a b c', 0]);
    fleet.see({ b: 'offline' });
    fleet.store.setChecking('i', ['a', 'b', 'c'], false);
    clock.tick(10 * SETTLE_MS);
    assert.deepEqual([fleet.shown, fleet.moves], ['[G] b c a', 1]);
  });

  it('move after ten seconds at the latest where somebody is asked about without a pause', () => {
    begin([{ name: 'G', clientIds: ['a', 'b', 'c'] }]).see({ a: 'online', b: 'online', c: 'online' });
    fleet.arrangement.set({ order: 'state', isFlat: true });
    assert.equal(fleet.shown, 'a b c');
    clock.tick(SETTLE_MS);
    fleet.moves = 0;
    fleet.store.setChecking('i', ['a'], true);
    fleet.see({ c: 'offline' });
    for (let seconds = 0; seconds < 10; seconds++) {
      const [next, before] = seconds % 2 === 0 ? ['b', 'a'] : ['a', 'b'];
      fleet.store.setChecking('i', [next], true);
      fleet.store.setChecking('i', [before], false);
      clock.tick(1000);
      assert.equal(fleet.moves, 0);
    }
    clock.tick(1000);
    assert.deepEqual([fleet.shown, fleet.moves], ['c a b', 1]);
  });

  it('are the same objects whatever is filtered and sorted, so that a selection stays', () => {
    begin(GROUPS);
    const [node] = fleet.rows.roots;
    assert.ok(node !== undefined);
    const all = () =>
      fleet.rows.below(node).flatMap((row) => (row.kind === 'group' ? [row, ...fleet.rows.rowsOf(row)] : [row]));
    const before = all();
    fleet.filter({ text: 'c' });
    const filtered = all();
    assert.ok(filtered.length > 0 && filtered.every((row) => before.includes(row)));
    fleet.filter({});
    assert.deepEqual(all(), before);
    all().forEach((row, at) => assert.equal(row, before[at]));
  });

  it('stand directly under the instance in a list, each client once, and in pages', () => {
    begin(GROUPS).arrangement.set({ isFlat: true });
    assert.equal(fleet.shown, 'b a c d');
    fleet.filter({ text: 'h' });
    assert.equal(fleet.shown, 'c d', 'a group is still found by name');
    const clientIds = Array.from({ length: 700 }, (_, at) => `dev-${at}`);
    fleet.source.become(inventoryOf([{ name: 'G', clientIds }]));
    fleet.filter({});
    const [node] = fleet.rows.roots;
    assert.ok(node !== undefined);
    const page = fleet.rows.below(node);
    assert.deepEqual(
      [page.length, page.at(-1)?.kind, fleet.rows.rowOf('i', 'dev-650')?.clientId],
      [501, 'more', 'dev-650'],
    );
    const [list] = fleet.rows.listsOf(node);
    assert.ok(list !== undefined);
    assert.equal(fleet.rows.showMore(list)?.clientId, 'dev-500');
    assert.equal(fleet.rows.below(node).length, 700);
  });

  it('hold a client that was looked for though the filter hides it, until another filter', () => {
    begin(GROUPS).filter({ text: 'a' });
    assert.equal(fleet.shown, '[G] a');
    assert.equal(fleet.rows.rowOf('i', 'd')?.clientId, 'd');
    assert.equal(fleet.shown, '[G] a [H] d');
    assert.deepEqual(fleet.rows.matching, { matching: 1, total: 4 });
    fleet.filter({ text: 'b' });
    assert.equal(fleet.shown, '[G] b');
  });

  it('are asked about by auto refresh as if there were no filter, or a filter by state would keep itself alive', () => {
    begin(GROUPS).see({ a: 'online', b: 'online', c: 'online', d: 'online' });
    for (const group of fleet.rows.roots.flatMap((node) => fleet.rows.below(node))) fleet.open.note(group, true);
    fleet.filter({ states: ['offline'] });
    assert.equal(fleet.shown, '');
    assert.equal(fleet.asked.join(''), 'bacd', 'also those of groups that are hidden for the while');
    fleet.see({ d: 'offline' });
    clock.tick(SETTLE_MS);
    assert.equal(fleet.shown, '[H] d');
    fleet.arrangement.set({ isFlat: true });
    assert.equal(fleet.asked.join(''), 'bacd');
    fleet.open.note(fleet.rows.roots[0] as never, false);
    assert.deepEqual(fleet.asked, []);
  });

  it('of a long list are asked about in turn where a filter hides them, a page each round', () => {
    const clientIds = Array.from({ length: 1200 }, (_, at) => `dev-${String(at)}`);
    begin([{ name: 'G', clientIds }]).see(Object.fromEntries(clientIds.map((id) => [id, 'online'])));
    for (const group of fleet.rows.roots.flatMap((node) => fleet.rows.below(node))) fleet.open.note(group, true);
    fleet.filter({ states: ['offline'] });
    const rounds = ['quiet', 'busy', 'failed', 'changed'] as const;
    const asked = rounds.map((outcome) => {
      const round = fleet.asked;
      fleet.seen.ended({}, outcome);
      return round;
    });
    assert.deepEqual(
      asked.map((round) => [round.length, round[0], round.at(-1)]),
      [
        [500, 'dev-0', 'dev-499'],
        [500, 'dev-500', 'dev-999'],
        [500, 'dev-500', 'dev-999'],
        [500, 'dev-1000', 'dev-299'],
      ],
    );
    assert.deepEqual(new Set(asked.flat()), new Set(clientIds));
    fleet.see({ 'dev-1100': 'offline' });
    clock.tick(SETTLE_MS);
    assert.equal(fleet.asked.at(-1), 'dev-1100', 'who has come is asked about each time');
    fleet.filter({});
    assert.deepEqual(fleet.asked, clientIds.slice(0, 500));
  });

  it('are arranged as the workspace remembers, and as saved where that makes no sense', () => {
    const filter = { text: 'c', states: [], isRecent: false };
    begin(GROUPS, undefined, { filter, order: 'name', isFlat: true });
    assert.equal(fleet.shown, 'c');
    fleet.arrangement.set({ isFlat: false });
    assert.deepEqual(fleet.kept, [{ filter, order: 'name', isFlat: false }]);
    fleet.dispose();
    for (const nonsense of [1, { filter: 1, order: 'up', isFlat: 'x' }, { filter: { states: ['x'] } }]) {
      begin(GROUPS, undefined, nonsense);
      assert.equal(fleet.shown, '[G] b a c [H] c d [Empty]');
      fleet.dispose();
    }
  });

  it('are those that a reader would pick one by one, whatever is filtered and sorted', () => {
    const status = fc.constantFrom('online', 'offline', 'unknown', 'failed', undefined);
    const filter = fc.record({
      text: fc.constantFrom('', 'a', 'g', 'b'),
      states: fc.uniqueArray(fc.constantFrom(...CLIENT_STATES)),
      isRecent: fc.boolean(),
    });
    const statuses = fc.record(Object.fromEntries('abcdef'.split('').map((id) => [id, status])));
    fc.assert(
      fc.property(
        anyInventory,
        filter,
        fc.constantFrom(...CLIENT_ORDERS),
        statuses,
        (inventory, wanted, order, seen) => {
          const [instance] = inventory.instances;
          assert.ok(instance !== undefined);
          begin(instance.groups, instance.clients);
          fleet.see(Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)) as never);
          fleet.arrangement.set({ filter: wanted, order });
          for (const group of instance.groups) {
            const node = fleet.rows.group('i', group.name);
            assert.ok(node !== undefined);
            const picked: string[] = group.clientIds.filter((id): boolean =>
              passes(wanted, id, group, instance, seen[id]),
            );
            const rows = fleet.rows.rowsOf(node).map(nameOf);
            assert.deepEqual([...rows].sort(), [...picked].sort());
            if (order === 'saved' || order === 'change') assert.deepEqual(rows, picked);
          }
          fleet.dispose();
        },
      ),
    );
  });
});

/** Nothing has changed or flapped in what this reader sees. */
function passes(
  { text, states, isRecent }: ClientFilter,
  id: string,
  { name, expected }: Group,
  { clients, groups }: Instance,
  status: string | undefined,
): boolean {
  const inherited = groups.find((group) => group.expected !== undefined && group.clientIds.includes(id))?.expected;
  const wanted = clients?.[id]?.expected ?? inherited ?? expected;
  const is: ClientState[] = [status === undefined ? 'notChecked' : (status as ClientState)];
  if (wanted !== undefined && (status === 'online' || status === 'offline') && status !== wanted)
    is.push('notAsExpected');
  return (
    !isRecent && `${id} ${name}`.includes(text) && (states.length === 0 || states.some((state) => is.includes(state)))
  );
}
