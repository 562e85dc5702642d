import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { ContextKeys } from '../../src/host/contextKeys';
import { Emitter } from '../../src/base/event';
import { silentLog } from '../../src/base/log';
import type { Inventories } from '../../src/host/inventory/inventories';
import type { InventoryState } from '../../src/host/inventory/inventoryFile';
import type { Group, Inventory } from '../../src/model/inventory/inventory';
import type { Until, Watch } from '../../src/ui/watch/watch';
import { StatusStore } from '../../src/sessions/status/statusStore';
import { WatchedClients } from '../../src/sessions/wait/watchedClients';
import { Watches } from '../../src/ui/watch/watches';
import { costText, subjectText } from '../../src/ui/words/waitWords';
import { command, LOCAL, LocalDevices } from './localDevices';

interface WatchResult {
  outcome: string;
  message: string;
  clients: { clientId: string; status: string; verified: boolean; checkedAt?: string }[];
}
const ONE = 'GID_watch@@@board-1';
const TWO = 'GID_watch@@@board-2';
const brief = ({ outcome, clients }: WatchResult) => [
  outcome,
  ...clients.map(({ clientId, status, verified }) => [clientId.slice(-1), status, verified]),
];
const see = (clientId: string) => command('verifyClient', { instance: LOCAL, clientId });

describe('watching clients', () => {
  let devices: LocalDevices;
  before(async () => {
    devices = await LocalDevices.start('Watched', [ONE, TWO]);
  });
  after(() => devices.dispose());

  const watch = (argument: object): Promise<WatchResult> =>
    Promise.resolve(command<WatchResult>('watch', { instance: LOCAL, ...argument }));

  it('ends when the device connects, and tells when it was seen and how', async () => {
    const watching = watch({ clientId: ONE, until: 'online' });
    await see(ONE);
    await devices.connect(ONE);
    const result = await watching;
    assert.deepEqual(brief(result), ['met', ['1', 'online', true]]);
    assert.match(result.message, /^GID_watch@@@board-1: online, seen at \d+:\d\d:\d\d.* \(verified\)\.$/);
  });

  it('ends when the device leaves, or when anything changes', async () => {
    const watching = [watch({ clientId: ONE, until: 'offline' }), watch({ group: 'Watched', until: 'change' })];
    await see(ONE);
    await see(TWO);
    await devices.disconnect(ONE);
    const [offline, change] = await Promise.all(watching);
    assert.ok(offline !== undefined && change !== undefined);
    assert.deepEqual(brief(offline), ['met', ['1', 'offline', true]]);
    assert.match(change.message, /^GID_watch@@@board-1: online → offline, seen at .* \(verified\)\.$/);
  });

  it('of a group ends when the last one is online', async () => {
    const watching = watch({ group: 'Watched', until: 'online' });
    await devices.connect(ONE);
    await see(ONE);
    await devices.connect(TWO);
    assert.deepEqual(brief(await watching), ['met', ['1', 'online', true], ['2', 'online', true]]);
  });

  it('is one watch for two who ask the same, and stops on request', async () => {
    const watching = [watch({ clientId: ONE, until: 'offline' }), watch({ clientId: ONE, until: 'offline' })];
    await see(ONE);
    await command('stopWatching', { instance: LOCAL, clientId: ONE });
    assert.deepEqual(
      (await Promise.all(watching)).map(({ outcome }) => outcome),
      ['cancelled', 'cancelled'],
    );
    await assert.rejects(async () => command('stopWatching', { instance: LOCAL }), /Nothing is being watched here/);
  });

  it('refuses what it cannot do with a sentence', async () => {
    await assert.rejects(watch({ clientId: ONE, minutes: 241 }), /"minutes"/);
    await assert.rejects(watch({ clientId: ONE, until: 'restart' }), /"until"/);
    await assert.rejects(watch({ clientId: '设备' }), /printable ASCII/);
    await assert.rejects(watch({ group: 'Nowhere' }), /There is no group "Nowhere"/);
    const clientIds = Array.from({ length: 1001 }, (_, at) => `GID_watch@@@${at}`);
    await command('addGroup', { instance: LOCAL, name: 'Many' });
    await command('addClients', { instance: LOCAL, group: 'Many', clientIds });
    await assert.rejects(watch({ group: 'Many', until: 'change' }), /in 1,000 clients at most; these are 1,001\./);
    await command('removeGroup', { instance: LOCAL, group: 'Many' });
  });
});

