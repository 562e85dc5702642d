import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

describe('what activation loads', () => {
  it("uses VS Code's API as it is: a copy of it in every file took half of the time to load", async () => {
    const { extensionPath } = vscode.extensions.getExtension('apsaramq-mqtt.apsaramq-mqtt') ?? {};
    assert.ok(extensionPath !== undefined);
    const bundle = await readFile(join(extensionPath, 'dist', 'extension.js'), 'utf8');
    assert.match(bundle, /=\s?require\("vscode"\)/);
    assert.doesNotMatch(bundle, /\(\s?require\("vscode"\)/);
  });
});
