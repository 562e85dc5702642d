import assert from 'node:assert/strict';
import fc from 'fast-check';
import { destination, vendorDestination } from '../../../src/model/destination';

describe('where a key may go by the word of a workspace', () => {
  const allowed: [string, { regionId?: string; endpoint?: string }, string][] = [
    ['a region', { regionId: 'cn-hangzhou' }, 'cn-hangzhou'],
    ['a region nobody listed yet', { regionId: 'ap-south-9' }, 'ap-south-9'],
    ["the vendor's endpoint", { endpoint: 'onsmqtt.cn-hangzhou.aliyuncs.com' }, 'cn-hangzhou'],
    ["the vendor's endpoint with the port of https", { endpoint: 'onsmqtt.us-east-1.aliyuncs.com:443' }, 'us-east-1'],
    ['a region beside an empty endpoint', { regionId: 'cn-hangzhou', endpoint: '' }, 'cn-hangzhou'],
    ['the endpoint, which goes before the region', { regionId: 'x', endpoint: 'onsmqtt.y.aliyuncs.com' }, 'y'],
  ];
  for (const [what, place, regionId] of allowed)
    it(`is ${what}`, () => assert.deepEqual(vendorDestination(place), { kind: 'ok', regionId }));

  const lookAlikes = [
    'evil.com',
    'evil.com:443',
    '10.0.0.1',
    'onsmqtt.cn-hangzhou.aliyuncs.com.evil.com',
    'onsmqtt.cn-hangzhou.aliyuncs.com.',
    'onsmqtt.cn-hangzhou.aliyuncs.com:8443',
    'onsmqtt.cn-hangzhou.aliyuncs.com:0443',
    'onsmqtt.cn-hangzhou.aliyuncs.com:',
    'onsmqtt.cn-hangzhou.aliyuncs.com/',
    'onsmqtt.cn-hangzhou.aliyuncs.com\n',
    ' onsmqtt.cn-hangzhou.aliyuncs.com',
    'onsmqtt.cn-hangzhou.aliyuncs.com@evil.com',
    'evil.com@onsmqtt.cn-hangzhou.aliyuncs.com',
    'https://onsmqtt.cn-hangzhou.aliyuncs.com',
    'evil.com/onsmqtt.cn-hangzhou.aliyuncs.com',
    'evil.com#onsmqtt.cn-hangzhou.aliyuncs.com',
    'onsmqtt.evil.com',
    'onsmqtt.evil.com.aliyuncs.com',
    'onsmqtt.a.b.aliyuncs.com',
    'onsmqtt..aliyuncs.com',
    'onsmqtt.-x.aliyuncs.com',
    'onsmqtt.cn_hangzhou.aliyuncs.com',
    'x.onsmqtt.cn-hangzhou.aliyuncs.com',
    'xonsmqtt.cn-hangzhou.aliyuncs.com',
    'onsmqtt.cn-hangzhou.aliyuncs.com.cn',
    'onsmqtt.cn-hangzhou.aliyuncs.co',
    'onsmqtt-cn-hangzhou.aliyuncs.com',
    'onsmqtt.cn-hangzhouXaliyuncs.com',
    'ONSMQTT.cn-hangzhou.aliyuncs.com',
    'onsmqtt.CN-hangzhou.aliyuncs.com',
    'onsmqtt.cn-hangzhou.aliyuncѕ.com', // a Cyrillic s
    'onsmqtt.cn-hangzhou.xn--aliyunc-qbh.com',
    'onsmqtt。cn-hangzhou。aliyuncs。com',
    'bucket.oss-cn-hangzhou.aliyuncs.com',
  ];
  for (const endpoint of lookAlikes)
    it(`is not ${JSON.stringify(endpoint)}`, () =>
      assert.deepEqual(vendorDestination({ endpoint, regionId: 'cn-hangzhou' }), {
        kind: 'refused',
        reason: 'notVendor',
      }));

  it('is no local instance, which says so', () => {
    for (const endpoint of ['127.0.0.1:8080', 'localhost', '[::1]:80'])
      assert.deepEqual(vendorDestination({ endpoint }), { kind: 'refused', reason: 'local' });
  });

  it('is no region that is a host of its own, nor none at all', () => {
    for (const regionId of ['evil.com/', 'a.b', 'x#', 'Cn', 'a'.repeat(41), 'x@y', 'x:1', '-a'])
      assert.deepEqual(vendorDestination({ regionId }), { kind: 'refused', reason: 'badRegion' });
    assert.deepEqual(vendorDestination({}), { kind: 'refused', reason: 'missing' });
  });

  it('is, whatever a file says, a host of the vendor under the one domain', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('onsmqtt.', 'cn-hangzhou', '.aliyuncs.com', ':443', '@', '/', '.', 'evil.com', '\n'),
    );
    const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.record({ regionId: text, endpoint: text }, { requiredKeys: [] }), (place) => {
        const found = vendorDestination(place);
        if (found.kind === 'refused') return;
        const { regionId } = found;
        assert.match(regionId, /^[a-z0-9-]{1,40}$/);
        assert.deepEqual(destination({ regionId }), {
          kind: 'ok',
          host: `onsmqtt.${regionId}.aliyuncs.com`,
          protocol: 'HTTPS',
        });
      }),
      { numRuns: 2000 },
    );
  });
});
