import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { Emitter } from '../../../../src/base/event';
import { Credentials } from '../../../../src/host/credentials';
import { Home } from '../sources/home';
import { kept } from '../../../../src/host/kept';
import { Acknowledgements } from '../../../../src/sessions/fleet/acknowledgements';

const refuse = (): Promise<never> => Promise.reject(new Error('the keyring is locked'));

/** What nobody caught while something ran. */
async function uncaughtIn(act: () => void): Promise<unknown[]> {
  const found: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection'); // mocha's own would end the run
  process.on('unhandledRejection', (error) => found.push(error));
  try {
    act();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
  return found;
}

describe('a storage that fails', () => {
  it('makes a key that another window changed a missing one', async () => {
    const changed = new Emitter<{ key: string }>();
    const home = new Home();
    const secrets: Partial<SecretStorage> = { get: refuse, onDidChange: changed.event };
    const credentials = new Credentials(
      secrets as SecretStorage,
      { read: () => undefined, write: () => undefined },
      home.open(),
    );
    const heard: string[] = [];
    credentials.onDidChange((name) => heard.push(name));
    assert.deepEqual(await uncaughtIn(() => changed.fire({ key: 'credential:work' })), []);
    assert.deepEqual([heard, await credentials.get('work')], [['work'], undefined]);
    home.remove();
  });

  it('ends nothing but what it was to keep', async () => {
    const memento = { get: () => undefined, update: refuse };
    assert.deepEqual(await uncaughtIn(() => kept(memento, 'plans').write([])), []);
  });

  it('does not stop clients from counting again', async () => {
    const changed = new Emitter<{ instanceId: string; clientIds: string[] }>();
    let verdict: 'broken' | 'asExpected' = 'broken';
    const expectations = { verdictOf: () => verdict, onDidChange: changed.event };
    const memory = { get: () => [['i', ['a']]], update: refuse };
    const acknowledgements = new Acknowledgements(expectations, memory);
    verdict = 'asExpected';
    changed.fire({ instanceId: 'i', clientIds: ['a'] });
    assert.deepEqual(await uncaughtIn(() => acknowledgements.dispose()), []);
  });
});
