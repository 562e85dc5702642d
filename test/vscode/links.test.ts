import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { silentLog } from '../../src/base/log';
import { checkLinkText } from '../../src/model/checkLink';
import type { Instance } from '../../src/model/inventory/inventory';
import { CheckLinks, type CheckLinksParts } from '../../src/ui/links/checkLinks';
import { UserError } from '../../src/ui/userError';
import { command } from './localDevices';

const PLANT: Instance = {
  name: 'Plant',
  instanceId: 'post-cn-1',
  regionId: 'cn-hangzhou',
  credential: 'work',
  groups: [],
};
const OTHER: Instance = { ...PLANT, name: 'Other', instanceId: 'post-cn-2' };
const BASE = 'vscode://apsaramq-mqtt.apsaramq-mqtt';

/** A handler of links with a person who answers as told, and a note of all that was asked and done. */
class Rehearsal {
  readonly questions: string[] = [];
  readonly done: string[] = [];
  private readonly answers: (string | undefined | Promise<undefined>)[];
  private readonly links: CheckLinks;

  constructor(answers: Rehearsal['answers'], parts: Partial<CheckLinksParts> = {}) {
    this.answers = answers;
    this.links = new CheckLinks({
      inventory: { ready: Promise.resolve(), inventory: { instances: [PLANT, OTHER] } },
      settings: { verifiesChanges: true },
      subjects: { instance: () => this.note('choose', OTHER) },
      checks: { run: () => this.note('run', []) },
      rows: { rowOf: () => undefined },
      view: { show: () => this.note('reveal', undefined) },
      showInTable: (_title, { name }, ids) => this.note(`table ${name} ${ids.join(' ')}`, undefined),
      ask: (question, detail, ...actions) => {
        this.questions.push([question, detail, ...actions].join(' | '));
        return Promise.resolve(this.answers.shift());
      },
      log: silentLog,
      ...parts,
    });
  }

  open(link: string): Promise<void> {
    return this.links.handleUri(vscode.Uri.parse(BASE + link));
  }

  private note<T>(what: string, value: T): Promise<T> {
    this.done.push(what);
    return Promise.resolve(value);
  }
}

