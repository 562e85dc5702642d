import assert from 'node:assert/strict';
import { readCredential } from '../../../src/model/credentialInput';

describe('a pasted key', () => {
  it('loses the blanks, quotes and line ends around it', () => {
    assert.deepEqual(
      readCredential({ accessKeyId: ' id\n', accessKeySecret: '"sec ret"'.replace(' ', ''), securityToken: ' ' }),
      { accessKeyId: 'id', accessKeySecret: 'secret' },
    );
    assert.deepEqual(readCredential({ accessKeyId: 'id', accessKeySecret: 's', securityToken: 't\r\n' }), {
      accessKeyId: 'id',
      accessKeySecret: 's',
      securityToken: 't',
    });
  });

  it('is refused when nothing is left or a blank is inside', () => {
    assert.equal(readCredential({ accessKeyId: '', accessKeySecret: 's' }), 'emptyKey');
    assert.equal(readCredential({ accessKeyId: 'id', accessKeySecret: 'a\nb' }), 'brokenKey');
    assert.equal(readCredential({ accessKeyId: 'id', accessKeySecret: 's', securityToken: '密钥' }), 'brokenKey');
  });
});
