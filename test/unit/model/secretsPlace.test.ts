import assert from 'node:assert/strict';
import { secretsPlace, type WindowKind } from '../../../src/model/secretsPlace';

describe('where secrets are kept', () => {
  const table: [string, WindowKind, ReturnType<typeof secretsPlace>][] = [
    ['a desktop window', { isWeb: false, remoteName: undefined }, 'thisComputer'],
    ['a desktop window on SSH', { isWeb: false, remoteName: 'ssh-remote' }, 'ownComputer'],
    ['a desktop window on WSL', { isWeb: false, remoteName: 'wsl' }, 'ownComputer'],
    ['a desktop window on a container', { isWeb: false, remoteName: 'dev-container' }, 'ownComputer'],
    ['a browser on a server', { isWeb: true, remoteName: '127.0.0.1:8000' }, 'browser'],
    ['a browser on a codespace', { isWeb: true, remoteName: 'codespaces' }, 'browser'],
    ['a browser alone', { isWeb: true, remoteName: undefined }, 'browser'],
  ];
  for (const [name, window, place] of table)
    it(`of ${name}: ${place}`, () => assert.equal(secretsPlace(window), place));
});