describe('the words of a watch', () => {
  it('tell one from many', () => {
    assert.equal(subjectText(['a'], 'Bench'), '"Bench" (1 client)');
    assert.equal(subjectText(['a', 'b'], 'Bench'), '"Bench" (2 clients)');
    assert.equal(costText({ calls: 1, most: 1 }), '≈ 1 call');
    assert.equal(costText({ calls: 360, most: 1260 }), '≈ 360 calls, up to 1,260 where the cache must be confirmed');
  });
});

describe('watches kept in the workspace', () => {
  const instance = { name: 'Plant', instanceId: 'mqtt-1', credential: 'work', groups: [] };
  const plant = (...groups: Group[]): Inventory => ({ instances: [{ ...instance, groups }] });
  const saved = new Emitter<InventoryState>();
  let state: InventoryState;
  const inventory = {
    ready: Promise.resolve(),
    get state() {
      return state;
    },
    get inventory() {
      return state.inventory;
    },
    onDidChange: saved.event,
  } as unknown as Inventories;
  const save = (inventory: Inventory, kind: 'ready' | 'unreadable' = 'ready'): void => {
    state = { kind, inventory, isTooLarge: false };
    saved.fire(state);
  };
  beforeEach(() => {
    memory.clear();
    save(plant());
  });
  const memory = new Map<string, unknown>();
  const memento: Pick<vscode.Memento, 'get' | 'update'> = {
    get: (key: string) => memory.get(key),
    update: (key, value) => {
      memory.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
  const store = new StatusStore();
  const watched = new WatchedClients();
  let asked = 0;
  let isSpent = false;

  /** What every client is said to be. */
  let status: 'online' | 'offline' | 'unknown' = 'online';

  /** The watches of one window. */
  function open(): Watches {
    const contextKeys = { set: () => undefined } as unknown as ContextKeys;
    const check = (requests: readonly { clientIds: readonly string[] }[]) => {
      asked++;
      const finding = { kind: 'answered', observation: { status, isVerified: true, checkedAt: Date.now() } } as const;
      for (const { clientIds } of requests) store.apply('mqtt-1', new Map(clientIds.map((id) => [id, finding])));
      return Promise.resolve([]);
    };
    const budget = { mayAsk: () => Promise.resolve(true) };
    const waiter = { checker: { check }, store, now: Date.now, isSpent: () => isSpent };
    return new Watches({ waiter, inventory, budget, watched, contextKeys, memento, log: silentLog });
  }
  const kept = () => (memory.get('watches') ?? []) as { until: string; baseline: unknown }[];
  const soon = () => new Promise(setImmediate);
  const minute = () => ({ instanceId: 'mqtt-1', startedAt: Date.now(), deadline: Date.now() + 60_000 });
  const watchGroup = (group: string, clientIds: string[], until: Until = 'online'): Watch => ({
    ...minute(),
    group,
    clientIds,
    until,
    baseline: [],
  });

  it('go on after a reload, with the status they began with', async () => {
    const before = open();
    const startedAt = Date.now();
    const base = { instanceId: 'mqtt-1', clientIds: ['a'], startedAt, deadline: startedAt + 60_000 };
    const first = before.start({ ...base, until: 'change', baseline: [] });
    await new Promise(setImmediate);
    before.dispose();
    assert.equal((await first).outcome, 'cancelled');
    assert.deepEqual(
      kept().map(({ until, baseline }) => [until, baseline]),
      [['change', [['a', 'online']]]],
    );
    assert.equal(watched.isWatched('mqtt-1', 'a'), false);

    store.forget('mqtt-1');
    status = 'unknown';
    const after = open();
    await new Promise(setImmediate);
    const resumed = after.start({ ...base, until: 'change', baseline: [] });
    status = 'offline';
    assert.match((await resumed).message, /^a: online → offline, seen at/);
    assert.deepEqual(kept(), []);
    after.dispose();
  });

  it("end where today's budget is spent, also after a reload", async () => {
    const startedAt = Date.now();
    const base = { instanceId: 'mqtt-1', clientIds: ['z'], startedAt, deadline: startedAt + 60_000 };
    const before = open();
    status = 'offline';
    const first = before.start({ ...base, until: 'online', baseline: [] });
    await new Promise(setImmediate);
    before.dispose();
    await first;
    isSpent = true;
    const [after, calls] = [open(), asked];
    await new Promise(setImmediate);
    assert.deepEqual([kept(), asked, after.stop()], [[], calls, 0]);
    isSpent = false;
    after.dispose();
  });

  it('of a group follow it under its new name, with the clients it has now', async () => {
    save(plant({ name: 'Gateways', clientIds: ['g1', 'g2'] }));
    status = 'offline';
    const watches = open();
    const ended = watches.start(watchGroup('Gateways', ['g1', 'g2']));
    await soon();
    save(plant({ name: 'Gates', clientIds: ['g1', 'g2'] }));
    await soon();
    assert.equal(watched.isGroupWatched('mqtt-1', 'Gates'), true);
    save(plant({ name: 'Gates', clientIds: ['g2', 'g3', 'g4'] }));
    await soon();
    assert.deepEqual(
      ['g1', 'g3'].map((id) => watched.isWatched('mqtt-1', id)),
      [false, true],
    );
    status = 'online';
    const { outcome, message, clients } = await ended;
    assert.match(message, /^"Gates" \(3 clients\): all online, seen at/);
    assert.deepEqual([outcome, clients.map(({ clientId }) => clientId)], ['met', ['g2', 'g3', 'g4']]);
    watches.dispose();
  });

  it('of a group end with it, and do not take to another group with the same clients', async () => {
    const all: Group = { name: 'All', clientIds: ['r1', 'r2'] };
    save(plant(all, { name: 'Gateways', clientIds: ['r1', 'r2'] }));
    status = 'offline';
    const watches = open();
    const ended = watches.start(watchGroup('Gateways', ['r1', 'r2']));
    await soon();
    save(plant(all));
    const { outcome, message } = await ended;
    assert.equal(outcome, 'removed');
    assert.equal(message, 'Watching "Gateways" (2 clients) ended: the group was removed or has no clients any more.');
    watches.dispose();
  });

  it('of a group are kept by its name, and go on with the clients it has after a reload', async () => {
    save(plant({ name: 'Large', clientIds: ['l1', 'l2'] }));
    status = 'offline';
    const before = open();
    const first = before.start(watchGroup('Large', ['l1', 'l2']));
    await soon();
    before.dispose();
    await first;
    assert.doesNotMatch(JSON.stringify(kept()), /l1/);
    save(plant({ name: 'Large', clientIds: ['l3'] }));
    const after = open();
    await soon();
    assert.deepEqual([kept().length, watched.isWatched('mqtt-1', 'l3'), after.stop()], [1, true, 1]);
    await soon();
    after.dispose();
  });

  it('stay kept while the inventory cannot be read, and go on once it can', async () => {
    memory.set('watches', [{ ...minute(), clientIds: ['u'], until: 'online', baseline: [] }]);
    save({ instances: [] }, 'unreadable');
    status = 'offline';
    const watches = open();
    await soon();
    assert.deepEqual([kept().length, watches.stop()], [1, 0]);
    save(plant());
    await soon();
    assert.deepEqual([kept().length, watched.isWatched('mqtt-1', 'u'), watches.stop()], [1, true, 1]);
    await soon();
    watches.dispose();
  });

  it('are watched all the same where the workspace cannot be written', async () => {
    const { update } = memento;
    memento.update = () => Promise.reject(new Error('disk full'));
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    status = 'online';
    const watches = open();
    const { outcome } = await watches.start({ ...minute(), clientIds: ['w'], until: 'online', baseline: [] });
    await soon();
    process.off('unhandledRejection', listener);
    memento.update = update;
    assert.deepEqual([outcome, unhandled], ['met', []]);
    watches.dispose();
  });

  it('that ran out while the window was closed are told and kept no longer, and garbage does no harm', async () => {
    const base = { instanceId: 'mqtt-1', clientIds: ['a'], until: 'online', startedAt: 0, deadline: 1, baseline: [] };
    memory.set('watches', [base, { until: 'nonsense' }, 7]);
    const before = asked;
    const watches = open();
    await new Promise(setImmediate);
    assert.deepEqual([kept(), asked, watches.stop()], [[], before, 0]);
    watches.dispose();
  });
});
