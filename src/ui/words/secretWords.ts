import * as vscode from 'vscode';
import { type SecretsPlace, secretsPlace } from '../../model/secretsPlace';

const t = vscode.l10n.t;

/** What became of a key that was entered: the window's memory alone is no place where it is saved. */
export type KeyKept = 'kept' | 'session' | 'no';

/** That a key is there, and fits an instance; undefined where it is not there. */
export function keyFitsText(kept: KeyKept, name: string, instance: string): string | undefined {
  switch (kept) {
    case 'kept':
      return t('The key "{0}" is saved, and it fits "{1}".', name, instance);
    case 'session':
      return t('The key "{0}" is used in this session only, and it fits "{1}".', name, instance);
    case 'no':
      return undefined;
  }
}

/** That a key that was saved before fits an instance. */
export function keyFitText(name: string, instance: string): string {
  return t('The key "{0}" fits "{1}".', name, instance);
}

/** That an instance is saved and its key fits; undefined where the key is not there. */
export function instanceFitsText(kept: KeyKept, instance: string): string | undefined {
  switch (kept) {
    case 'kept':
      return t('"{0}" is saved: key, region and instance fit.', instance);
    case 'session':
      return t('"{0}" is saved: key, region and instance fit. The key is used in this session only.', instance);
    case 'no':
      return undefined;
  }
}

/** Where a key that is entered here will be, and for how long; no more than is known. */
export function keyKeptText(place = placeHere()): string {
  switch (place) {
    case 'thisComputer':
      return t(
        'VS Code keeps it encrypted on this computer; where the system has no keyring, only until VS Code is closed.',
      );
    case 'ownComputer':
      return t(
        'VS Code keeps it encrypted on your own computer, not on the remote one; where the system has no keyring, only until VS Code is closed.',
      );
    case 'browser':
      return t(
        'VS Code runs in a browser here: its server decides whether the key is kept for longer than the page is open.',
      );
  }
}

/** Why a key that was entered here is not there any more. */
export function keyLostText(place = placeHere()): string {
  switch (place) {
    case 'thisComputer':
    case 'ownComputer':
      return t(
        'It was entered before, but VS Code has it no more: where the system has no keyring, keys last only until VS Code is closed. Enter it again.',
      );
    case 'browser':
      return t(
        'It was entered before, but VS Code has it no more: in a browser, keys may last only as long as the page. Enter it again.',
      );
  }
}

function placeHere(): SecretsPlace {
  const { uiKind, remoteName } = vscode.env;
  return secretsPlace({ isWeb: uiKind === vscode.UIKind.Web, remoteName });
}
