import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import type { Instance } from '../../../../src/model/inventory/inventory';
import { NoticeClaims } from '../../../../src/sessions/history/noticeClaims';
import { type Notice, Notices } from '../../../../src/sessions/history/notices';
import { StatusHistory } from '../../../../src/sessions/history/statusHistory';
import { SharedStatuses } from '../../../../src/sessions/windows/sharedStatuses';
import { type Finding, type Origin, StatusStore } from '../../../../src/sessions/status/statusStore';
import { SharedFile } from '../sharedFile';

const gateways = Array.from({ length: 8 }, (_, at) => `gateway-${at}`);
const instance: Instance = {
  name: 'Plant',
  instanceId: 'mqtt-1',
  credential: 'work',
  groups: [
    { name: 'Gateways', clientIds: gateways },
    { name: 'Pumps', clientIds: ['pump', 'quiet-pump'] },
    { name: 'Attic', muted: true, clientIds: ['attic'] },
  ],
  clients: { 'quiet-pump': { muted: true } },
};

const brief = (told: Notice[][]) =>
  told.map((joined) => joined.map(({ kind, group, clientIds }) => `${kind} ${group} ${clientIds.length}`));

describe('notices', () => {
  let clock: ReturnType<typeof install>;
  let store: StatusStore;
  let notices: Notices;
  let told: Notice[][];
  let isWanted: boolean;
  let isQuiet: boolean;

  beforeEach(() => {
    clock = install({ now: 1_000_000 });
    store = new StatusStore(Date.now);
    const settings = { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } };
    const history = new StatusHistory({ store, settings, now: Date.now });
    [told, isWanted, isQuiet] = [[], true, false];
    notices = new Notices({
      history,
      inventory: { inventory: { instances: [instance] } },
      claims: new NoticeClaims({ lines: new SharedFile().window(), owner: 'this' }),
      isWanted: () => isWanted,
      isQuiet: () => isQuiet,
      now: Date.now,
    });
    notices.onDidJoin((joined) => told.push([...joined]));
  });
  afterEach(() => clock.uninstall());

  function see(clientIds: string[], status: 'online' | 'offline', isVerified = true, origin: Origin = 'here') {
    const observation = { status, isVerified, checkedAt: Date.now() };
    store.apply(
      'mqtt-1',
      new Map(clientIds.map((id): [string, Finding] => [id, { kind: 'answered', observation }])),
      origin,
    );
  }
  /** Seen online a moment ago, offline now. */
  async function drop(clientIds: string[], isVerified = true, origin: Origin = 'here') {
    see(clientIds, 'online');
    await clock.tickAsync(10);
    see(clientIds, 'offline', isVerified, origin);
  }

  it('join what comes within two seconds, by group and direction', async () => {
    see(['gateway-7'], 'offline');
    await drop(gateways.slice(0, 3));
    await clock.tickAsync(1500);
    await drop(['gateway-3', 'gateway-4', 'pump']);
    see(['gateway-7'], 'online');
    await clock.tickAsync(1999);
    assert.deepEqual(told, []);
    await clock.tickAsync(1);
    assert.deepEqual(brief(told), [['offline Gateways 5', 'offline Pumps 1', 'online Gateways 1']]);
    assert.deepEqual(told[0]?.[1], { kind: 'offline', instanceId: 'mqtt-1', group: 'Pumps', clientIds: ['pump'] });
    await clock.tickAsync(60_000);
    assert.equal(told.length, 1);
  });

  it('wait no longer than ten seconds where changes come without end', async () => {
    for (const clientId of gateways) {
      await drop([clientId]);
      await clock.tickAsync(1490);
    }
    assert.deepEqual(brief(told), [['offline Gateways 7']]);
  });

  it('say nothing of a change that was not confirmed in real time', async () => {
    await drop(['pump'], false);
    await clock.tickAsync(60_000);
    assert.deepEqual(told, []);
  });

  it('say nothing of what another window found, which tells it itself', async () => {
    await drop(['pump'], true, 'elsewhere');
    await clock.tickAsync(60_000);
    assert.deepEqual(told, []);
  });

  it('say nothing of what is muted, not saved, or not wanted', async () => {
    await drop(['attic', 'quiet-pump', 'looked-up']);
    isWanted = false;
    await drop(['pump']);
    await clock.tickAsync(60_000);
    assert.deepEqual(told, []);
  });

  it('say nothing in quiet hours, nor afterwards of what happened in them', async () => {
    isQuiet = true;
    await drop(['pump']);
    await clock.tickAsync(2000);
    isQuiet = false;
    await clock.tickAsync(60_000);
    assert.deepEqual(told, []);
    await drop(['gateway-1']);
    await clock.tickAsync(2000);
    assert.deepEqual(brief(told), [['offline Gateways 1']]);
  });

  it('tell once that a client flaps, until it has come to rest', async () => {
    see(['pump'], 'online');
    for (let flap = 0; flap < 10; flap++) {
      await clock.tickAsync(3000);
      see(['pump'], flap % 2 === 0 ? 'offline' : 'online');
    }
    await clock.tickAsync(3000);
    assert.deepEqual(brief(told), [['offline Pumps 1'], ['online Pumps 1'], ['offline Pumps 1'], ['flapping Pumps 1']]);
    await clock.tickAsync(660_000);
    see(['pump'], 'offline');
    await clock.tickAsync(3000);
    assert.deepEqual(brief(told).slice(4), [['offline Pumps 1']]);
  });

  it('leave no timer behind when disposed', async () => {
    await drop(['pump']);
    notices.dispose();
    assert.equal(clock.countTimers(), 0);
    await drop(['gateway-1']);
    await clock.tickAsync(60_000);
    assert.deepEqual([told, clock.countTimers()], [[], 0]);
  });
});

