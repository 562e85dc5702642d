import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ApiError } from '../../src/model/apiError';
import type { Instance } from '../../src/model/inventory/inventory';
import type { TracePage, TraceQuestion } from '../../src/model/trace/traceEvent';
import { askForPage } from '../../src/ui/trace/traceAsking';
import { hasOlder, type TraceRecord, traceText } from '../../src/ui/trace/traceText';
import { codeText } from '../../src/ui/words/markdown';
import { eventually } from '../host/eventually';
import { command, LOCAL, LocalDevices } from './localDevices';

const DEVICE = 'GID_trace@@@pump';
const LIMITED = { accessKeyId: 'local-limited-key-id', accessKeySecret: 'local-limited-secret' };
const END = Date.UTC(2026, 10, 25, 8);
const QUESTION: TraceQuestion = {
  regionId: 'cn-hangzhou',
  clientId: DEVICE,
  beginAt: END - 60 * 60 * 1000,
  endAt: END,
};

interface Result {
  readonly total: number;
  readonly requestId: string;
  readonly events: readonly { readonly kind: string; readonly info: string }[];
  readonly document: string;
}
const why = (argument: object = {}) =>
  command<Result>('whyOffline', { instance: LOCAL, clientId: DEVICE, hours: 1, ...argument });
const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
const infosOf = (text: string) => [...text.matchAll(/^- `+ ?.*?`+: \*\*(.*?)\*\*/gm)].map(([, title]) => title);

function record(
  texts: readonly [clock: string, info: string, channelId?: string][],
  total = texts.length,
): TraceRecord {
  const events = texts.map(([clock, info, channelId = '']) => ({
    time: `2026-11-25 ${clock}`,
    action: '',
    info,
    channelId,
  }));
  const pages = [{ requestId: 'R-1', total, events, askedAt: END }];
  return { instance: { name: 'Plant', instanceId: 'mqtt-cn-1' }, question: QUESTION, pages };
}
const render = (text: string) => vscode.commands.executeCommand<string>('markdown.api.render', text);

