import assert from 'node:assert/strict';
import { foreignHost } from '../../../../src/model/import/foreignEndpoint';

const VENDOR = 'onsmqtt.cn-hangzhou.aliyuncs.com';

describe('a foreign endpoint', () => {
  it('is neither the vendor’s of a region nor one of this machine', () => {
    const places = [{ regionId: 'cn-hangzhou' }, { endpoint: VENDOR }, { endpoint: `${VENDOR}:443` }];
    for (const place of [...places, { endpoint: '127.0.0.1:8080' }, { endpoint: 'localhost' }, { endpoint: '[::1]:1' }])
      assert.equal(foreignHost(place), undefined, JSON.stringify(place));
    assert.equal(foreignHost({ endpoint: 'evil.com' }), 'evil.com');
    assert.equal(foreignHost({ regionId: 'cn-hangzhou', endpoint: 'evil.com' }), 'evil.com');
  });

  it('is every host under the vendor’s domain that a customer may own, and another port', () => {
    for (const endpoint of [
      '123.cn-hangzhou.fc.aliyuncs.com',
      'x.fc.aliyuncs.com',
      'bucket.oss-cn-hangzhou.aliyuncs.com',
      `evil.${VENDOR}`,
      'aliyuncs.com',
      `${VENDOR}:8443`,
    ])
      assert.equal(foreignHost({ endpoint }), endpoint);
  });

  it('is nowhere that no call goes to', () => {
    assert.equal(foreignHost({}), undefined);
    assert.equal(foreignHost({ endpoint: 'https://evil.com' }), undefined);
  });
});