describe('a link from outside', () => {
  it('asks first, with instance, client and cost, and does nothing where the person would rather not', async () => {
    const rehearsal = new Rehearsal([undefined]);
    await rehearsal.open('/check?instance=post-cn-1&clientId=GID_a@@@1');
    assert.deepEqual(rehearsal.questions, [
      'A link asks how "GID_a@@@1" of "Plant" (post-cn-1) stands. Ask the service? | It costs 1 call, 2 if it changed. | Check',
    ]);
    assert.deepEqual(rehearsal.done, []);
  });

  it('shows all in the table once the person agreed', async () => {
    const rehearsal = new Rehearsal(['Check'], { settings: { verifiesChanges: false } });
    const ids = Array.from({ length: 12 }, (_, at) => `c${at}`);
    await rehearsal.open(`/check?instance=Plant&clientId=${ids.join(',')}`);
    const [question = ''] = rehearsal.questions;
    assert.match(question, /^A link asks how 12 clients of "Plant" \(post-cn-1\) stand\. .*It costs 2 calls\./);
    assert.match(question, /c0, c1, .*c9 and 2 more/);
    assert.deepEqual(rehearsal.done, [`table Plant ${ids.join(' ')}`]);
  });

  it('shows the row of a saved client, and asks about it', async () => {
    const group = { kind: 'group', id: 'g', parent: { kind: 'instance', id: 'i', instance: PLANT, groups: new Map() } };
    const row = { kind: 'client', id: 'c', parent: group, clientId: 'c0' } as unknown as ReturnType<
      CheckLinksParts['rows']['rowOf']
    >;
    const rehearsal = new Rehearsal(['Check'], { rows: { rowOf: () => row } });
    await rehearsal.open('/check?instance=post-cn-1&clientId=c0');
    assert.deepEqual(rehearsal.done, ['reveal', 'run']);
  });

  it('has the person choose where it names no instance, and says so where it names one that is not saved', async () => {
    const unnamed = new Rehearsal(['Check']);
    await unnamed.open('/check?clientId=x');
    assert.deepEqual(unnamed.done, ['choose', 'table Other x']);

    const unknown = new Rehearsal(['Choose an Instance…', 'Check']);
    await unknown.open('/check?instance=post-cn-9&clientId=x');
    assert.match(unknown.questions[0] ?? '', /not saved here: "post-cn-9".*Choose an Instance… \| Add Instance…$/);
    assert.deepEqual(unknown.done, ['choose', 'table Other x']);

    const closed = new Rehearsal([undefined]);
    await closed.open('/check?instance=post-cn-9&clientId=x');
    assert.deepEqual(closed.done, []);
  });

  it('is dropped while the question of another one stands open, and the next one is heard again', async () => {
    let close: (answer: undefined) => void = () => undefined;
    const rehearsal = new Rehearsal([new Promise<undefined>((resolve) => (close = resolve)), 'Check']);
    const first = rehearsal.open('/check?instance=Plant&clientId=first');
    for (let at = 0; at < 50; at++) await rehearsal.open(`/check?instance=Plant&clientId=flood${at}`);
    assert.equal(rehearsal.questions.length, 1);
    close(undefined);
    await first;
    await rehearsal.open('/check?instance=Plant&clientId=next');
    assert.deepEqual(rehearsal.done, ['table Plant next']);
  });

  it('is heard again after one that failed', async () => {
    const fails = { instance: () => Promise.reject(new UserError('No instance is saved yet.')) };
    const rehearsal = new Rehearsal(['Check'], { subjects: fails });
    await rehearsal.open('/check?clientId=x');
    await rehearsal.open('/check?instance=Plant&clientId=x');
    assert.deepEqual(rehearsal.done, ['table Plant x']);
  });

  it('does nothing else, whatever it asks for', async () => {
    const rehearsal = new Rehearsal([]);
    for (const link of [
      '/watch?clientId=x',
      '/check',
      '/command/workbench.action.reloadWindow',
      '/check?clientId=a%0Ab',
    ])
      await rehearsal.open(link);
    assert.deepEqual([rehearsal.questions, rehearsal.done], [[], []]);
  });

  it('comes through VS Code with every mark of an ID as it was', async () => {
    for (const clientId of [
      'GID_a@@@1',
      'a&b',
      'a=b',
      'a,b',
      'a+b',
      'a#b',
      'a%41',
      'a%2541',
      '%',
      '&&',
      '?x',
      '/',
      '"',
    ]) {
      const rehearsal = new Rehearsal(['Check']);
      await rehearsal.open(checkLinkText('', { instance: 'Plant', clientIds: [clientId] }));
      assert.deepEqual(rehearsal.done, [`table Plant ${clientId}`]);
    }
  });
});

describe('a link to a client', () => {
  before(async () => {
    await vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.activate();
    await command('addInstance', PLANT);
  });
  after(() => command('removeInstance', { instance: 'Plant' }));

  it('is copied with the scheme of this VS Code, the instance ID, the client ID and no more', async () => {
    const link = await command<string>('copyLink', { instance: 'Plant', clientId: 'GID_a@@@1' });
    assert.equal(
      link,
      `${vscode.env.uriScheme}://apsaramq-mqtt.apsaramq-mqtt/check?instance=post-cn-1&clientId=GID_a%40%40%401`,
    );
    assert.equal(await vscode.env.clipboard.readText(), link);
  });

  it('becomes several where there are more clients than one link may name', async () => {
    const clientIds = Array.from({ length: 101 }, (_, at) => `c${at}`);
    const links = await command<string>('copyLink', { instance: 'Plant', clientIds });
    assert.deepEqual(
      links.split('\n').map((link) => link.split('clientId=').length - 1),
      [100, 1],
    );
    await assert.rejects(async () => command('copyLink', { instance: 'Plant' }), /wrong shape/);
  });
});
