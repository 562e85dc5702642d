import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Inventories } from '../../src/host/inventory/inventories';
import type { Inventory } from '../../src/model/inventory/inventory';
import { ApiError } from '../../src/model/apiError';
import { silentLog } from '../../src/base/log';
import { type Finding, StatusStore } from '../../src/sessions/status/statusStore';
import { readWaitTask } from '../../src/ui/tasks/waitDefinition';
import { WaitTerminal } from '../../src/ui/tasks/waitTerminal';
import { command, LOCAL, LocalDevices } from './localDevices';

const DEVICE = 'GID_task@@@board-1';
const OTHER = 'GID_task@@@board-2';
const type = 'apsaramq-mqtt';
const TASKS: Record<string, object> = {
  device: { clients: [DEVICE] },
  group: { group: 'Bench task', match: 'any' },
  stable: { clients: [DEVICE], stableForSeconds: 2 },
  restart: { clients: [DEVICE], waitFor: 'restart' },
  short: { clients: [OTHER], timeoutSeconds: 1 },
  nobody: { clients: [DEVICE], group: 'Bench task' },
};

interface Run {
  readonly execution: vscode.TaskExecution;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | undefined>;
}

/** Runs a task; resolves once it has begun. VS Code forgets one that is terminated before its terminal is there. */
async function run(task: vscode.Task): Promise<Run> {
  const begun = new Promise<void>((resolve) => {
    const subscription = vscode.tasks.onDidStartTaskProcess(({ execution }) => {
      if (execution.task.name !== task.name) return;
      subscription.dispose();
      resolve();
    });
  });
  const ended = new Promise<number | undefined>((resolve) => {
    const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      subscription.dispose();
      resolve(exitCode);
    });
  });
  const execution = await vscode.tasks.executeTask(task);
  await begun;
  return { execution, ended };
}

/** A task of tasks.json; VS Code reads the file some time after it was written. */
async function taskNamed(name: string): Promise<vscode.Task> {
  for (;;) {
    const found = (await vscode.tasks.fetchTasks({ type })).find((task) => task.name === name);
    if (found !== undefined) return found;
  }
}
const see = (clientId: string) => command<{ status: string }[]>('verifyClient', { instance: LOCAL, clientId });

