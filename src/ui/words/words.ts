import * as vscode from 'vscode';
import type { ClientIdProblem } from '../../model/clientIds/clientId';
import { MOST_OF_RANGES, type RangeProblem } from '../../model/clientIds/ranges';
import type { CredentialProblem } from '../../model/credentialInput';
import type { DestinationProblem } from '../../model/destination';
import type { InventoryEditError } from '../../model/inventory/editInventory';
import type { Expected } from '../../model/inventory/inventory';
import type { InventoryProblem } from '../../model/inventory/parseInventory';
import type { Observation } from '../../sessions/status/statusStore';
import { numberText } from './numbers';
import { namesText } from './joiners';

const t = vscode.l10n.t;

export function statusText(status: Observation['status']): string {
  switch (status) {
    case 'online':
      return t('online');
    case 'offline':
      return t('offline');
    case 'unknown':
      return t('unknown');
  }
}

/** How an answer was come by. */
export function sourceText(isVerified: boolean): string {
  return isVerified ? t('verified') : t('cached');
}

/** "offline", or "offline, expected online" where the status is not as it should be. */
export function standingText(status: Observation['status'], broken: Expected | undefined): string {
  switch (broken) {
    case 'online':
      return t('{0}, expected online', statusText(status));
    case 'offline':
      return t('{0}, expected offline', statusText(status));
    case undefined:
      return statusText(status);
  }
}

export function notAsExpectedText(count: number): string {
  return t('{0} not as expected', numberText(count));
}

/** "a, b and 3 more". */
export function listText(names: readonly string[], more: number): string {
  const list = namesText(names);
  return more > 0 ? t('{0} and {1} more', list, numberText(more)) : list;
}

export function clientIdProblemText(problem: ClientIdProblem): string {
  switch (problem) {
    case 'empty':
      return t('A client ID may not be empty.');
    case 'tooLong':
      return t('A client ID has at most 64 characters.');
    case 'brokenCharacter':
      return t('This client ID holds half a character: it was cut or copied wrongly.');
    case 'notPrintableAscii':
      return t('A client ID holds printable ASCII characters only, and no blanks.');
  }
}

export function instanceIdProblemText(): string {
  return t('An instance ID holds no blanks and nothing invisible; one looks like post-cn-… or mqtt-cn-….');
}

export function rangeProblemText(problem: RangeProblem): string {
  switch (problem.kind) {
    case 'unclosed':
      return t('The brace "{0}" is not closed.', problem.part);
    case 'nested':
      return t('Braces may not stand in braces: "{0}".', problem.part);
    case 'backwards':
      return t('The range "{0}" ends before it begins.', problem.part);
    case 'noNumbers':
      return t('The range "{0}" has to count from one number to another, such as {1}.', problem.part, '{001..200}');
    case 'tooMany':
      return t(
        'This makes more than {0} client IDs, the most that ranges may make at once.',
        numberText(MOST_OF_RANGES),
      );
  }
}

export function destinationProblemText(problem: DestinationProblem): string {
  switch (problem) {
    case 'missing':
      return t('Enter a region or an endpoint.');
    case 'scheme':
      return t('Leave out the scheme: enter the endpoint as host or host:port.');
    case 'path':
      return t('Leave out slashes and everything behind them: enter the endpoint as host or host:port.');
    case 'userInfo':
      return t('An endpoint holds no user name: enter it as host or host:port.');
    case 'badHost':
      return t('This is no valid host name.');
    case 'badPort':
      return t('A port is a number from 1 to 65535.');
    case 'badRegion':
      return t('This is no valid region ID; one looks like cn-hangzhou.');
  }
}

export function credentialProblemText(problem: CredentialProblem): string {
  switch (problem) {
    case 'emptyName':
      return t('Enter a name.');
    case 'emptyKey':
      return t('Paste the key; it may not be empty.');
    case 'brokenKey':
      return t('A key holds no blanks, line breaks or other special characters inside; paste it again.');
  }
}

export function editProblemText({ reason, about, saved }: InventoryEditError): string {
  switch (reason) {
    case 'broken':
      return t('{0} is broken, so nothing was changed. Open it and mend it first.', about);
    case 'busy':
      return t('Another window is writing {0}, so nothing was changed. Try again.', about);
    case 'noSuchInstance':
      return t('There is no instance "{0}" in the inventory.', about);
    case 'noSuchGroup':
      return t('There is no group "{0}" in this instance.', about);
    case 'emptyName':
      return t('Enter a name.');
    case 'nameTaken':
      return t('There is an instance named "{0}" already.', about);
    case 'instanceIdTaken':
      return t('There is an instance with the ID "{0}" already.', about);
    case 'groupNameTaken':
      return t('There is a group named "{0}" in this instance already.', about);
    case 'notVendor':
      return t("A workspace's inventory names a region, or an endpoint of the vendor; nothing was changed.");
    case 'outside':
      return t('{0} is a link that leads out of its folder, so it is read but never written.', about);
    case 'partly':
      return t(
        '{0} was saved, but {1} could not be: it is broken, or another window is writing it. Nothing is lost.',
        namesText(saved),
        about,
      );
  }
}

/** What is wrong with an inventory's text; `name` says which one. */
export function inventoryProblemText({ kind, path, line, column }: InventoryProblem, name: string): string {
  switch (kind) {
    case 'syntax':
      return t('{0} is no valid JSON at line {1}, column {2}.', name, line, column);
    case 'shape':
      return t('{0}, line {1}, column {2}: "{3}" is missing or has the wrong shape.', name, line, column, path);
    case 'duplicate':
      return t('{0}, line {1}, column {2}: "{3}" is there twice.', name, line, column, path);
  }
}

/** Why a change or a start is refused in Restricted Mode. */
export function restrictedText(): string {
  return t(
    'In Restricted Mode nothing that is saved is changed, and nothing is started or asked by itself. Trust the workspace first.',
  );
}

/** What a person or a server named may hold anything, even what would steer a terminal. */
export function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}
