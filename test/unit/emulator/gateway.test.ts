import assert from 'node:assert/strict';
import { FaultDealer, parseFault } from '../../../src/emulator/gateway/faults';
import { signV1 } from '../../../src/emulator/gateway/signatureV1';
import { signV3 } from '../../../src/emulator/gateway/signatureV3';
import { SlidingWindow } from '../../../src/emulator/gateway/slidingWindow';

describe('the gateway of the local instance', () => {
  it("checks ACS3-HMAC-SHA256 as the vendor's documented example has it", () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    };
    const query = [
      ['ImageId', 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'],
      ['RegionId', 'cn-shanghai'],
    ] as const;
    const { stringToSign, signature } = signV3(
      { method: 'POST', path: '/', query, headers, body: '' },
      Object.keys(headers),
      'YourAccessKeySecret',
    );
    assert.equal(stringToSign, 'ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259');
    assert.match(signature, /^06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee/);
  });

  it("checks the older signature as the vendor's documented example has it", () => {
    const parameters = Object.entries({
      Timestamp: '2016-02-23T12:46:24Z',
      Format: 'XML',
      AccessKeyId: 'testid',
      Action: 'DescribeRegions',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      Version: '2014-05-26',
      SignatureVersion: '1.0',
    });
    assert.equal(signV1('GET', parameters, 'testsecret'), 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  });

  it('lets the documented number through in any second, not in any calendar second', () => {
    let now = 900;
    const window = new SlidingWindow(() => now);
    const taken = (count: number): number =>
      Array.from({ length: count }, () => window.take(100)).filter(Boolean).length;
    assert.equal(taken(130), 100);
    now = 1899;
    assert.equal(taken(130), 0);
    now = 1900;
    assert.equal(taken(130), 100);
  });

  it('deals faults out evenly', () => {
    const dealer = new FaultDealer([parseFault('InternalError:0.2'), parseFault('drop:0.5')]);
    const dealt = Array.from({ length: 20 }, () => dealer.next());
    assert.equal(dealt.filter((kind) => kind === 'InternalError').length, 4);
    assert.equal(dealt.filter((kind) => kind === 'drop').length, 8);
  });

  it('says what is wrong with a fault', () => {
    assert.throws(() => parseFault('Nonsense:1'), /Unknown fault "Nonsense"/);
    for (const text of ['drop:2', 'drop:x', 'drop:']) assert.throws(() => parseFault(text), /from 0 to 1/);
  });
});