describe('a task that waits for clients', () => {
  let devices: LocalDevices;
  const folder = vscode.workspace.workspaceFolders?.[0];
  const settings = join(folder?.uri.fsPath ?? '', '.vscode');

  before(async () => {
    devices = await LocalDevices.start('Bench task', [DEVICE, OTHER]);
    await mkdir(settings, { recursive: true });
    const tasks = Object.entries(TASKS).map(([label, more]) => ({ label, type, instance: LOCAL, ...more }));
    await writeFile(join(settings, 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks }));
  });
  after(async () => {
    await devices.dispose();
    await rm(settings, { recursive: true, force: true });
  });
  // What was seen a moment ago counts for the next task, so that must be the truth.
  afterEach(async () => {
    await devices.disconnect(DEVICE);
    while ((await see(DEVICE))[0]?.status !== 'offline');
  });

  /** Until another task has begun, waited a second and given up: long enough for a task that would end at once. */
  const aWhile = async (): Promise<void> => {
    await (
      await run(await taskNamed('short'))
    ).ended;
  };

  it('is offered for each saved group', async () => {
    const offered = await taskNamed('wait until Bench task is online');
    assert.deepEqual(offered.definition, { type, instance: 'Local instance', group: 'Bench task', waitFor: 'online' });
    await devices.connect(DEVICE);
    await devices.connect(OTHER);
    const { ended } = await run(offered);
    assert.equal(await ended, 0);
    await devices.disconnect(OTHER);
  });

  it('ends with 0 once the device is online, and not before', async () => {
    const { ended } = await run(await taskNamed('device'));
    let isOver = false;
    void ended.then(() => (isOver = true));
    await aWhile();
    assert.equal(isOver, false);
    await devices.connect(DEVICE);
    assert.equal(await ended, 0);
  });

  it('ends with 0 once any of a group is online', async () => {
    const { ended } = await run(await taskNamed('group'));
    await devices.connect(DEVICE);
    assert.equal(await ended, 0);
  });

  it('ends with 0 once the device has been online for long enough', async () => {
    await devices.connect(DEVICE);
    const startedAt = Date.now();
    const { ended } = await run(await taskNamed('stable'));
    assert.equal(await ended, 0);
    assert.ok(Date.now() - startedAt >= 2000);
  });

  it('ends with 0 once the device has left and come back, not while it simply stays', async () => {
    await devices.connect(DEVICE);
    const { ended } = await run(await taskNamed('restart'));
    let isOver = false;
    void ended.then(() => (isOver = true));
    await aWhile();
    assert.equal(isOver, false);
    await devices.disconnect(DEVICE);
    while ((await see(DEVICE))[0]?.status !== 'offline');
    await aWhile();
    assert.equal(isOver, false);
    await devices.connect(DEVICE);
    assert.equal(await ended, 0);
  });

  it('ends with 1 when its time is over', async () => {
    const { ended } = await run(await taskNamed('short'));
    assert.equal(await ended, 1);
  });

  it('ends with 2 when its definition is wrong, and when the key is', async () => {
    assert.equal(await (await run(await taskNamed('nobody'))).ended, 2);
    const key = { name: 'local', accessKeyId: 'local-access-key-id' };
    await command('setCredential', { ...key, accessKeySecret: 'wrong' });
    try {
      assert.equal(await (await run(await taskNamed('device'))).ended, 2);
    } finally {
      await command('setCredential', { ...key, accessKeySecret: 'local-access-key-secret' });
    }
  });

  it('ends when it is terminated', async () => {
    const { execution } = await run(await taskNamed('device'));
    const over = new Promise<void>((resolve) => {
      const subscription = vscode.tasks.onDidEndTask((event) => {
        if (event.execution.task.name !== 'device') return;
        subscription.dispose();
        resolve();
      });
    });
    execution.terminate();
    await over;
  });

  it('is helped to by snippets for tasks.json and launch.json', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'jsonc', content: '' });
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 0),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.deepEqual(labels.filter((label) => label.startsWith('apsaramq')).sort(), [
      'apsaramq-mqtt-launch',
      'apsaramq-mqtt-task',
    ]);
  });

  it('lets debugging start only once the device is up', async () => {
    const program = join(settings, 'program.js');
    await writeFile(program, 'setTimeout(() => undefined, 60000);');
    const events: string[] = [];
    const started = new Promise<vscode.DebugSession>((resolve) => {
      const subscription = vscode.debug.onDidStartDebugSession((session) => {
        events.push('session');
        subscription.dispose();
        resolve(session);
      });
    });
    const waits = new Promise<void>((resolve) => {
      const subscription = vscode.tasks.onDidStartTask(({ execution }) => {
        if (execution.task.name !== 'device') return;
        events.push('task');
        subscription.dispose();
        resolve();
      });
    });
    await taskNamed('device');
    const launch = { type: 'node', request: 'launch', name: 'Firmware', program, preLaunchTask: 'device' };
    const launched = vscode.debug.startDebugging(folder, launch);
    await waits;
    await aWhile();
    events.push('connect');
    await devices.connect(DEVICE);
    await started;
    assert.deepEqual(events, ['task', 'connect', 'session']);
    assert.equal(await launched, true);
    await vscode.debug.stopDebugging();
  });
});

