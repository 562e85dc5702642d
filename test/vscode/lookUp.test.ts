import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ApiError } from '../../src/model/apiError';
import type { LookUpRow } from '../../src/model/lookup/lookUpRows';
import { parseClientIds } from '../../src/model/clientIds/parseClientIds';
import type { ClientStatus } from '../../src/sessions/status/statusStore';
import { lookUpButtons } from '../../src/ui/lookup/lookUpButtons';
import { itemOf, type LookUpKnowledge } from '../../src/ui/lookup/lookUpItems';
import { command, LOCAL, LocalDevices } from './localDevices';

interface Result {
  clientId: string;
  status: string;
  verified: boolean;
  error?: { code: string };
}
const PUMP = 'GID_look@@@pump';
const OTHER = { name: 'Other', instanceId: 'mqtt-cn-other', regionId: 'cn-hangzhou', credential: 'nobody' };
const lookUp = (argument: object) => command<Result[] | undefined>('lookUpClients', argument);
const brief = (results: Result[] | undefined) =>
  results?.map(({ clientId, status, verified, error }) => [clientId, status, verified, error?.code]);

/** As a menu of the tree hands over a row. */
function row(instanceId: string, name: string) {
  const instance = { name, instanceId, credential: 'local', groups: [] };
  return { kind: 'instance', id: `instance ${instanceId}`, instance, groups: new Map() };
}

describe('the look-up, called with an argument', () => {
  let devices: LocalDevices;

  before(async () => {
    devices = await LocalDevices.start('Look-up', [PUMP]);
    await devices.connect(PUMP);
  });
  after(async () => {
    await command('removeInstance', { instance: OTHER.instanceId }).then(undefined, () => undefined);
    await devices.dispose();
  });

  it('answers for any client IDs, from the cache or in real time', async () => {
    assert.deepEqual(brief(await lookUp({ instance: LOCAL, clientIds: [PUMP, 'stranger'], verify: true })), [
      [PUMP, 'online', true, undefined],
      ['stranger', 'offline', true, undefined],
    ]);
    const [cached] = (await lookUp({ instance: LOCAL, clientIds: ['stranger'] })) ?? [];
    assert.deepEqual([cached?.status, cached?.verified], ['offline', false]);
    assert.deepEqual(await lookUp({ instance: LOCAL, clientIds: [] }), []);
  });

  it('refuses an argument of another shape, and an instance that is not there', async () => {
    for (const argument of [{ clientIds: 'x' }, { clientIds: [1] }, { instance: 1 }, { instance: 'none' }])
      await assert.rejects(async () => lookUp({ clientIds: ['a'], ...argument }));
  });

  it('needs no instance named where there is one', async () => {
    assert.deepEqual(brief(await lookUp({ clientIds: [PUMP], verify: true })), [[PUMP, 'online', true, undefined]]);
  });

  it('asks the instance a person chose last, which one that a caller names is not', async () => {
    await command('addInstance', OTHER);
    await open(row(OTHER.instanceId, 'Other'));
    const chosen = async () => (await lookUp({ clientIds: [PUMP], verify: true }))?.[0]?.error?.code;
    assert.equal(await chosen(), 'MissingCredential');
    await open({ instance: LOCAL });
    assert.equal(await chosen(), 'MissingCredential');
    await open(row(LOCAL, 'Local instance'));
    assert.equal(await chosen(), undefined);
    await open(undefined);
    assert.equal(await chosen(), undefined);
  });

  /** For a person it shows a list, which is closed again; nobody is told of anything. */
  async function open(argument: object | undefined): Promise<void> {
    assert.equal(await command('lookUpClients', argument), undefined);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }
});

