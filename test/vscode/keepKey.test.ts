import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/base/event';
import { Credentials } from '../../src/host/credentials';
import { keepKey } from '../../src/ui/credentials/keepKey';
import { instanceFitsText, keyFitsText } from '../../src/ui/words/secretWords';
import { Home } from '../unit/host/sources/home';

const KEY = { accessKeyId: 'id', accessKeySecret: 'planted-secret' };

describe('a key that VS Code cannot keep', () => {
  const shown = vscode.window.showWarningMessage;
  let home: Home;
  let credentials: Credentials;
  /** Answers the dialog, as a person does. */
  const answer = (action: string | undefined): void => {
    Object.assign(vscode.window, { showWarningMessage: () => Promise.resolve(action) });
  };
  const refuse = (): Promise<never> => Promise.reject(new Error('the keyring is locked'));

  beforeEach(() => {
    home = new Home();
    const secrets = { get: refuse, store: refuse, delete: refuse, keys: () => Promise.resolve([]) };
    const changed = new Emitter<{ key: string }>();
    credentials = new Credentials(
      { ...secrets, onDidChange: changed.event },
      { read: () => undefined, write: () => undefined },
      home.open(),
    );
  });
  afterEach(() => {
    Object.assign(vscode.window, { showWarningMessage: shown });
    credentials.dispose();
    home.remove();
  });

  it('is nowhere where the person declines, and nothing says that it is saved', async () => {
    answer(undefined);
    const kept = await keepKey('plant', { kind: 'stored', credential: KEY }, credentials);
    assert.deepEqual([kept, await credentials.get('plant')], ['no', undefined]);
    assert.deepEqual([keyFitsText(kept, 'plant', 'Line 1'), instanceFitsText(kept, 'Line 1')], [undefined, undefined]);
  });

  it('is of this session where the person agrees, and is not called saved', async () => {
    answer('Use for This Session');
    const kept = await keepKey('plant', { kind: 'stored', credential: KEY }, credentials);
    assert.deepEqual([kept, await credentials.get('plant')], ['session', KEY]);
    assert.equal(
      keyFitsText(kept, 'plant', 'Line 1'),
      'The key "plant" is used in this session only, and it fits "Line 1".',
    );
    assert.match(instanceFitsText(kept, 'Line 1') ?? '', /The key is used in this session only\.$/);
  });

  it('is of this session from the start where the person chose that', async () => {
    assert.equal(await keepKey('plant', { kind: 'session', credential: KEY }, credentials), 'session');
    assert.equal(await keepKey('cli', { kind: 'source', source: { kind: 'environment' } }, credentials), 'kept');
  });
});
