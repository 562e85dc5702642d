import assert from 'node:assert/strict';
import { toApiError } from '../../../../src/api/toApiError';
import { isTransient } from '../../../../src/model/apiError';

const error = (message: string, more: object = {}): Error => Object.assign(new Error(message), more);
const SECRET = 'planted-proxy-password';

describe('a failure at the proxy', () => {
  // As VS Code's proxy agent, our transport and Node 24 with NODE_USE_ENV_PROXY were seen to write them.
  const seen: [Error, string][] = [
    [error('', { code: 'ProxyAuthenticationRequired' }), 'ProxyAuthenticationRequired'],
    [error('', { code: 'ProxyRefused' }), 'ProxyRefused'],
    [
      error(`Failed to establish a socket connection to proxies: PROXY me:${SECRET}@proxy:8080POST https://…failed.`),
      'ProxyUnreachable',
    ],
    [error('', { code: 'ERR_PROXY_TUNNEL', statusCode: 407 }), 'ProxyAuthenticationRequired'],
    [error('', { code: 'ERR_PROXY_TUNNEL', statusCode: 502 }), 'ProxyRefused'],
  ];
  for (const [raw, code] of seen)
    it(`is told as ${code} for ${raw.message.slice(0, 20)} ${JSON.stringify(raw)}`, () => {
      const told = toApiError(raw);
      assert.deepEqual([told.kind, told.code, isTransient(told)], ['network', code, false]);
      assert.equal(`${told.stack} ${JSON.stringify(told)}`.includes(SECRET), false);
    });

  it('is supposed of nothing else', () => {
    const codes = [error('', { code: 'ECONNREFUSED' }), error('proxies'), 'ProxyRefused', undefined];
    assert.deepEqual(
      codes.map((raw) => toApiError(raw).code),
      ['ECONNREFUSED', 'NetworkError', 'NetworkError', 'NetworkError'],
    );
  });

  it('and a certificate that does not check out are not tried again at once', () => {
    const codes = ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'];
    assert.deepEqual(
      codes.filter((code) => isTransient(toApiError(error('', { code })))),
      [],
    );
    assert.equal(isTransient(toApiError(error('', { code: 'ECONNRESET' }))), true);
  });
});