describe('two windows on one machine', () => {
  let clock: ReturnType<typeof install>;
  beforeEach(() => (clock = install({ now: 1_000_000 })));
  afterEach(() => clock.uninstall());

  function windows() {
    const [answers, claimed] = [new SharedFile(), new SharedFile()];
    return ['one', 'two'].map((owner) => {
      const store = new StatusStore(Date.now);
      const placeOf = () => Promise.resolve('here');
      const statuses = new SharedStatuses({ lines: answers.window(), owner, store, placeOf, now: Date.now });
      const settings = { staleAfterSeconds: 300, flapping: { changes: 4, minutes: 10 } };
      const notices = new Notices({
        history: new StatusHistory({ store, settings, now: Date.now }),
        inventory: { inventory: { instances: [instance] } },
        claims: new NoticeClaims({ lines: claimed.window(), owner }),
        isWanted: () => true,
        isQuiet: () => false,
        now: Date.now,
      });
      const told: Notice[][] = [];
      notices.onDidJoin((joined) => told.push([...joined]));
      /** As the governor reports what a call of this window found. */
      const find = (status: 'online' | 'offline') => {
        const finding: Finding = { kind: 'answered', observation: { status, isVerified: true, checkedAt: Date.now() } };
        store.apply('mqtt-1', new Map([['pump', finding]]));
        statuses.tell('mqtt-1', new Map([['pump', finding]]));
      };
      return { store, statuses, told, find };
    });
  }

  it('know the same, and the one whose call found it tells it', async () => {
    const [one, two] = windows();
    assert.ok(one !== undefined && two !== undefined);
    const origins: unknown[] = [];
    two.store.onDidChange(({ origin }) => origins.push(origin));
    for (const status of ['online', 'offline'] as const) {
      one.find(status);
      await clock.tickAsync(300);
      await two.statuses.follow();
    }
    await clock.tickAsync(10_000);
    assert.equal(two.store.get('mqtt-1', 'pump')?.last?.status, 'offline');
    assert.deepEqual(origins, ['elsewhere', 'elsewhere']);
    assert.deepEqual([brief(one.told), two.told], [[['offline Pumps 1']], []]);
  });

  it('tell a change once that calls of both found before they heard of each other, and the next one again', async () => {
    const [one, two] = windows();
    assert.ok(one !== undefined && two !== undefined);
    for (const status of ['online', 'offline', 'online'] as const) {
      two.find(status);
      await clock.tickAsync(150);
      one.find(status);
      await clock.tickAsync(10_000);
    }
    const all = [...one.told, ...two.told];
    assert.deepEqual(brief(all).sort(), [['offline Pumps 1'], ['online Pumps 1']]);
  });

  it('tell each for themselves where the storage fails', async () => {
    const claims = new NoticeClaims({ lines: { append: () => Promise.reject(new Error('full')) }, owner: 'one' });
    const claim = { instanceId: 'mqtt-1', clientId: 'pump', to: 'offline', at: 1 } as const;
    assert.deepEqual(await claims.take([claim]), [claim]);
  });
});
