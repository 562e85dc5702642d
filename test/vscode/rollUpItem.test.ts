import assert from 'node:assert/strict';
import { MarkdownString, TreeItem } from 'vscode';
import { ApiError } from '../../src/model/apiError';
import { type Finding, StatusStore } from '../../src/sessions/status/statusStore';
import { standingOf, Tally } from '../../src/sessions/fleet/tally';
import type { RefreshPlan } from '../../src/sessions/refresh/autoRefresh';
import { planOn } from '../../src/ui/refresh/scopes';
import { TreeNodes } from '../../src/ui/tree/treeNodes';
import { rollUpItem, type RollUpParts } from '../../src/ui/tree/rollUpItem';
import { clientTooltip } from '../../src/ui/tree/clientItem';
import { lookOf } from '../../src/ui/tree/instancesTree';

const CLIENTS = ['a', 'b', 'c'];
const failed: Finding = { kind: 'failed', error: new ApiError('timeout', 'Timeout'), at: 9000 };
const seen = (status: 'online' | 'offline', checkedAt: number): Finding => ({
  kind: 'answered',
  observation: { status, isVerified: false, checkedAt },
});

/** What the row of a group says at a moment, in milliseconds, after these findings of its three clients. */
function descriptionAt(now: number, ...findings: [string, Finding][]): unknown {
  return itemAt(now, {}, ...findings).description;
}

/** A row of which nothing is known but its name. */
const NOTHING: RollUpParts = {
  counts: new Tally().read(),
  estimate: undefined,
  matching: undefined,
  isOpen: undefined,
  refresh: undefined,
  broker: undefined,
  shortfall: { broken: 0, notKnown: 0 },
  key: 'there',
  look: undefined,
  isWatched: false,
  calls: '',
  now: 0,
  staleAfterSeconds: 300,
};

function itemAt(now: number, more: Partial<RollUpParts>, ...findings: [string, Finding][]): TreeItem {
  const store = new StatusStore(() => now);
  for (const finding of findings) store.apply('mqtt-1', new Map([finding]));
  const tally = new Tally();
  for (const clientId of CLIENTS) tally.add(standingOf(store.get('mqtt-1', clientId), false));
  const nodes = new TreeNodes();
  const groups = [{ name: 'Group', clientIds: CLIENTS }];
  nodes.update({ instances: [{ name: 'Plant', instanceId: 'mqtt-1', credential: 'work', groups }] });
  const node = nodes.group('mqtt-1', 'Group');
  assert.ok(node !== undefined);
  return rollUpItem(node, {
    ...NOTHING,
    counts: tally.read(),
    now,
    ...more,
  });
}

describe('the timer of a row', () => {
  const plan = (scope: RefreshPlan['scope']): RefreshPlan => {
    return { scope, intervalSeconds: 30, startedAt: 0, endsAt: 1, isFromSettings: false, isPaused: false };
  };
  const [group, instance, all] = [plan({ instanceId: 'i', group: 'G' }), plan({ instanceId: 'i' }), plan({})];

  it('is its own; that of all instances stands at each of them', () => {
    assert.equal(planOn([group, instance, all], 'i', 'G'), group);
    assert.equal(planOn([instance, all], 'i', 'G'), undefined);
    assert.equal(planOn([group, instance, all], 'i', undefined), instance);
    assert.equal(planOn([group, all], 'other', undefined), all);
    assert.equal(planOn([group], 'i', undefined), undefined);
  });
});

