import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

describe('the notices of third parties', () => {
  it('hold the text of a licence for every package, not only its name', async () => {
    const root = vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt')?.extensionPath ?? '';
    const text = await readFile(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const bare = text.split('\n----------------------------------------\n').filter((notice) => notice.length < 500);
    assert.deepEqual(bare, []);
  });
});