describe('the definition of a waiting task', () => {
  const instance = (name: string) => ({
    name,
    instanceId: `id-${name}`,
    credential: 'work',
    groups: [
      { name: 'Bench', clientIds: ['a', 'b', 'a'] },
      { name: 'Empty', clientIds: [] },
    ],
  });
  const inventory: Inventory = { instances: [instance('Plant')] };
  const read = (definition: object, saved = inventory) => readWaitTask({ type, ...definition }, saved);

  it('has defaults for all but whom to wait for', () => {
    const { instance: found, ...rest } = read({ group: 'Bench' });
    assert.equal(found.name, 'Plant');
    assert.deepEqual(rest, {
      group: 'Bench',
      wish: { clientIds: ['a', 'b'], waitFor: 'online', match: 'all', stableForSeconds: 0 },
      timeoutSeconds: 120,
      verify: true,
    });
  });

  for (const [definition, sentence] of [
    [{}, /needs "clients" or "group"/],
    [{ clients: ['a'], group: 'Bench' }, /needs "clients" or "group"/],
    [{ clients: [] }, /"clients" of the task must be a list of 1 to 1,000 client IDs; a group may have more\./],
    [{ clients: 'a' }, /"clients" of the task must be a list of 1 to 1,000 client IDs; a group may have more\./],
    [{ clients: ['a b'] }, /"a b": A client ID holds printable ASCII characters only/],
    [{ group: 'Nowhere' }, /There is no group "Nowhere"/],
    [{ group: 'Empty' }, /Group "Empty" has no clients yet/],
    [{ group: 'Bench', instance: 'Nowhere' }, /There is no instance "Nowhere"/],
    [{ group: 'Bench', waitFor: 'change' }, /"waitFor" of the task must be "online", "offline" or "restart"\./],
    [{ group: 'Bench', match: 'some' }, /"match" of the task must be "all" or "any"\./],
    [
      { group: 'Bench', timeoutSeconds: 0 },
      /"timeoutSeconds" of the task must be a number of seconds from 1 to 86,400\./,
    ],
    [{ group: 'Bench', timeoutSeconds: '10' }, /"timeoutSeconds" of the task must be a number/],
    [{ group: 'Bench', stableForSeconds: -1 }, /"stableForSeconds" of the task must be a number of seconds from 0/],
    [{ group: 'Bench', stableForSeconds: 120 }, /must be less than "timeoutSeconds"/],
    [{ group: 'Bench', verify: 'yes' }, /"verify" of the task must be true or false\./],
  ] as const)
    it(`is refused with one sentence: ${JSON.stringify(definition)}`, () => {
      assert.throws(() => read(definition), sentence);
    });

  it('lists a thousand clients at most, and a group may have more', () => {
    const clientIds = Array.from({ length: 1001 }, (_, at) => `c${at}`);
    assert.throws(() => read({ clients: clientIds }), /"clients" of the task must be a list of 1 to 1,000 client IDs/);
    assert.equal(read({ clients: clientIds.slice(1) }).wish.clientIds.length, 1000);
    const large = { ...instance('Plant'), groups: [{ name: 'Large', clientIds }] };
    assert.equal(read({ group: 'Large' }, { instances: [large] }).wish.clientIds.length, 1001);
  });

  it('must name the instance when several are saved, and needs one at all', () => {
    const two = { instances: [instance('Plant'), instance('Lab')] };
    assert.throws(() => read({ group: 'Bench' }, two), /Several instances are saved/);
    assert.equal(read({ group: 'Bench', instance: 'id-Lab' }, two).instance.name, 'Lab');
    assert.throws(() => read({ group: 'Bench' }, { instances: [] }), /No instance is saved yet/);
  });
});

