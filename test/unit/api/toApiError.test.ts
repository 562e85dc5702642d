import assert from 'node:assert/strict';
import { SERVICE_ERRORS } from '../../../src/api/contract';
import { toApiError } from '../../../src/api/toApiError';
import { isThrottling, isTransient, mayBeOneBadId } from '../../../src/model/apiError';

const ofService = (code: string) => toApiError({ code, data: { RequestId: 'R' } });
const codes = Object.keys(SERVICE_ERRORS);

describe('what a failure means', () => {
  it('takes no code and no request ID but such as the service writes, whoever answers', () => {
    const told = (code: string, requestId: string) => {
      const error = toApiError({ code, data: { RequestId: requestId } });
      return [error.code, error.requestId];
    };
    assert.deepEqual(told('Forbidden.RAM', '63309FDB-ED6C'), ['Forbidden.RAM', '63309FDB-ED6C']);
    assert.deepEqual(told('[Fix](command:x)\nFORGED LINE', '[a](command:x)'), ['UnnamedError', undefined]);
    assert.deepEqual(told('x'.repeat(101), 'x'.repeat(65)), ['UnnamedError', undefined]);
  });

  it('lets only what may pass be tried again', () => {
    assert.deepEqual(
      codes.filter((code) => isTransient(ofService(code))),
      [
        'InternalError',
        'SystemOverFlow',
        'ServiceUnavailable',
        'Throttling',
        'Throttling.User',
        'Throttling.Api',
        'SignatureNonceUsed',
      ],
    );
  });

  it('knows when the service asks for fewer calls', () => {
    assert.deepEqual(
      codes.filter((code) => isThrottling(ofService(code))),
      ['SystemOverFlow', 'Throttling', 'Throttling.User', 'Throttling.Api'],
    );
  });

  it('suspects one bad client ID behind a failed parameter check alone', () => {
    assert.deepEqual(
      codes.filter((code) => mayBeOneBadId(ofService(code))),
      ['ParameterCheckFailed', 'InvalidParameter.ClientIdList'],
    );
  });

  it('never keeps a raw message of the SDK', () => {
    const error = toApiError(
      Object.assign(new Error('http://host/?AccessKeySecret=planted'), { code: 'planted code' }),
    );
    assert.deepEqual(
      { kind: error.kind, code: error.code, message: error.message },
      { kind: 'network', code: 'NetworkError', message: 'NetworkError' },
    );
  });
});