describe('the row of a group', () => {
  const online = CLIENTS.map((clientId): [string, Finding] => [clientId, seen('online', 1000)]);

  it('counts nobody as online whose last check failed', () => {
    assert.equal(descriptionAt(9000, ...online, ['a', failed]), '2/3 online · 1 failed');
    assert.equal(descriptionAt(9000, ...online, ...CLIENTS.map((id): [string, Finding] => [id, failed])), '3 failed');
    assert.equal(descriptionAt(9000, ['a', failed]), '1 failed · 2 not checked');
  });

  it('says that it is stale from the moment on at which its oldest answer is', () => {
    const newer: [string, Finding] = ['a', seen('offline', 200_000)];
    assert.equal(descriptionAt(301_000, ...online, newer), '2/3 online');
    assert.equal(descriptionAt(301_001, ...online, newer), '2/3 online · stale');
    assert.equal(descriptionAt(500_000, newer), '0/3 online · 2 not checked');
    assert.equal(descriptionAt(1_000_000), '3 not checked');
  });

  it('says how many of all pass the filter, beside the counts of all', () => {
    assert.equal(itemAt(2000, { matching: 1 }, ...online).description, '3/3 online · 1 of 3 match');
  });

  it('says that a timer of its own refreshes it, and in the tooltip how often', () => {
    const times = { startedAt: 0, endsAt: 3_600_000, intervalSeconds: 30 };
    const refresh = {
      scope: { instanceId: 'mqtt-1', group: 'Group' },
      ...times,
      isFromSettings: false,
      isPaused: false,
    };
    const item = itemAt(2000, { refresh }, ...online);
    assert.equal(item.description, '3/3 online · auto refresh');
    assert.match(textOf(item), /every 30 seconds, less often while nothing changes, until/);
    assert.equal(
      itemAt(2000, { refresh: { ...refresh, isPaused: true } }).description,
      '3 not checked · auto refresh paused',
    );
  });

  it('says in the tooltip what the ± of an estimate stands for', () => {
    const estimate = { online: 0.95, margin: 0.07, sampled: 200, total: 1300, leftOut: 0, at: 1000 };
    assert.match(
      textOf(itemAt(2000, { estimate })),
      /200 of 1,300 clients, drawn by chance, .* between 88% and 100% with a probability of 95 %: that is what ± stands for/,
    );
    assert.doesNotMatch(
      textOf(itemAt(9000, { estimate }, ...CLIENTS.map((id): [string, Finding] => [id, seen('online', 5000)]))),
      /drawn by chance/,
    );
  });
});

describe('the row of an instance that a workspace names', () => {
  const parts: RollUpParts = { ...NOTHING, key: 'missing' };
  const wordsOf = (refused?: 'notVendor'): string[] => {
    const nodes = new TreeNodes();
    const origin = { file: 'f', folder: 'F', savedName: 'Plant', credentialName: 'work', refused };
    nodes.update({ instances: [{ name: 'Plant', instanceId: 'mqtt-1', groups: [], origin }] });
    return nodes.roots.flatMap((node) => rollUpItem(node, parts).contextValue?.split(' ') ?? []);
  };

  it('says where no key may go, so that none is offered', () => {
    assert.deepEqual(wordsOf(), ['instance', 'keyMissing', 'workspace']);
    assert.deepEqual(wordsOf('notVendor'), ['instance', 'keyMissing', 'workspace', 'refused']);
  });
});

function textOf({ tooltip }: TreeItem): string {
  return (typeof tooltip === 'object' ? tooltip.value : '').replaceAll('\\', '');
}

describe('a row whose tooltip alone says something else now', () => {
  it('looks different, so that it is drawn anew', () => {
    const row = (tooltip: string): TreeItem =>
      Object.assign(new TreeItem('Plant'), { tooltip: new MarkdownString(tooltip) });
    assert.notEqual(lookOf(row('Calls today: 8')), lookOf(row('Calls today: 10')));
    assert.equal(lookOf(row('Calls today: 8')), lookOf(row('Calls today: 8')));
  });
});

describe('a tooltip', () => {
  const nodes = new TreeNodes();
  const groups = [{ name: 'Group', clientIds: CLIENTS }];
  nodes.update({ instances: [{ name: 'Plant', instanceId: 'mqtt-1', credential: 'work', groups }] });
  const [instance] = nodes.roots;
  const told = (tooltip: TreeItem['tooltip']): string =>
    tooltip instanceof MarkdownString ? tooltip.value.replaceAll('&nbsp;', ' ').replaceAll('\\', '') : '';

  it('names the kind of a key that VS Code keeps, as of any other, and says nothing of a key before anybody looked', () => {
    assert.ok(instance !== undefined);
    const keyOf = (look: RollUpParts['look']) => told(rollUpItem(instance, { ...NOTHING, look }).tooltip);
    assert.match(keyOf({ kind: 'stored' }), /AccessKey, kept by VS Code/);
    assert.match(keyOf({ kind: 'session' }), /AccessKey, for this session only/);
    assert.doesNotMatch(keyOf(undefined), /VS Code|AccessKey/);
  });

  it('of a client whose only check failed does not say that it was not checked', () => {
    const group = nodes.group('mqtt-1', 'Group');
    const [row] = group === undefined ? [] : nodes.rowsOf(group);
    assert.ok(row?.kind === 'client');
    const store = new StatusStore(() => 9000);
    assert.match(told(clientTooltip(row, store.get('mqtt-1', 'a'))), /not checked/);
    store.apply('mqtt-1', new Map([['a', failed]]));
    const text = told(clientTooltip(row, store.get('mqtt-1', 'a')));
    assert.match(text, /check failed/);
    assert.doesNotMatch(text, /not checked/);
  });
});
