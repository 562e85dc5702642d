import assert from 'node:assert/strict';
import { textOfBytes } from '../../../../src/model/clientIds/textOfBytes';

describe('the bytes of a file', () => {
  it('are text in UTF-8, with or without a byte order mark, and in UTF-16 with one', () => {
    const text = '设备 GID_a@@@1';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), utf16, Buffer.from(utf16).swap16()])
      assert.equal(textOfBytes(bytes), text);
  });

  it('are no text where there is a zero byte', () => {
    assert.equal(textOfBytes(Buffer.from('GID_a@@@1\0')), undefined);
  });

  it('are text in GB18030, as Chinese spreadsheets write it', () => {
    // 设备,编号 水泵,GID_a@@@1 as GB18030
    const bytes = Buffer.from('c9e8b1b82cb1e0bac50acbaeb1c32c4749445f614040403130', 'hex');
    assert.equal(textOfBytes(bytes), '设备,编号\n水泵,GID_a@@@10');
  });

  it('lose no letter behind a single foreign byte, nor to one broken character in UTF-8', () => {
    const latin1 = Buffer.from('M\xfcller: Stra\xdfe\xe9GID_a@@@1', 'latin1');
    assert.match(textOfBytes(latin1) ?? '', /GID_a@@@1$/);
    const broken = Buffer.concat([Buffer.from('设备设备').subarray(1), Buffer.from('GID_a@@@1')]);
    assert.match(textOfBytes(broken) ?? '', /备设备GID_a@@@1$/);
  });
});