describe('the terminal of a waiting task', () => {
  const instance = { name: 'Plant', instanceId: 'mqtt-1', credential: 'work', groups: [] };
  const inventory = { ready: Promise.resolve(), inventory: { instances: [instance] } } as unknown as Inventories;
  let asked: number;
  let isSpent = false;

  /** Runs a terminal whose service answers with these, one a call; resolves with its lines, without their times. */
  function open(definition: object, answers: readonly ('online' | 'offline' | ApiError)[]) {
    const store = new StatusStore();
    asked = 0;
    const check = (requests: readonly { clientIds: readonly string[] }[]) => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? 'offline';
      const at = Date.now();
      const finding: Finding =
        answer instanceof ApiError
          ? { kind: 'failed', error: answer, at }
          : { kind: 'answered', observation: { status: answer, isVerified: true, checkedAt: at } };
      const clientIds = requests.flatMap((request) => request.clientIds);
      store.apply('mqtt-1', new Map(clientIds.map((id) => [id, finding])));
      return Promise.resolve(clientIds.map((clientId) => ({ instanceId: 'mqtt-1', clientId, finding })));
    };
    const budget = { mayAsk: () => Promise.resolve(true) };
    const waiter = { checker: { check }, store, now: Date.now, isSpent: () => isSpent };
    const terminal = new WaitTerminal({ waiter, inventory, budget, log: silentLog }, { type, ...definition });
    let text = '';
    terminal.onDidWrite((written) => (text += written));
    const code = new Promise<number>((resolve) => terminal.onDidClose(resolve));
    terminal.open();
    const lines = () => text.split('\r\n').map((line) => line.replace(/\d+:\d\d:\d\d\s?[AP]M/gu, 'TIME'));
    return { terminal, code, lines };
  }

  it('has a line for each change', async () => {
    const { code, lines } = open({ clients: ['a'] }, ['offline', 'online']);
    assert.equal(await code, 0);
    assert.deepEqual(lines(), [
      'Waiting for a until online, 2 minutes at most (≈ 60 calls).',
      'TIME  a: offline (verified)',
      'TIME  a: offline → online (verified)',
      'a: online, seen at TIME (verified).',
      '',
    ]);
  });

  it('says on time-out what is missing, and for a restart why it may not have been seen', async () => {
    const { code, lines } = open({ clients: ['a'], waitFor: 'restart', timeoutSeconds: 1 }, ['online']);
    assert.equal(await code, 1);
    assert.deepEqual(lines().slice(2, 4), [
      'a: not restarted within 1 second.',
      '  a: online (verified, TIME), not seen offline',
    ]);
    assert.match(lines()[4] ?? '', /^A quick restart can fall between two polls.*1\.5 times its keep-alive/);
  });

  it('says an error with its code and what to do', async () => {
    const { code, lines } = open({ clients: ['a'] }, [new ApiError('service', 'SignatureDoesNotMatch', 'R1')]);
    assert.equal(await code, 2);
    assert.match(
      lines()[1] ?? '',
      /secret is most likely wrong\. Paste the whole secret: set the credential again, .*\(SignatureDoesNotMatch, request R1\)$/,
    );
  });

  it('says a passing fault, and goes on', async () => {
    const { code, lines } = open({ clients: ['a'] }, [new ApiError('service', 'SystemOverFlow'), 'online']);
    assert.equal(await code, 0);
    assert.match(lines()[1] ?? '', /\(SystemOverFlow\) Next try in 2 seconds\.$/);
  });

  it('ends with Ctrl-C, and asks no more once it is closed', async () => {
    const interrupted = open({ clients: ['a'] }, ['offline']);
    await new Promise(setImmediate);
    interrupted.terminal.handleInput('\x03');
    assert.equal(await interrupted.code, 130);
    const closed = open({ clients: ['a'] }, ['offline']);
    await new Promise(setImmediate);
    closed.terminal.close();
    await closed.code;
    assert.equal(asked, 1);
  });

  it("ends with 2 where today's budget is spent", async () => {
    const { code, lines } = open({ clients: ['a'] }, ['offline']);
    isSpent = true;
    assert.equal(await code, 2);
    isSpent = false;
    assert.equal(lines().at(-2), 'Today\'s call budget of "Plant" is spent, so the task waits no longer.');
  });

  it('takes no orders from names', async () => {
    const { code, lines } = open({ group: '\x1b[2Jgone' }, ['offline']);
    assert.equal(await code, 2);
    assert.equal(lines()[0]?.includes('\x1b'), false);
  });
});
