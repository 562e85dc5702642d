import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OpenApiClient } from '../../../src/api/openApiClient';
import { destination } from '../../../src/model/destination';
import type { Inventory } from '../../../src/model/inventory/inventory';
import { mergeInventories } from '../../../src/model/inventory/mergeInventories';
import { parseInventory } from '../../../src/model/inventory/parseInventory';
import { bindingKey, bindingTermsOf, NOTHING_PERSONAL, type Personal } from '../../../src/model/inventory/personal';

const idle = new AbortController().signal;

/** The extension from a folder's text down to the SDK, with a keyring that has a key under every name. */
class Extension {
  readonly keysRead: string[] = [];
  readonly callsTo: string[] = [];
  private readonly api = new OpenApiClient({
    credential: (name) => {
      this.keysRead.push(name);
      return Promise.resolve({ accessKeyId: 'made-up', accessKeySecret: 'made-up' });
    },
    destination,
    loadSdk: () =>
      Promise.resolve({
        callService: ({ host, protocol }) => {
          this.callsTo.push(`${protocol} ${host}`);
          return Promise.resolve({ RequestId: 'R', OnlineStatus: true });
        },
      }),
    deadlineMs: 1000,
  });

  /** Asks every instance of a folder's text, as a check would; tells how each ended. */
  async askAll(text: string, personal: Personal = NOTHING_PERSONAL): Promise<string[]> {
    const { instances } = mergedOf(text, personal);
    return Promise.all(
      instances.map((instance) =>
        this.api.querySession(instance, 'a', idle).then(
          () => 'asked',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        ),
      ),
    );
  }
}

function mergedOf(text: string, personal: Personal): Inventory {
  const parsed = parseInventory(text);
  const inventory = parsed.kind === 'ok' ? parsed.inventory : { instances: [] };
  return mergeInventories({ instances: [] }, [{ file: 'file:///app', folder: 'app', inventory }], personal).inventory;
}

/** As if the person had bound a key to all that can be bound. */
function allBound(text: string): Personal {
  const terms = mergedOf(text, NOTHING_PERSONAL).instances.map(bindingTermsOf);
  const bindings = terms.flatMap((each) =>
    each === undefined ? [] : [[bindingKey(each), { credential: 'mine', clients: each.clients }] as const],
  );
  return { ...NOTHING_PERSONAL, bindings: Object.fromEntries(bindings) };
}

describe('an inventory crafted to send a key elsewhere', () => {
  const regionId = fc.oneof(fc.constantFrom('cn-hangzhou', 'us-east-1', 'cn-hangzhou.evil.com/', ''), fc.string());
  const host = fc.constantFrom('evil.com', 'onsmqtt.cn-hangzhou.aliyuncs.com', '127.0.0.1:80');
  const endpoint = fc.oneof(
    host,
    fc.tuple(host, fc.constantFrom('.', ':443', '@', '/', '')).map(([start, end]) => start + end + start),
    fc.string(),
  );
  const name = fc.oneof(fc.constantFrom('mqtt-1', 'mqtt-2', 'mqtt-3', 'mqtt-4'), fc.string());
  const instance = fc.record(
    { name, instanceId: name, regionId, endpoint, credential: fc.constant('prod') },
    { requiredKeys: ['name', 'instanceId', 'credential'] },
  );
  const texts = fc.array(instance, { maxLength: 3 }).map((instances) => JSON.stringify({ instances }));

  it('reads no key and reaches no host before a person has bound one, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const extension = new Extension();
        for (const end of await extension.askAll(text)) assert.match(end, /^(NoKeyBound|BadEndpoint)$/);
        assert.deepEqual([extension.keysRead, extension.callsTo], [[], []]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the key bound and no other, and reaches the vendor alone, though a person bound it to everything', async () => {
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const extension = new Extension();
        await extension.askAll(text, allBound(text));
        calls += extension.callsTo.length;
        assert.deepEqual(new Set(extension.keysRead), new Set(extension.keysRead.length === 0 ? [] : ['mine']));
        for (const call of extension.callsTo) assert.match(call, /^HTTPS onsmqtt\.[a-z0-9-]{1,40}\.aliyuncs\.com$/);
      }),
      { numRuns: 500, seed: 1 }, // so that the count below is always the same
    );
    assert.ok(calls > 20, `${calls} calls`);
  });

  it('gets nothing of what was bound to the text it was before', async () => {
    const text = (regionId: string): string =>
      JSON.stringify({ instances: [{ name: 'Plant', instanceId: 'mqtt-1', regionId, credential: 'prod' }] });
    const personal = allBound(text('cn-hangzhou'));
    const extension = new Extension();
    assert.deepEqual(await extension.askAll(text('cn-hangzhou'), personal), ['asked']);
    assert.deepEqual(await extension.askAll(text('cn-shanghai'), personal), ['NoKeyBound']);
    assert.deepEqual(extension.callsTo, ['HTTPS onsmqtt.cn-hangzhou.aliyuncs.com']);
  });
});
