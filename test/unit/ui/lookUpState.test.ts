import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { ApiError } from '../../../src/model/apiError';
import type { Instance } from '../../../src/model/inventory/inventory';
import { SavedClients } from '../../../src/model/lookup/savedClients';
import type { Freshness } from '../../../src/sessions/calls/question';
import type { CheckRequest } from '../../../src/sessions/status/statusChecker';
import { type StatusChange, StatusStore } from '../../../src/sessions/status/statusStore';
import type { CheckResult } from '../../../src/ui/checks';
import { LookUpState } from '../../../src/ui/lookup/lookUpState';
import { RecentLookUps } from '../../../src/ui/lookup/recentLookUps';

const groups = [{ name: 'Pumps', clientIds: ['GID_pump@@@1', 'GID_pump@@@2'] }];
const PLANT: Instance = { name: 'Plant', instanceId: 'mqtt-a', credential: 'c', groups };
const FIELD: Instance = { name: 'Field', instanceId: 'mqtt-b', credential: 'c', groups: [] };

/** A workspace whose checks are answered by hand. */
class Workspace {
  readonly store = new StatusStore();
  readonly keys = new Emitter<string>();
  inventory = { instances: [PLANT, FIELD] };
  place: string | undefined = 'here';
  value: unknown;
  readonly asked: string[] = [];
  listeners = 0;
  answer: (results: CheckResult[]) => void = () => undefined;
  readonly recent = new RecentLookUps({
    kept: { read: () => this.value, write: (value) => (this.value = structuredClone(value)) },
    inventory: this,
    placeOf: () => Promise.resolve(this.place),
  });

  async open(instance = PLANT): Promise<LookUpState> {
    const { store, recent } = this;
    const checks = { run: (requests: readonly CheckRequest[], freshness: Freshness) => this.run(requests, freshness) };
    const savedOf = (each: Instance) => new SavedClients(each);
    const followed = {
      get: store.get.bind(store),
      isChecking: store.isChecking.bind(store),
      onDidChange: (listener: (change: StatusChange) => void) => {
        this.listeners++;
        const subscription = store.onDidChange(listener);
        return {
          dispose: () => {
            this.listeners--;
            subscription.dispose();
          },
        };
      },
    };
    const recentNow = await recent.of(instance.instanceId);
    const credentials = { onDidChange: this.keys.event };
    const parts = { inventory: this, credentials, store: followed, checks, recent, savedOf };
    return new LookUpState(parts, instance, recentNow);
  }

  private run(requests: readonly CheckRequest[], freshness: Freshness): Promise<CheckResult[]> {
    for (const { target, clientIds } of requests)
      this.asked.push(`${freshness} ${target.instanceId} ${clientIds.join(' ')}`);
    return new Promise((resolve) => (this.answer = resolve));
  }

  /** Answers what was asked last, as the checker does: to the store first. */
  async tell(clientIds: readonly string[], status: 'online' | 'offline', instanceId = PLANT.instanceId): Promise<void> {
    const isVerified = this.asked.at(-1)?.startsWith('verified') === true;
    const observation = { status, isVerified, checkedAt: 1000 };
    this.store.apply(instanceId, new Map(clientIds.map((id) => [id, { kind: 'answered', observation }])));
    this.answer(clientIds.map((clientId) => resultOf(clientId)));
    await settled();
  }

