import assert from 'node:assert/strict';
import { SERVICE_ERRORS } from '../../../src/api/contract';
import { ApiError } from '../../../src/model/apiError';
import { errorSentence } from '../../../src/model/errorSentences';

describe('error sentences', () => {
  for (const code of Object.keys(SERVICE_ERRORS)) {
    it(`says of ${code} what is wrong and what to do`, () => {
      const { what, fix } = errorSentence(new ApiError('service', code));
      assert.notEqual(what, 'The service answered with an error.');
      assert.notEqual(fix, '');
    });
  }

  it('admits that it does not know a code', () => {
    for (const code of ['Brand.New', 'constructor', '__proto__'])
      assert.equal(errorSentence(new ApiError('service', code)).what, 'The service answered with an error.');
  });
});