describe('the words of the look-up', () => {
  const buttons = lookUpButtons();
  const now = 1_000_000;
  const known = (status?: ClientStatus, more: Partial<LookUpKnowledge> = {}): LookUpKnowledge => ({
    now,
    staleAfterSeconds: 300,
    verifiesChanges: false,
    buttons,
    statusOf: () => status,
    isChecking: () => false,
    isRecent: () => false,
    aliasOf: () => undefined,
    groupsOf: () => [],
    savedElsewhere: () => undefined,
    ...more,
  });
  const client: LookUpRow = { kind: 'client', clientId: 'GID_a@@@$(bug)' };
  const last = { status: 'online', isVerified: true, checkedAt: now - 120_000 } as const;
  const wordsOf = (item: vscode.QuickPickItem) => [item.label, item.description, item.detail];
  const actionsOf = (item: vscode.QuickPickItem) => item.buttons?.map(({ tooltip }) => tooltip);

  it('say the state, its age and how it was come by, and draw nothing that an ID or a group says', () => {
    const groupsOf = () => ['$(bug) pumps', 'b', 'c'];
    assert.deepEqual(wordsOf(itemOf(client, known({ last }, { groupsOf }))), [
      'GID_a@@@$\u2060(bug)',
      'online · 2m ago · verified · $\u2060(bug) pumps and 2 more',
      undefined,
    ]);
    assert.equal(
      itemOf(client, known({ last }, { groupsOf, aliasOf: () => '$(bug) inlet' })).description,
      'online · 2m ago · verified · $\u2060(bug) inlet · $\u2060(bug) pumps and 2 more',
    );
    assert.deepEqual(itemOf(client, known()).description, 'not checked · not saved');
    assert.deepEqual(
      itemOf(client, known({ last }, { isChecking: () => true })).description,
      'checking · online · 2m ago · verified · not saved',
    );
    assert.match(itemOf(client, known({ last: { ...last, checkedAt: 0 } })).description ?? '', /online · .* · stale/);
  });

  it('say what failed, what was known before, and what to do', () => {
    const failure = { error: new ApiError('network', '$(bug)'), at: now };
    const [, description, detail = ''] = wordsOf(itemOf(client, known({ last, failure })));
    assert.equal(description, 'check failed · was online · 2m ago · not saved');
    assert.match(detail, /\. .*\(\$\u2060\(bug\)\)$/);
  });

  it('offer a group for a client that has none, and to forget one that is recent', () => {
    assert.deepEqual(actionsOf(itemOf(client, known(undefined, { isRecent: () => true }))), [
      'Verify in real time (1 call)',
      'Watch until…',
      'Add to a group…',
      'Why offline?…',
      'Copy Client ID',
      'Remove from the recent look-ups',
    ]);
    assert.deepEqual(actionsOf(itemOf(client, known(undefined, { groupsOf: () => ['Pumps'] }))), [
      'Verify in real time (1 call)',
      'Watch until…',
      'Why offline?…',
      'Copy Client ID',
    ]);
  });

  it('say what a look-up costs, where else a client is saved, and that a separator is odd', () => {
    const offer = { kind: 'lookUp', clientId: 'GID_abc@1', isWhole: false } as const;
    assert.deepEqual(
      itemOf(offer, known(undefined, { savedElsewhere: () => 'Depot' })).description,
      'Look up GID_abc@1 (1 call) · not saved · saved in "Depot" · its separator is not @@@',
    );
    const parsed = parseClientIds(Array.from({ length: 101 }, (_, at) => `d-${at}`).join(' '));
    const many = itemOf({ kind: 'lookUpMany', from: 'list', parsed }, known());
    assert.deepEqual([many.label, many.buttons], ['Look up 101 client IDs in a table (11 calls)', []]);
    const few = itemOf({ kind: 'lookUpMany', from: 'text', parsed: parseClientIds('d-1 d-1 设备') }, known());
    assert.deepEqual(wordsOf(few).slice(0, 2), ['Look up 1 client ID (1 call)', 'found in the text']);
    assert.match(few.detail ?? '', /^1 accepted, 1 duplicate dropped, 1 refused, the first is "设备": /);
    assert.deepEqual(few.buttons, [buttons.table]);
  });

  it('say that each change costs a call more, where changes are verified', () => {
    const verifying = known(undefined, { verifiesChanges: true });
    const offer = (isWhole: boolean) =>
      itemOf({ kind: 'lookUp', clientId: 'GID_a@@@1', isWhole }, verifying).description;
    assert.equal(offer(true), 'look up (1 call, 2 if it changed) · not saved');
    assert.equal(offer(false), 'Look up GID_a@@@1 (1 call, 2 if it changed) · not saved');
    const parsed = parseClientIds(Array.from({ length: 101 }, (_, at) => `d-${at}`).join(' '));
    assert.equal(
      itemOf({ kind: 'lookUpMany', from: 'list', parsed }, verifying).label,
      'Look up 101 client IDs in a table (11 calls, and 1 more for each client that changed)',
    );
  });
});