  async fail(clientId: string): Promise<void> {
    const error = new ApiError('network', 'Timeout');
    this.store.apply(PLANT.instanceId, new Map([[clientId, { kind: 'failed', error, at: 1000 }]]));
    this.answer([{ ...resultOf(clientId), error: { code: 'Timeout', message: '' } }]);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function resultOf(clientId: string): CheckResult {
  return { clientId, status: 'online', verified: false, checkedAt: '' };
}
const idsOf = ({ rows }: LookUpState): string[] =>
  rows.flatMap((row) => (row.kind === 'client' || row.kind === 'lookUp' ? [`${row.kind} ${row.clientId}`] : []));

describe('an open look-up', () => {
  let workspace: Workspace;
  let state: LookUpState;

  beforeEach(async () => {
    workspace = new Workspace();
    state = await workspace.open();
    state.list('');
  });
  afterEach(() => state.dispose());

  const ask = async (clientId: string): Promise<void> => {
    void state.askOne(clientId);
    await settled();
  };

  it('asks nothing of itself', async () => {
    state.list('GID_pump@@@7');
    await settled();
    assert.deepEqual(workspace.asked, []);
  });

  it('asks the cache first, and in real time where that has answered', async () => {
    await ask('GID_pump@@@1');
    await workspace.tell(['GID_pump@@@1'], 'online');
    await ask('GID_pump@@@1');
    await workspace.tell(['GID_pump@@@1'], 'offline');
    assert.deepEqual(workspace.asked, ['cached mqtt-a GID_pump@@@1', 'verified mqtt-a GID_pump@@@1']);
  });

  it('asks in the same way again where a check failed, and not while one is under way', async () => {
    await ask('GID_pump@@@1');
    await workspace.fail('GID_pump@@@1');
    await ask('GID_pump@@@1');
    assert.deepEqual(workspace.asked, ['cached mqtt-a GID_pump@@@1', 'cached mqtt-a GID_pump@@@1']);
    workspace.store.setChecking('mqtt-a', ['GID_pump@@@1'], true);
    await ask('GID_pump@@@1');
    assert.equal(workspace.asked.length, 2);
  });

  it('keeps its rows in their places while answers come', async () => {
    const before = idsOf(state);
    await ask('GID_pump@@@2');
    await workspace.tell(['GID_pump@@@2'], 'online');
    assert.deepEqual(idsOf(state), before);
    state.list('');
    assert.deepEqual(idsOf(state), ['client GID_pump@@@2', 'client GID_pump@@@1']);
  });

  it('makes the offer of an ID its row once it is asked about', async () => {
    state.list('GID_new@@@1');
    assert.deepEqual(idsOf(state), ['lookUp GID_new@@@1']);
    await ask('GID_new@@@1');
    assert.deepEqual(idsOf(state), ['client GID_new@@@1']);
    assert.equal(state.isRecent('GID_new@@@1'), true);
  });

  it('tells of answers to its rows alone, and of none once it is closed', async () => {
    let told = 0;
    state.onDidChange(() => told++);
    await ask('GID_pump@@@1');
    told = 0;
    workspace.store.setChecking('mqtt-a', ['GID_other@@@1'], true);
    workspace.store.setChecking('mqtt-b', ['GID_pump@@@1'], true);
    assert.equal(told, 0);
    workspace.store.setChecking('mqtt-a', ['GID_pump@@@1'], true);
    assert.equal(told, 1);
    state.dispose();
    await workspace.tell(['GID_pump@@@1'], 'online');
    assert.deepEqual([told, workspace.listeners], [1, 0]);
  });

  it('keeps the answer for the next time though it was closed before it came', async () => {
    await ask('GID_new@@@1');
    state.dispose();
    await workspace.tell(['GID_new@@@1'], 'online');
    const [first] = await workspace.recent.of('mqtt-a');
    assert.deepEqual(first, {
      clientId: 'GID_new@@@1',
      last: { status: 'online', isVerified: false, checkedAt: 1000 },
    });
  });

  it('lists the answers alone after it asked about many, and keeps up to 20 of them', async () => {
    const many = Array.from({ length: 21 }, (_, at) => `GID_many@@@${at}`);
    void state.askMany(many);
    await settled();
    await workspace.tell(many, 'online');
    assert.deepEqual(
      idsOf(state),
      many.map((id) => `client ${id}`),
    );
    assert.deepEqual(await workspace.recent.of('mqtt-a'), []);
    void state.askMany(many.slice(1));
    await settled();
    await workspace.tell(many.slice(1), 'online');
    await state.forget('GID_many@@@1');
    assert.equal(idsOf(state).length, 20);
    assert.equal((await workspace.recent.of('mqtt-a')).length, 19);
  });

  it('goes on with another instance, whose look-ups are its own', async () => {
    await ask('GID_pump@@@1');
    await workspace.tell(['GID_pump@@@1'], 'online');
    await state.change(FIELD);
    state.list('');
    assert.deepEqual([idsOf(state), state.hasAnswers], [[], false]);
    await ask('GID_pump@@@1');
    assert.equal(workspace.asked.at(-1), 'cached mqtt-b GID_pump@@@1');
  });

  it('follows its instance, and ends where that is saved no more', () => {
    workspace.inventory = { instances: [{ ...PLANT, name: 'Works' }] };
    assert.deepEqual([state.followInventory(), state.instance.name], [true, 'Works']);
    workspace.inventory = { instances: [FIELD] };
    assert.equal(state.followInventory(), false);
  });

  it('says nothing that another address or another key answered', async () => {
    const changes = [
      (): void => {
        workspace.inventory = { instances: [{ ...PLANT, endpoint: 'elsewhere' }, FIELD] };
        state.followInventory();
      },
      () => workspace.keys.fire('c'),
    ];
    for (const [at, change] of changes.entries()) {
      await ask('GID_new@@@1');
      await workspace.tell(['GID_new@@@1'], 'online');
      workspace.store.forget('mqtt-a');
      assert.deepEqual([state.hasAnswers, state.statusOf('GID_new@@@1')?.last?.status], [true, 'online']);
      workspace.place = `place ${String(at)}`;
      change();
      assert.deepEqual([state.hasAnswers, state.statusOf('GID_new@@@1')], [false, undefined]);
      await settled();
      assert.deepEqual([state.isRecent('GID_new@@@1'), state.statusOf('GID_new@@@1')], [true, undefined]);
      state.followInventory();
    }
  });

  it('keeps what it knows where only a name, or the key of another instance, is changed', async () => {
    await ask('GID_new@@@1');
    await workspace.tell(['GID_new@@@1'], 'online');
    workspace.inventory = { instances: [{ ...PLANT, name: 'Works' }, FIELD] };
    state.followInventory();
    workspace.keys.fire('other');
    assert.equal(state.hasAnswers, true);
  });

  it('verifies nothing for an answer that came of what was asked before', async () => {
    await ask('GID_pump@@@1');
    await state.change(FIELD);
    await workspace.tell(['GID_pump@@@1'], 'online');
    assert.equal(state.hasAnswers, false);
    await ask('GID_pump@@@1');
    assert.equal(workspace.asked.at(-1), 'cached mqtt-b GID_pump@@@1');
  });

  it('keeps what an earlier look-up was told until there is an answer', async () => {
    const last = { status: 'online', isVerified: true, checkedAt: 5 } as const;
    await workspace.recent.note('mqtt-a', [{ clientId: 'GID_pump@@@1', last }]);
    state.dispose();
    state = await workspace.open();
    await ask('GID_pump@@@1');
    assert.deepEqual(state.statusOf('GID_pump@@@1'), { last });
    await workspace.fail('GID_pump@@@1');
    assert.deepEqual(state.statusOf('GID_pump@@@1')?.last, last);
    assert.deepEqual(await workspace.recent.of('mqtt-a'), [{ clientId: 'GID_pump@@@1', last }]);
  });
});

describe('what the workspace keeps of look-ups', () => {
  const last = { status: 'online', isVerified: true, checkedAt: 5 } as const;

  it('is shown by each instance, and is taken out one by one or all at once', async () => {
    const { recent } = new Workspace();
    await recent.note('mqtt-a', [{ clientId: '1', last }, { clientId: '2' }]);
    await recent.note('mqtt-b', [{ clientId: '3' }]);
    assert.deepEqual(await recent.remove('mqtt-a', '2'), [{ clientId: '1', last }]);
    assert.deepEqual(recent.clear('mqtt-a'), []);
    assert.deepEqual(
      (await recent.of('mqtt-b')).map(({ clientId }) => clientId),
      ['3'],
    );
  });

  it('says nothing of a status that another account or address told of', async () => {
    const workspace = new Workspace();
    await workspace.recent.note('mqtt-a', [{ clientId: '1', last }]);
    for (const place of ['elsewhere', undefined]) {
      workspace.place = place;
      assert.deepEqual(await workspace.recent.of('mqtt-a'), [{ clientId: '1' }]);
    }
    workspace.place = 'here';
    assert.deepEqual(await workspace.recent.of('mqtt-a'), [{ clientId: '1', last }]);
  });

  it('ends with its instance, and with a shape that nobody knows', async () => {
    const workspace = new Workspace();
    await workspace.recent.note('mqtt-a', [{ clientId: '1' }]);
    workspace.inventory = { instances: [FIELD] };
    await workspace.recent.note('mqtt-b', [{ clientId: '2' }]);
    assert.deepEqual(Object.keys(workspace.value as object), ['mqtt-b']);
    for (const value of [undefined, 7, { 'mqtt-a': 7 }, { 'mqtt-a': { clients: [{}] } }]) {
      workspace.value = value;
      assert.deepEqual(await workspace.recent.of('mqtt-a'), []);
    }
  });
});
