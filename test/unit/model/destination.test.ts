import assert from 'node:assert/strict';
import { destination, metadataDestination } from '../../../src/model/destination';

describe('where a key may go', () => {
  it("goes over https to the vendor's endpoint of a region", () => {
    assert.deepEqual(destination({ regionId: 'cn-hangzhou' }), {
      kind: 'ok',
      host: 'onsmqtt.cn-hangzhou.aliyuncs.com',
      protocol: 'HTTPS',
    });
  });

  const allowed: [string, string, string][] = [
    ['127.0.0.1:8080', '127.0.0.1:8080', 'HTTP'],
    ['localhost:80', '127.0.0.1:80', 'HTTP'],
    ['[::1]:80', '[::1]:80', 'HTTP'],
    ['gateway.example.com', 'gateway.example.com', 'HTTPS'],
    ['10.0.0.1:8080', '10.0.0.1:8080', 'HTTPS'],
    ['127.0.0.1.evil.com:80', '127.0.0.1.evil.com:80', 'HTTPS'],
    ['127.1', '127.1', 'HTTPS'],
    ['127.08.0.1:80', '127.08.0.1:80', 'HTTPS'],
    ['127.0.0.256', '127.0.0.256', 'HTTPS'],
    ['localhost.evil.com', 'localhost.evil.com', 'HTTPS'],
  ];
  for (const [endpoint, host, protocol] of allowed) {
    it(`goes to ${endpoint} over ${protocol}`, () =>
      assert.deepEqual(destination({ endpoint }), { kind: 'ok', host, protocol }));
  }

  const refused: [string, string][] = [
    ['https://onsmqtt.cn-hangzhou.aliyuncs.com', 'scheme'],
    ['onsmqtt.cn-hangzhou.aliyuncs.com/', 'path'],
    ['host/path', 'path'],
    ['host\\path', 'path'],
    ['host?x', 'path'],
    ['127.0.0.1:80@evil.com', 'userInfo'],
    ['two words', 'badHost'],
    ['host\nname', 'badHost'],
    ['[::2]', 'badHost'],
    [':80', 'badHost'],
    ['host:', 'badPort'],
    ['host:0', 'badPort'],
    ['host:65536', 'badPort'],
    ['host:1:2', 'badPort'],
  ];
  for (const [endpoint, reason] of refused) {
    it(`does not go to ${JSON.stringify(endpoint)}: ${reason}`, () =>
      assert.deepEqual(destination({ endpoint }), { kind: 'refused', reason }));
  }

  it('goes nowhere without a place, and to no region that is a host of its own', () => {
    assert.deepEqual(destination({}), { kind: 'refused', reason: 'missing' });
    for (const regionId of ['evil.com/', 'a.b', 'x#', 'Cn Hangzhou']) {
      assert.deepEqual(destination({ regionId }), { kind: 'refused', reason: 'badRegion' });
    }
  });

  it('comes over http from the metadata service alone, at its fixed address', () =>
    assert.deepEqual(metadataDestination(), { kind: 'ok', host: '100.100.100.200', protocol: 'HTTP' }));
});