describe('"Why Offline?", called with an argument', () => {
  let devices: LocalDevices;
  before(async () => {
    devices = await LocalDevices.start('Trace', [DEVICE]);
    await devices.connect(DEVICE);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await devices.dispose();
  });

  it('explains the connections of an online client as well', async () => {
    const { total, events } = await why();
    assert.deepEqual([total, events.map(({ kind, info }) => [kind, info])], [1, [['connected', 'accepted']]]);
    assert.match(
      shown(),
      /^# Connection history of `GID_trace@@@pump`\n\n\*\*The last thing the service recorded: Connected/,
    );
    assert.match(shown(), /Nothing on record ended this connection until /);
  });

  it('shows a document to read alone, which says what it was asked, when, and by which request', async () => {
    await devices.disconnect(DEVICE);
    await untilOffline();
    const { requestId, document } = await why({ hours: 24 });
    const { uri, languageId, isUntitled, isDirty } = vscode.window.activeTextEditor?.document ?? {};
    assert.deepEqual([uri?.toString(), languageId, isUntitled, isDirty], [document, 'markdown', false, false]);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('apsaramq-mqtt-trace'), undefined);
    assert.ok(shown().includes(`request \`${requestId}\``));
    assert.match(
      shown(),
      /- Instance: `Local instance` \(`mqtt-cn-local00001`\) · `local`\n- Asked about: .* to .*, by the clock/,
    );
    assert.match(shown(), /\*\*The last thing the service recorded: Disconnected by the client, at `/);
    assert.match(shown(), /\*\*What usually helps\*\*: Nothing is wrong if it was meant to go/);
    assert.deepEqual(infosOf(shown()), ['Disconnected by the client', 'Connected']);
  });

  it('shows older events when they are asked for, one call at a time', async function () {
    this.timeout(120_000);
    // Each connection puts the one before it out.
    for (let at = 0; at < 51; at++) await devices.connect(DEVICE);
    const { total } = await why();
    assert.ok(total > 100);
    assert.equal(infosOf(shown()).length, 100);
    assert.match(
      shown(),
      new RegExp(`100 of ${total} events are shown\\. "Show Older Events" asks for more, 100 in each call\\.`),
    );
    assert.deepEqual(await command('showOlderEvents'), { shown: total, total });
    await eventually('the older events', () => infosOf(shown()).length === total, 20_000);
    assert.equal(infosOf(shown()).length, total);
    assert.equal([...shown().matchAll(/^- As recorded by the service/gm)].length, 2);
    assert.doesNotMatch(shown(), /events are shown/);
  });

  it('names the missing action where a policy denies it', async () => {
    await command('addInstance', {
      name: 'Narrow',
      instanceId: 'mqtt-cn-narrow',
      endpoint: await endpoint(),
      credential: 'narrow',
    });
    await command('setCredential', { name: 'narrow', ...LIMITED });
    await assert.rejects(
      async () => why({ instance: 'Narrow', region: 'local' }),
      /A RAM policy denies the connection history\. Allow mq:QueryMqttDeviceTrace on this instance\. \(Forbidden\.RAM, request /,
    );
    await assert.rejects(async () => why({ instance: 'Narrow' }), /"region" of this command is missing/);
    await command('removeInstance', { instance: 'Narrow' });
    await command('removeCredential', { name: 'narrow' });
  });

  it('asks nothing about what is no client ID, and takes an argument of its own shape alone', async () => {
    await assert.rejects(async () => why({ clientId: 'a b' }), /printable ASCII/);
    for (const argument of [{ clientId: 1 }, { hours: 2 }, { hours: undefined }, { region: '' }, { instance: 'none' }])
      await assert.rejects(async () => why(argument), /wrong shape|no instance/);
  });

  it('says what to open first where older events are asked for elsewhere', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('showOlderEvents');
    await command('saveConnectionHistory');
  });

  /** Once the broker has seen that the device left, it has written so down. */
  async function untilOffline(): Promise<void> {
    for (;;) {
      const [result] = await command<{ status: string }[]>('verifyClient', { instance: LOCAL, clientId: DEVICE });
      if (result?.status === 'offline') return;
    }
  }

  /** Where the local instance answers, from the person's own inventory: that is meant by {}, also where a folder has one. */
  async function endpoint(): Promise<string> {
    await command('openInventory', {});
    const { instances } = JSON.parse(shown()) as { instances: { instanceId: string; endpoint?: string }[] };
    return instances.find(({ instanceId }) => instanceId === LOCAL)?.endpoint ?? '';
  }
});

describe('the document of a connection history', () => {
  it('has words for every documented event', () => {
    const infos = ['accepted', 'not authorized', 'clientId conflict', 'resource auth failed', 'no heart'];
    const more = ['closed by client', 'disconnected by client', 'invalid param', 'Socket IOException'];
    const all = [...infos, ...more].map((info, at): [string, string] => [`15:30:0${at}.000`, info]);
    const text = traceText(record(all));
    assert.deepEqual(infosOf(text), [
      'Network broke',
      'Invalid parameter',
      'Disconnected by the client',
      'Closed by the client',
      'No heartbeat',
      'Topic or group refused',
      'Client ID conflict',
      'Not authorised',
      'Connected',
    ]);
    assert.equal([...text.matchAll(/\*\*What usually helps\*\*/g)].length, 8);
  });

  it('draws no conclusion from nothing', () => {
    const text = traceText(record([]));
    assert.match(text, /\*\*Nothing was recorded from .* to .*\.\*\*\n\nEither the client stayed as it was/);
    assert.doesNotMatch(text, /clock: no zone|What was recorded/);
    assert.match(traceText(record([], 5)), /The service counts 5 events in this time and gave none of them/);
  });

  it('says of conflicts in a row who is likely behind them', () => {
    const turns = [1, 2, 3].flatMap((at): [string, string][] => [
      [`15:30:0${at}.000`, 'clientId conflict'],
      [`15:30:0${at}.001`, 'accepted'],
    ]);
    assert.match(
      traceText(record(turns)),
      /\*\*3 times in a row one connection with this client ID ended another, from .*Most likely two devices/,
    );
  });

  it("has the person's own zone where the service's is certain, and else the times as they came", () => {
    const certain = traceText(record([['15:30:00.123', 'no heart']]));
    assert.match(certain, /wrote them in UTC\+8, for in no other/);
    assert.match(certain, /30:00\.123/);
    assert.doesNotMatch(certain, /2026-11-25 15:30:00\.123/);
    const { question, ...rest } = record([['15:30:00.123', 'no heart']]);
    const day = { ...rest, question: { ...question, beginAt: END - 24 * 60 * 60 * 1000 } };
    assert.match(traceText(day), /at `2026-11-25 15:30:00\.123`[^]*They fit UTC\+8, as in the example/);
    assert.match(traceText(record([['noon', 'no heart']])), /`2026-11-25 noon`[^]*no zone is documented\.\n$/);
  });

  it('shows what no document explains as it came, and nothing in it does anything', async () => {
    const evil = [
      '**bold** [click](command:workbench.action.quit) ![x](https://example.com/x.png)',
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '`` ` [x](y) ```',
      '\u001b[31mred\u0007\r\n# heading\n- item\u202e',
      '',
      ' ',
      'x'.repeat(10_000),
    ];
    const text = traceText(record(evil.map((info, at): [string, string, string] => [`15:30:0${at}.000`, info, info])));
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
    assert.ok(text.length < 10_000);
    const html = await render(text);
    assert.doesNotMatch(html, /<(a|img|script)\b/);
    assert.equal([...html.matchAll(/<h1/g)].length, 1);
    assert.equal([...html.matchAll(/<li/g)].length, evil.length + 4);
    assert.ok(html.includes('&lt;script&gt;'));
  });

  it('offers no older events after an empty page, and says how many of all are shown', () => {
    const first = record([['15:30:00.000', 'no heart']], 250);
    assert.equal(hasOlder(first), true);
    const beyond = { ...first, pages: [...first.pages, { requestId: 'R-2', total: 250, events: [], askedAt: END }] };
    assert.equal(hasOlder(beyond), false);
    assert.match(traceText(beyond), /1 of 250 events are shown\.\n/);
  });

  it('keeps backticks of a text inside its own', () => {
    assert.deepEqual(['a', '`', 'a``b', '', ' a'].map(codeText), ['`a`', '`` ` ``', '```a``b```', '`  `', '`  a `']);
  });
});

describe('the call for a connection history', () => {
  const instance: Instance = { name: 'Plant', instanceId: 'mqtt-cn-1', regionId: 'cn-hangzhou', groups: [] };
  const page: TracePage = { requestId: 'R', total: 0, events: [] };
  const parts = (answer: () => Promise<TracePage>, may = { ask: true, open: true }) => {
    const asked: string[] = [];
    return {
      asked,
      budget: { mayAsk: () => Promise.resolve(may.ask) },
      consent: { open: () => Promise.resolve(may.open ? [{ target: instance, clientIds: [DEVICE] }] : undefined) },
      traces: {
        page: (_: unknown, { clientId }: TraceQuestion) => {
          asked.push(clientId);
          return answer();
        },
      },
    };
  };
  const answered = () => Promise.resolve(page);
  const failing = (error: ApiError) => () => Promise.reject(error);

  it('is not made where the budget or the workspace is not agreed to', async () => {
    for (const may of [
      { ask: false, open: true },
      { ask: true, open: false },
    ]) {
      const refused = parts(answered, may);
      assert.deepEqual([await askForPage(refused, instance, QUESTION, 1), refused.asked], [undefined, []]);
    }
    const agreed = parts(answered);
    assert.equal((await askForPage(agreed, instance, QUESTION, 1))?.requestId, 'R');
    assert.deepEqual(agreed.asked, [DEVICE]);
  });

  it('that was cancelled shows nothing, and one that failed says why', async () => {
    const cancelled = parts(failing(new ApiError('cancelled', 'Cancelled')));
    assert.equal(await askForPage(cancelled, instance, QUESTION, 1), undefined);
    const misshapen = parts(failing(new ApiError('wrongShape', 'UnexpectedAnswer')));
    await assert.rejects(askForPage(misshapen, instance, QUESTION, 1), /does not look like one of this operation/);
  });
});
